"""What is planned goes live and ends at its time: Wagtail's `publish_scheduled`, piece by piece.

Wagtail's command does everything at one go and in no transaction: what fails there keeps the rest
from its time, and what is killed there may be half done. Here each page or snippet is a transaction
of its own, which one worker takes and others pass over.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import CharField, Min, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from pages.embargoes.log_actions import AS_PLANNED
from pages.models import Embargo

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
        """Does all that is due. Gives how many pieces that were.

        Raises OperationalError or InterfaceError if the database is out: nothing is wrong with what
        is planned then.
        """
        now = timezone.now()
        self.resting = {piece: until for piece, until in self.resting.items() if until > now}
        return sum(self._one(*each) for each in list(_due(self.resting)))

    def _one(self, queryset: QuerySet, pk: Any) -> bool:
        try:
            return _do(queryset, pk)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            # Whatever is wrong with this one, the others are to be on time.
            label = queryset.model._meta.label
            logger.exception("What is planned of %s %s could not be done", label, pk)
            self.resting[label, pk] = timezone.now() + REST
            return False


def next_moment() -> datetime | None:
    """When something is due next."""
    moments = [
        queryset.aggregate(first=Min(name))["first"]
        for queryset, name in (
            (_planned(), "approved_go_live_at"),
            (Embargo.objects.in_force().filter(until__gt=timezone.now()), "until"),
            *((model._default_manager.filter(live=True), "expire_at") for model in _models()),
        )
    ]
    return min(filter(None, moments), default=None)


def _due(resting: Collection[Piece]) -> Iterator[tuple[QuerySet, Any]]:
    """What ends first: what takes its place may need its slug."""
    for model in _models():
        ended = model._default_manager.filter(live=True, expire_at__lte=timezone.now())
        yield from _first(ended, "expire_at", resting)
    begun = _planned().filter(approved_go_live_at__lte=timezone.now())
    yield from _first(begun, "approved_go_live_at", resting)


def _planned() -> QuerySet:
    """Revisions that are to go live, but for those of pages under embargo: the lift publishes them."""
    held = Embargo.objects.in_force().values(key=Cast("page_id", CharField()))
    pages = ContentType.objects.get_for_model(Page)
    planned = Revision.objects.filter(approved_go_live_at__isnull=False)
    return planned.exclude(base_content_type=pages, object_id__in=held)


def _first(due: QuerySet, name: str, resting: Collection[Piece]) -> Iterator[tuple[QuerySet, Any]]:
    others = due.exclude(pk__in=[pk for label, pk in resting if label == due.model._meta.label])
    for pk in others.order_by(name).values_list("pk", flat=True)[:MOST]:
        yield due, pk


def _do(due: QuerySet, pk: Any) -> bool:
    """Does one piece, unless somebody else does or has done so.

    Whoever edits a page locks its row first, and so does this: what it publishes was read behind that.
    """
    with transaction.atomic():
        found = due.filter(pk=pk).first()
        if found is None or not _lock(found):
            return False
        found = due.filter(pk=pk).first()
        if isinstance(found, Revision):
            found.publish(log_action=AS_PLANNED)
        elif found is not None:
            found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        return found is not None


def _lock(found: Any) -> bool:
    """Takes the row of a page or snippet, or of what a revision is of; not if somebody else has it."""
    model, pk = type(found), found.pk
    if isinstance(found, Revision):
        model, pk = found.base_content_type.model_class(), found.object_id
    rows = model._default_manager.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(pk=pk).first() is not None


def _models() -> list[Any]:
    """Everything that can be planned, as Wagtail's command has it."""
    others = (m for m in apps.get_models() if issubclass(m, DraftStateMixin))
    return [Page, *(model for model in others if not issubclass(model, Page))]
