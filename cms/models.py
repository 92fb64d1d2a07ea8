"""Who works, and who reviews."""

from __future__ import annotations

from django.db import models

from cms.review.models import Remark, ReviewLink, ShownPage, Verdict, Visit
from cms.review.workflow import ExternalReviewTask


class Worker(models.Model):
    """A process that works (`manage.py work`). It is there while it says so now and then."""

    name = models.CharField(max_length=255, help_text="Machine and process.")
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


__all__ = ["ExternalReviewTask", "Remark", "ReviewLink", "ShownPage", "Verdict", "Visit", "Worker"]
