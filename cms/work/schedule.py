"""What is planned goes live and ends at its time: Wagtail's `publish_scheduled`, piece by piece.

Wagtail's command does everything at one go and in no transaction: what fails there keeps the rest
from its time, and what is killed there may be half done. Here each page or snippet is a transaction
of its own, which one worker takes and others pass over.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

logger = logging.getLogger(__name__)

# What failed is tried again after that.
REST = timedelta(minutes=1)
# Of one kind, taken together: the rest follows at once.
MOST = 100

Piece = tuple[str, Any]


@dataclass
class Schedule:
    """What is due, but for what has failed a moment ago."""

    resting: dict[Piece, datetime] = field(default_factory=dict)

    def keep(self) -> int:
        """Does all that is due. Gives how many pieces that were."""
        now = timezone.now()
        self.resting = {piece: until for piece, until in self.resting.items() if until > now}
        return sum(self._one(*each) for each in list(_due()))

    def _one(self, queryset: QuerySet, pk: Any) -> bool:
        piece = (queryset.model._meta.label, pk)
        if piece in self.resting:
            return False
        try:
            return _do(queryset, pk)
        except Exception:
            # Whatever is wrong with this one, the others are to be on time.
            logger.exception("What is planned of %s %s could not be done", *piece)
            self.resting[piece] = timezone.now() + REST
            return False


def next_moment() -> datetime | None:
    """When something is due next."""
    moments = [
        queryset.aggregate(first=Min(name))["first"]
        for queryset, name in (
            (Revision.objects.filter(approved_go_live_at__isnull=False), "approved_go_live_at"),
            *((model._default_manager.filter(live=True), "expire_at") for model in _models()),
        )
    ]
    return min(filter(None, moments), default=None)


def _due() -> Iterator[tuple[QuerySet, Any]]:
    """What ends first: what takes its place may need its slug."""
    for model in _models():
        ended = model._default_manager.filter(live=True, expire_at__lte=timezone.now())
        for pk in ended.order_by("expire_at").values_list("pk", flat=True)[:MOST]:
            yield ended, pk
    begun = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
    for pk in begun.order_by("approved_go_live_at").values_list("pk", flat=True)[:MOST]:
        yield begun, pk


def _do(queryset: QuerySet, pk: Any) -> bool:
    """Does one piece, unless somebody else does or has done so."""
    with transaction.atomic():
        found = queryset.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
        if found is None:
            return False
        if isinstance(found, Revision):
            found.publish(log_action="wagtail.publish.scheduled")
        else:
            found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _models() -> list[Any]:
    """Everything that can be planned, as Wagtail's command has it."""
    others = (m for m in apps.get_models() if issubclass(m, DraftStateMixin))
    return [Page, *(model for model in others if not issubclass(model, Page))]
