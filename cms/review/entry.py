"""Who is let in by a review link, and how far.

Whether a link is wrong, has expired, was revoked or is used up is told to nobody but the log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NoReturn

from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from cms.review import links
from cms.review.embargoes import has_accepted, terms_of
from cms.review.models import VISIT, ReviewLink, Visit
from cms.review.tokens import PREFIX, hash_of, is_hash_of, new_ticket

logger = logging.getLogger(__name__)

# Wrong passcodes in a row until the next may be tried only after a while, and until the link ends.
TRIES, MOST_TRIES = 5, 20
WHILE = timedelta(minutes=15)


class Unknown(Exception):
    """There never was such a link."""


class Closed(Exception):
    """There was such a link, and it opens no more."""


@dataclass(frozen=True)
class Needs(Exception):  # what is lacking, not what went wrong
    """What a reader has to say before they are let in: the passcode first.

    Or merely that they begin a visit, where visits are numbered: what opens links in mails to look for
    harm would use them up.
    """

    link: ReviewLink
    passcode: bool = False
    terms: bool = False
    visit: bool = False


@dataclass(frozen=True)
class Wrong(Exception):  # as above
    """A wrong passcode, or one too many: `wait` says for how many seconds none is looked at."""

    wait: int = 0


@sensitive_variables("token")
def link_of(token: str) -> ReviewLink:
    """The open link with this token. Raises Unknown or Closed."""
    found = None
    if token.startswith(PREFIX):
        found = ReviewLink.objects.select_related("maker").filter(token_hash=hash_of(token)).first()
    if found is None or not is_hash_of(found.token_hash, token):
        raise Unknown
    if closed := found.why_closed():
        _refuse(found, closed)
    return found


@sensitive_variables("tickets", "going")
def current(link: ReviewLink, *tickets: str) -> tuple[Visit, str] | None:
    """The visit that goes on by one of the tickets, and that ticket; None for somebody who begins one.

    Raises Closed if the link is used up and they would.
    """
    going = _going_on(link, *tickets)
    if going is None and link.used_up():
        _refuse(link, "Used up")
    return going


def admit(link: ReviewLink, visit: Visit | None) -> None:
    """Raises Needs if somebody has to say something before they read."""
    if link.passcode and visit is None:
        raise Needs(link, passcode=True)
    terms = terms_of(link)
    if terms and (visit is None or not has_accepted(visit, terms)):
        raise Needs(link, terms=True)
    if link.max_visits is not None and visit is None:
        raise Needs(link, visit=True)


@sensitive_variables("ticket", "going")
@transaction.atomic
def begin(link: ReviewLink, ticket: str = "") -> tuple[Visit, str]:
    """A new visit and its ticket, or the one that goes on by this ticket. Raises Closed."""
    # One by one: who comes twice at once is counted once.
    locked = ReviewLink.objects.select_for_update().filter(pk=link.pk).first()
    if locked is None:
        _refuse(link, "Deleted")
    if going := _going_on(locked, ticket):
        return going
    if locked.used_up():
        _refuse(locked, "Used up")
    if not ticket or Visit.objects.filter(ticket_hash=hash_of(ticket)).exists():
        ticket = new_ticket()
    locked.visit_count += 1
    locked.save(update_fields=["visit_count"])
    return Visit.objects.create(link=locked, ticket_hash=hash_of(ticket)), ticket


@sensitive_variables("tickets", "ticket")
def _going_on(link: ReviewLink, *tickets: str) -> tuple[Visit, str] | None:
    since = timezone.now() - VISIT
    for ticket in filter(None, tickets):
        found = link.visits.filter(ticket_hash=hash_of(ticket), begun_at__gt=since)
        if visit := found.first():
            return visit, ticket
    return None


@transaction.atomic
def accept(visit: Visit, terms: str, name: str, outlet: str) -> None:
    """Writes down who accepted which terms: with the visit, and in the history of every page, once."""
    visit = Visit.objects.select_for_update().get(pk=visit.pk)
    if has_accepted(visit, terms) and (visit.name, visit.outlet) == (name, outlet):
        return
    visit.name, visit.outlet = name, outlet
    visit.terms, visit.accepted_at = terms, timezone.now()
    visit.save(update_fields=["name", "outlet", "terms", "accepted_at"])
    for shown in visit.link.shown.select_related("page"):
        links.note(visit.link, "accepted", shown.page, name=name, outlet=outlet)


@sensitive_variables("passcode")
def try_passcode(link: ReviewLink, passcode: str) -> None:
    """Raises Wrong for a wrong one, and for any while too many were. Guesses come one by one."""
    now = timezone.now()
    link = ReviewLink.objects.select_for_update().get(pk=link.pk)
    if link.locked_until and link.locked_until > now:
        raise Wrong(wait=_seconds(link.locked_until - now))
    if _is_right(link, passcode):
        link.wrong_passcodes, link.locked_until = 0, None
        link.save(update_fields=["wrong_passcodes", "locked_until"])
        return
    link.wrong_passcodes += 1
    logger.warning("Review link %s: wrong passcode, %d in a row", link.pk, link.wrong_passcodes)
    locked = link.wrong_passcodes % TRIES == 0
    if locked:
        link.locked_until = now + WHILE
    link.save(update_fields=["wrong_passcodes", "locked_until"])
    if link.wrong_passcodes >= MOST_TRIES:
        links.end([link], ReviewLink.Ended.GUESSED)
    raise Wrong(wait=_seconds(WHILE) if locked else 0)


@sensitive_variables("passcode")
def _is_right(link: ReviewLink, passcode: str) -> bool:
    try:
        return check_password(passcode, link.passcode)
    except Exception:
        # Its own words would come with frames that hold the passcode.
        raise RuntimeError("A passcode could not be checked.") from None


def saw(visit: Visit, page_id: int, what: Any) -> None:
    """Notes what a reader sees now, for the marks of the next visit."""
    visit.seen = {**visit.seen, str(page_id): what}
    visit.seen_at = timezone.now()
    visit.save(update_fields=["seen", "seen_at"])


def _refuse(link: ReviewLink, why: str) -> NoReturn:
    logger.warning("Review link %s was refused: %s", link.pk, why)
    raise Closed


def _seconds(span: timedelta) -> int:
    return max(1, int(span.total_seconds()))
