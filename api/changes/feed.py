"""Reading the log: everything that is there, then what became of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from django.db.models import Max, Min, Q

from api import opaque
from api.changes.models import Announced, Change, Event
from api.codecs.encoding import HIGHEST_ID
from api.errors import BadRequest, Gone

# For `cursor=`: where the log ends.
NOW = "now"
TOO_OLD = "What became of pages since this cursor is not known any more; begin again without it."


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has come.

    `seen` is the last row of the log that counts as read. While `passed` is a number, it reads what
    was there at that row, page by page in the order in which they were told of last; `passed` is the
    row of the last one. What has changed since is not among them, and follows in the log.
    """

    seen: int
    passed: int | None = None

    def write(self) -> str:
        return opaque.write([self.seen] if self.passed is None else [self.seen, self.passed])

    @classmethod
    def read(cls, text: str) -> Position:
        """A position that this API gave. Raises BadRequest for any other."""
        parts = opaque.read(text)
        if len(parts) > 2 or not all(
            type(part) is int and 0 <= part <= HIGHEST_ID for part in parts
        ):
            raise BadRequest(opaque.NOT_OURS)
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class Told:
    """Some of what there is to tell, each with the position behind it.

    `position` is where it goes on, `more` whether it does so now.
    """

    changes: list[Change]
    positions: list[Position]
    position: Position
    more: bool

    def unfinished(self) -> Told:
        """The same where more is known to come."""
        return replace(self, more=True)


def read(position: Position | None, about: Q, most: int) -> Told:
    """What follows a position, or all from the beginning. `about` is a condition on what is told.

    Raises Gone for a position from which it is not known any more.
    """
    # Before any row is read: what is told meanwhile is for the next time.
    last = _last()
    if position is None or not position.seen:
        # Who came before anything was told begins now: numbers need not begin with 1.
        position = Position(last, 0)
    elif not _is_known(position.seen, last):
        raise Gone(TOO_OLD)
    if position.passed is not None:
        there = Announced.objects.filter(
            about, change_id__gt=position.passed, change_id__lte=position.seen
        ).order_by("change_id")
        found = [_as_published(one) for one in there[: most + 1]]
        shown, more = found[:most], len(found) > most
        behind = [Position(position.seen, change.pk) for change in shown]
        if more:
            return Told(shown, behind, behind[-1], True)
        return Told(shown, behind, Position(position.seen), last > position.seen)
    found = list(Change.objects.filter(about, id__gt=position.seen)[: most + 1])
    shown, more = found[:most], len(found) > most
    behind = [Position(change.pk) for change in shown]
    # What is of no concern to the reader is read all the same.
    seen = max([position.seen, *(one.seen for one in behind), *([] if more else [last])])
    return Told(shown, behind, Position(seen), more)


def end() -> Position:
    """Where the log ends now."""
    return Position(_last())


def about(site_id: int, types: Collection[str] = ()) -> Q:
    """The condition for what is told of one site's pages, of some types if such are given."""
    condition = Q(site_id=site_id) | Q(site_id=None)
    return condition & Q(type__in=sorted(types)) if types else condition


def _as_published(one: Announced) -> Change:
    """What is there, as if it had been published just then."""
    return Change(
        id=one.change_id,
        event=Event.PUBLISHED,
        page_id=one.page_id,
        uuid=one.uuid,
        type=one.type,
        locale=one.locale,
        site_id=one.site_id,
        path=one.path,
        url=one.url,
        etag=one.etag,
        at=one.at,
    )


def _last() -> int:
    return Change.objects.aggregate(last=Max("id"))["last"] or 0


def _is_known(seen: int, last: int) -> bool:
    """Whether all rows behind that one are there; it may be of another database, too."""
    first = Change.objects.aggregate(first=Min("id"))["first"] or 1
    return first - 1 <= seen <= last
