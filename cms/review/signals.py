"""What ends review links without anybody's asking."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page, TaskState
from wagtail.signals import page_published, task_approved, task_cancelled, task_rejected

from cms.review import links
from cms.review.models import ReviewLink
from pages.models import Embargo


@receiver(page_published)
def end_with_publication(instance: Page, **_: Any) -> None:
    """What anybody may read needs no link."""
    links.published(instance)


@receiver([task_approved, task_rejected, task_cancelled])
def end_with_the_review(instance: TaskState, user: Any = None, **_: Any) -> None:
    """Whatever becomes of a step, its reviewers are not asked any more."""
    links.end(ReviewLink.objects.filter(task_state_id=instance.pk), ReviewLink.Ended.WORKFLOW, user)


@receiver(post_save, sender=Embargo)
def end_with_the_embargo(instance: Embargo, **_: Any) -> None:
    """Also where nothing is published by that: the page may have been live behind it."""
    if instance.lifted_at is None:
        return
    links.lifted(instance.page_id)
    if instance.page.live:
        links.published(instance.page)
