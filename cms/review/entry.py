"""Who is let in by a review link, and how far.

Whether a link is wrong, has expired, was revoked or is used up is told to nobody but the log.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password
from django.db.models import F
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from cms.review import links
from cms.review.answers import ReviewVisitRequest
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
    """What a reader has to say before they are let in."""

    link: ReviewLink
    passcode: bool = False
    terms: bool = False


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
        logger.warning("Review link %s was refused: %s", found.pk, closed)
        raise Closed
    return found


@sensitive_variables("ticket", "hashed")
def visit_of(link: ReviewLink, ticket: str) -> tuple[Visit, str]:
    """The visit that a ticket is of, or a new one where none is needed, with its ticket.

    Raises Needs if the reader has to say something first, and Closed if nobody may come any more.
    """
    current = _current(link, ticket)
    terms = terms_of(link)
    if link.passcode and current is None:
        raise Needs(link, passcode=True, terms=bool(terms))
    if terms and (current is None or not has_accepted(current, terms)):
        raise Needs(link, passcode=bool(link.passcode), terms=True)
    if current is not None:
        return current, ticket
    return begin(link)


@sensitive_variables("ticket", "hashed")
def begin(link: ReviewLink, **accepted: Any) -> tuple[Visit, str]:
    """A new visit and its ticket. Raises Closed if the link is used up."""
    counted = ReviewLink.objects.filter(pk=link.pk)
    if link.max_visits is not None:
        counted = counted.filter(visit_count__lt=link.max_visits)
    if not counted.update(visit_count=F("visit_count") + 1):
        logger.warning("Review link %s was refused: used up", link.pk)
        raise Closed
    ticket, hashed = new_ticket()
    return Visit.objects.create(link=link, ticket_hash=hashed, **accepted), ticket


@sensitive_variables("passcode")
def try_passcode(link: ReviewLink, passcode: str) -> None:
    """Raises Wrong for a wrong one, and for any while too many were."""
    now = timezone.now()
    if link.locked_until and link.locked_until > now:
        raise Wrong(wait=_seconds(link.locked_until - now))
    if check_password(passcode, link.passcode):
        ReviewLink.objects.filter(pk=link.pk).update(wrong_passcodes=0, locked_until=None)
        return
    # Counted by the database: guesses may come side by side.
    mine = ReviewLink.objects.filter(pk=link.pk)
    mine.update(wrong_passcodes=F("wrong_passcodes") + 1)
    wrong = mine.values_list("wrong_passcodes", flat=True).get()
    logger.warning("Review link %s: wrong passcode, the %dth in a row", link.pk, wrong)
    if wrong >= MOST_TRIES:
        links.end([link], ReviewLink.Ended.GUESSED)
    if wrong % TRIES == 0:
        mine.update(locked_until=now + WHILE)
        raise Wrong(wait=_seconds(WHILE))
    raise Wrong


@sensitive_variables("ticket")
def accept(link: ReviewLink, said: ReviewVisitRequest, terms: str) -> str:
    """Begins a visit of somebody who accepted the terms. Gives its ticket."""
    who = {"name": said.name, "outlet": said.outlet}
    _, ticket = begin(link, **who, terms=terms, accepted_at=timezone.now())
    for shown in link.shown.select_related("page"):
        links.note(link, "accepted", shown.page, **who)
    return ticket


def _current(link: ReviewLink, ticket: str) -> Visit | None:
    if not ticket:
        return None
    visit = link.visits.filter(ticket_hash=hash_of(ticket)).first()
    if visit is None or visit.begun_at + VISIT <= timezone.now():
        return None
    return visit


def _seconds(span: timedelta) -> int:
    return max(1, int(span.total_seconds()))


def seen(visit: Visit, page_id: int, what: Any, at: datetime | None = None) -> None:
    """Notes what a reader sees now, for the marks of the next visit."""
    visit.seen = {**visit.seen, str(page_id): what}
    visit.seen_at = at or timezone.now()
    visit.save(update_fields=["seen", "seen_at"])
