"""What ends review links without anybody's asking."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page, TaskState
from wagtail.signals import page_published, task_approved, task_cancelled, task_rejected

from cms.review import links
from cms.review.models import ReviewLink


@receiver(page_published)
def end_with_publication(instance: Page, **_: Any) -> None:
    """What anybody may read needs no link."""
    links.published(instance)


@receiver([task_approved, task_rejected, task_cancelled])
def end_with_the_review(instance: TaskState, user: Any = None, **_: Any) -> None:
    """Whatever becomes of a step, its reviewers are not asked any more."""
    links.end(ReviewLink.objects.filter(task_state_id=instance.pk), ReviewLink.Ended.WORKFLOW, user)
