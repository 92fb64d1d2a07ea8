"""What editors do to an embargo, with its lines in the audit log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import ModelLogEntry, Page

from api.codecs.visibility import public_pages, with_aliases
from cms.embargo.alarms import passed
from cms.embargo.approval import planned_revision
from cms.embargo.lift import lift
from pages.embargoes.files import note_files_of
from pages.embargoes.log_actions import LIFTED
from pages.models import Embargo
from pages.models.embargo import take_turn

SET, LENGTHEN, SHORTEN = "embargo.set", "embargo.lengthen", "embargo.shorten"
# By an editor, before its moment or after it; a worker's own is `LIFTED`.
LIFT, LIFT_LATE = "embargo.lift", "embargo.lift_late"
# By action: its label in filters, and what its line says.
SAYINGS = {
    SET: ("Set embargo", "Under embargo until {moment}"),
    LENGTHEN: ("Lengthen embargo", "Embargo lengthened until {moment}"),
    SHORTEN: ("Shorten embargo", "Embargo shortened until {moment}"),
    LIFT: ("Lift embargo early", "Embargo until {moment} lifted early"),
    LIFT_LATE: ("Lift overdue embargo", "Embargo lifted by hand, after its moment, {moment}"),
    LIFTED: ("Embargo ended", "Embargo lifted at its moment, {moment}"),
}


def has_readers(page: Page) -> bool:
    """Whether anybody may read the page already, or an alias of it, however far."""
    return public_pages().filter(pk__in=with_aliases({page.pk})).exists()


@transaction.atomic
def set_embargo(
    page: Page, *, until: datetime, time_zone: str, terms: str, reason: str, user: Any
) -> Embargo:
    """Puts a page under embargo, or gives the embargo that it is under another moment or terms."""
    take_turn(page.pk)
    embargo = Embargo.objects.filter(page=page.pk).first() or Embargo(page_id=page.pk)
    action = SET
    if embargo.pk and embargo.lifted_at is None and until != embargo.until:
        action = LENGTHEN if until > embargo.until else SHORTEN
    embargo.until, embargo.time_zone, embargo.terms = until, time_zone, terms
    embargo.set_by, embargo.set_at = user, timezone.now()
    embargo.lifted_at = embargo.lifted_by = None
    # Who sets it so near to its end knows.
    embargo.alarmed = passed(until)
    embargo.save()
    note_files_of(embargo)
    _plan_anew(page, until)
    _log(page, action, embargo, user, reason)
    return embargo


@transaction.atomic
def lift_by_hand(embargo: Embargo, *, reason: str, user: Any) -> bool:
    """Lifts an embargo before its moment, or one that is overdue. Gives whether that publishes."""
    data = {"until": embargo.until.isoformat(), "time_zone": embargo.time_zone, "reason": reason}
    take_turn(embargo.page_id)
    action = LIFT if embargo.until > timezone.now() else LIFT_LATE
    return lift(embargo, action, user, **data)


def name_acts(actions: LogActionRegistry) -> None:
    """Registers what the log says of each act."""
    for action, (label, saying) in SAYINGS.items():
        formatter = type("Act", (_Act,), {"label": label, "saying": saying})
        actions.register_action(action)(formatter)


class _Act(LogFormatter):
    saying: str

    def format_message(self, entry: ModelLogEntry) -> str:
        return self.saying.format(moment=entry.data["moment"])

    def format_comment(self, entry: ModelLogEntry) -> str:
        return str(entry.data.get("reason", ""))


def _plan_anew(page: Page, until: datetime) -> None:
    """What is planned already goes live with the end of the embargo, or later if it was to."""
    if planned := planned_revision(page):
        wanted = planned.as_object().go_live_at
        moment = max(until, wanted or until)
        page.revisions.filter(pk=planned.pk).update(approved_go_live_at=moment)


def _log(page: Page, action: str, embargo: Embargo, user: Any, reason: str) -> None:
    data = {
        "moment": embargo.moment(),
        "until": embargo.until.isoformat(),
        "time_zone": embargo.time_zone,
        "reason": reason,
    }
    log(page.specific, action, user=user, data=data)
