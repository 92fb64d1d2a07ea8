"""No copy is a way round an embargo: it gets one of its own, with the same moment and terms."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import Page

from pages.embargoes.files import note_files_of
from pages.models.embargo import Embargo, embargo_on


def hand_on(embargo: Embargo, page_id: int) -> Embargo:
    """Puts a page under the same embargo as another, unless it is under one."""
    values = {
        "until": embargo.until,
        "time_zone": embargo.time_zone,
        "terms": embargo.terms,
        "set_by": embargo.set_by,
        "set_at": timezone.now(),
        "lifted_at": None,
        "lifted_by": None,
        "alarmed": embargo.alarmed,
    }
    handed_on, _ = Embargo.objects.update_or_create(page_id=page_id, defaults=values)
    note_files_of(handed_on)
    return handed_on


def keep_former_aliases_back(instance: Page, origin: Any, **kwargs: Any) -> None:
    """Before a page is deleted: its aliases, which become pages of their own, stay under embargo.

    But for those that are deleted together with it.
    """
    if embargo := embargo_on(instance.pk):
        going = origin.values("pk") if isinstance(origin, QuerySet) else [instance.pk]
        aliases = Page.objects.filter(alias_of=instance).exclude(pk__in=going)
        held = Embargo.objects.in_force().values("page_id")
        for alias in aliases.exclude(pk__in=held):
            hand_on(embargo, alias.pk)
