"""Lifting embargoes before their moment, in a transaction that never was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import F, Model

from api.codecs.visibility import embargoed_files
from cms.as_of.planned import lifted_until
from pages.models import Embargo, EmbargoedFile, NewsDocument, NewsImage


def lift_until(user: Any, moment: datetime) -> Mapping[type[Model], set[int]]:
    """Lifts what is due until a moment and approved, of pages that somebody may see.

    What is planned for the end of an embargo is published as whatever else is planned. Gives the
    pictures and files that are kept back now, by model: of those that are shown as of then, none
    has an address yet that anybody may read.
    """
    models: tuple[type[Model], ...] = (NewsImage, NewsDocument)
    kept_back = {model: embargoed_files(model) for model in models}
    due = [one.pk for one in lifted_until(user, moment)]
    EmbargoedFile.objects.filter(embargo__in=due).delete()
    Embargo.objects.filter(pk__in=due).update(lifted_at=F("until"))
    return kept_back
