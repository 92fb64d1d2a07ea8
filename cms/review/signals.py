"""What ends review links without anybody's asking."""

from __future__ import annotations

from typing import Any

from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_published

from cms.review import links


@receiver(page_published)
def end_with_publication(instance: Page, **_: Any) -> None:
    """What anybody may read needs no link."""
    links.published(instance)
