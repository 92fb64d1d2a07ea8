"""What all snippets share."""

import uuid

from django.db import models
from wagtail.models import RevisionMixin
from wagtail.search import index


class NewsroomSnippet(RevisionMixin, index.Indexed, models.Model):
    """A snippet with a UUID that stays the same between installations, and a history."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
