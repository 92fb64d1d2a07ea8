"""What all snippets share."""

import uuid

from django.apps import apps
from django.db import models
from wagtail.models import RevisionMixin
from wagtail.search import index

# How many of them stand one behind the other: a person, and the organisation of that person.
DEPTH = 2


class NewsroomSnippet(RevisionMixin, index.Indexed, models.Model):
    """A snippet with a UUID that stays the same between installations, and a history."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        abstract = True


def snippet_models() -> list[type[NewsroomSnippet]]:
    """All kinds of snippets of this installation."""
    return [model for model in apps.get_models() if issubclass(model, NewsroomSnippet)]
