"""Lifting embargoes before their moment, in a transaction that never was."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import F

from cms.as_of.planned import lifted_until
from pages.models import Embargo, EmbargoedFile


def lift_until(user: Any, moment: datetime) -> None:
    """Lifts what is due until a moment and approved, of pages that somebody may see.

    What is planned for the end of an embargo is published as whatever else is planned.
    """
    due = [one.pk for one in lifted_until(user, moment)]
    EmbargoedFile.objects.filter(embargo__in=due).delete()
    Embargo.objects.filter(pk__in=due).update(lifted_at=F("until"))
