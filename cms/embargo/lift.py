"""Lifting an embargo: the page opens and is published in one transaction, never before its moment."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from cms.embargo.approval import is_approved, planned_revision
from pages.embargoes.log_actions import AS_PLANNED, LIFTED
from pages.models import Embargo

logger = logging.getLogger(__name__)

# What failed is tried again after that.
REST = timedelta(minutes=1)


@dataclass
class Lifts:
    """The embargoes whose moment has come, but for those that failed a moment ago."""

    resting: dict[int, datetime] = field(default_factory=dict)

    def keep(self) -> int:
        """Lifts all that are due and approved. Gives how many those were.

        Raises OperationalError or InterfaceError if the database is out.
        """
        now = timezone.now()
        self.resting = {pk: until for pk, until in self.resting.items() if until > now}
        due = _due().exclude(pk__in=self.resting).order_by("until", "pk")
        return sum(self._one(pk) for pk in list(due.values_list("pk", flat=True)))

    def _one(self, pk: int) -> bool:
        try:
            return _lift_at_its_moment(pk)
        except (OperationalError, InterfaceError):
            raise
        except Exception:
            # Whatever is wrong with this one, the others are to be on time.
            logger.exception("Embargo %s could not be lifted", pk)
            self.resting[pk] = timezone.now() + REST
            return False


def lift(embargo: Embargo, action: str, user: Any = None, **data: Any) -> bool:
    """Lifts an embargo, in the transaction of whoever calls. Gives whether that publishes the page.

    What was approved is published, unless its editors want it to go live later still. What was not
    is merely under embargo no more.
    """
    page = embargo.page.specific
    planned = planned_revision(page) if is_approved(page) else None
    embargo.lifted_at, embargo.lifted_by = timezone.now(), user
    embargo.save(update_fields=["lifted_at", "lifted_by"])
    embargo.files.all().delete()
    log(page, action, user=user, data={"moment": embargo.moment(), **data})
    if planned is None or _is_for_later(planned):
        return False
    planned.publish(user=user, log_action=AS_PLANNED, skip_permission_checks=True)
    return True


def _due() -> Any:
    """Embargoes whose moment has come, of pages of which there is something to show."""
    planned = Revision.page_revisions.filter(
        object_id=Cast(OuterRef("page_id"), CharField()), approved_go_live_at__isnull=False
    )
    there = Q(page__live=True) | Exists(planned)
    return Embargo.objects.in_force().filter(there, until__lte=timezone.now())


def _lift_at_its_moment(pk: int) -> bool:
    """Lifts one, unless somebody else does, or has put it off: whoever edits a page has its row.

    Of one that is not approved nothing is locked, however often it is looked at.
    """
    embargo = _due().filter(pk=pk).select_related("page").first()
    if embargo is None or not is_approved(embargo.page):
        return False
    with transaction.atomic():
        rows = Page.objects.select_for_update(skip_locked=True, of=("self",))
        page = rows.filter(pk=embargo.page_id).first()
        embargo = _due().filter(pk=pk).first()
        if page is None or embargo is None or not is_approved(page):
            return False
        lift(embargo, LIFTED)
        return True


def _is_for_later(revision: Revision) -> bool:
    go_live_at = revision.as_object().go_live_at
    return go_live_at is not None and go_live_at > timezone.now()
