"""Mail to the editors of a release that does not open with its embargo, or is not about to."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from api.documents.turns import turn_if_free
from cms.embargo.approval import is_approved, planned_revision
from pages.models import Embargo
from pages.models.embargo import GRACE

logger = logging.getLogger(__name__)

Alarm = Embargo.Alarm
# Those of what is not approved: how long before the moment, in the order in which they are sent.
BEFORE = {Alarm.DAY: timedelta(days=1), Alarm.HOUR: timedelta(hours=1), Alarm.MOMENT: timedelta(0)}
WHEN = {
    Alarm.DAY: "ends within a day",
    Alarm.HOUR: "ends within the hour",
    Alarm.MOMENT: "was to end",
    Alarm.SHUT: "was to end",
}
NOT_APPROVED = (
    "It has not been approved. Until it is, it stays as it is, seen by nobody but named readers. "
    "Approved after its moment, it is published at once."
)
STILL_SHUT = (
    "It is approved, and could not be lifted. It is tried again every minute, and published as "
    "soon as that succeeds. Whoever operates this newsroom finds in its log what is wrong."
)
# Whose turn it is to send, among all workers.
TURN = "alarms of embargoes"


class Alarms:
    """Sends what is due beside a worker's rounds: a mail server that is out keeps nothing waiting."""

    def __init__(self) -> None:
        self.thread: threading.Thread | None = None

    def begin(self) -> None:
        """Begins to send, if there is anything, unless it is still at it."""
        if not (self.thread and self.thread.is_alive()) and any(_due()):
            self.thread = threading.Thread(target=_send_and_close, daemon=True)
            self.thread.start()


def passed(until: datetime) -> str:
    """The last alarm whose time has come of what is not approved; empty if none has."""
    now = timezone.now()
    return next((alarm for alarm in reversed(BEFORE) if until - BEFORE[alarm] <= now), "")


def send_alarms() -> None:
    """Sends each alarm that is due, once; of several that nobody sent in time, the last alone.

    One worker does at a time. What is sent is noted afterwards: who ends in between leaves it to
    the next, who rather sends it again than not at all.
    """
    with turn_if_free(TURN) as mine:
        for embargo, alarm in _due() if mine else ():
            try:
                _write(embargo, alarm)
            except Exception:
                # Somebody tries again later.
                logger.exception("Nobody could be told of the embargo on page %s", embargo.page_id)
            else:
                same = Embargo.objects.filter(pk=embargo.pk, until=embargo.until)
                same.update(alarmed=alarm)


def _send_and_close() -> None:
    try:
        send_alarms()
    except Exception:
        logger.exception("The editors of embargoes could not be told")
    finally:
        connection.close()


def _due() -> Iterator[tuple[Embargo, Alarm]]:
    """Those of which an alarm is due that is later than the last, with it.

    What is approved alarms nobody, unless it should have been lifted a while ago.
    """
    order = ["", *Alarm]
    soon = timezone.now() + BEFORE[Alarm.DAY]
    near = Embargo.objects.in_force().filter(until__lte=soon).exclude(alarmed=Alarm.SHUT)
    for embargo in near.select_related("page", "set_by").order_by("until"):
        if not is_approved(embargo.page):
            alarm = passed(embargo.until)
        else:
            alarm = Alarm.SHUT if _stays_shut(embargo) else ""
        if order.index(alarm) > order.index(embargo.alarmed):
            yield embargo, Alarm(alarm)


def _stays_shut(embargo: Embargo) -> bool:
    """Whether a worker would have lifted what is approved by now: it may be so for a moment only."""
    planned = planned_revision(embargo.page)
    approved_at = planned.approved_go_live_at if planned else embargo.until
    just_now = timezone.now() - GRACE < approved_at <= timezone.now()
    return embargo.is_overdue and not just_now


def _write(embargo: Embargo, alarm: Alarm) -> None:
    page = embargo.page
    addresses = _addresses(embargo)
    if not addresses:
        logger.warning("Nobody has an address to be told of the embargo on page %s", page.pk)
        return
    title = " ".join(page.get_admin_display_title().split())
    moment = f"{embargo.moment()}, that is {embargo.until.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shut = alarm == Alarm.SHUT
    head, why = ("Still shut", STILL_SHUT) if shut else ("Not approved", NOT_APPROVED)
    send_mail(
        f"{head}: the embargo on “{title}” {WHEN[alarm]}",
        f"The embargo on “{title}” {WHEN[alarm]}: {moment}.\n\n{why}\n\n{settings.CMS_URL}{edit}\n",
        None,
        addresses,
    )


def _addresses(embargo: Embargo) -> list[str]:
    """Of the page's owner, of who set the embargo, and of who edited the page last."""
    latest = embargo.page.latest_revision
    people = (embargo.page.owner, embargo.set_by, latest.user if latest else None)
    found = {
        person.email.lower(): person.email
        for person in people
        if person is not None and person.is_active and person.email
    }
    return list(found.values())
