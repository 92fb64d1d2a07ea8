"""A slice of a listing: the ids in it, how many there are in all, and where it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import IntegerField, QuerySet

from api.documents.models import Entry
from api.documents.rows import moment_of
from api.errors import BadRequest
from api.listings.cursor import Cursor
from api.listings.parameters import Paging
from api.listings.rows import rows_of_entries
from api.opaque import NOT_OURS
from api.search.query import Query

# How pages that a search finds follow one another, and of how many it is said unasked.
NEWEST = ("-publication_date", "-id")
MOST_COUNTED = 1000
# Columns of the index that listings can be ordered by.
COLUMNS = frozenset(["id", "title", "slug", "publication_date", "first_published_at"])


@dataclass(frozen=True, slots=True)
class Slice:
    """Some ids of a listing, in its order."""

    ids: list[int]
    total: int
    next_cursor: str | None


def slice_of(entries: QuerySet[Entry], order: Sequence[str], paging: Paging) -> Slice:
    """A slice of entries in an order, which costs the same however far into it a cursor leads.

    `order` are names of columns, each with `-` before it for descending; empty for the tree's own.
    """
    columns = [*(order or ["path"]), *([] if {"id", "-id"} & set(order) else ["id"])]
    names = [column.removeprefix("-") for column in columns]
    cursor = paging.cursor
    start = 0 if cursor.last else cursor.passed
    after = _read(names, cursor.last) if cursor.last else ()
    counted = paging.counted is not False
    rows = rows_of_entries(
        entries,
        ["id", *names],
        columns,
        start,
        paging.limit + 1,
        after=after,
        counted=counted,
    )
    shown, more = rows[: paging.limit], len(rows) > paging.limit
    passed = cursor.passed + len(shown)
    total = passed + more
    if counted:
        total = rows[0][-1] if rows else entries.count()
    next_cursor = None
    if more and shown:
        last = tuple(map(_written, names, shown[-1][1:]))
        next_cursor = Cursor(cursor.order, passed, last).write()
    return Slice([row[0] for row in shown], total, next_cursor)


def slice_of_found(entries: QuerySet[Entry], query: Query, paging: Paging) -> Slice:
    """A slice of what a search finds: what has it in the title first, and the newest first.

    Unless it is asked for, no more than some are counted: of a common word there are so many that
    counting them takes longer than finding the first.
    """
    found = entries.filter(query.anywhere())
    tiers = (entries.filter(query.in_title()), found.exclude(query.in_title()))
    cursor, rows = paging.cursor, list[tuple[int, int, Any]]()
    first = _tier(cursor)
    passed_here = 0 if cursor.last else cursor.passed
    for tier in range(first, len(tiers)):
        after: Sequence[Any] = ()
        if cursor.last and tier == first:
            after = _read(["publication_date", "id"], cursor.last[1:])
        missing = paging.limit + 1 - len(rows)
        here = rows_of_entries(
            tiers[tier], ["id", "publication_date"], NEWEST, passed_here, missing, after=after
        )
        rows += [(tier, pk, day) for pk, day in here]
        if len(rows) > paging.limit:
            break
        if passed_here:
            passed_here = 0 if rows else max(0, passed_here - tiers[tier].count())
    shown, more = rows[: paging.limit], len(rows) > paging.limit
    passed = cursor.passed + len(shown)
    next_cursor = None
    if more and shown:
        tier, pk, day = shown[-1]
        next_cursor = Cursor(
            cursor.order, passed, (tier, _written("publication_date", day), pk)
        ).write()
    return Slice([pk for _, pk, _ in shown], _total(found, paging, passed + more), next_cursor)


def _tier(cursor: Cursor) -> int:
    if not cursor.last:
        return 0
    tier = cursor.last[0]
    if type(tier) is not int or tier not in (0, 1):
        raise BadRequest(NOT_OURS)
    return tier


def _total(found: QuerySet[Entry], paging: Paging, known: int) -> int:
    if paging.counted is False:
        return known
    if paging.counted:
        return found.count()
    return max(found.order_by()[:MOST_COUNTED].count(), known)


def slice_of_any(found: Any, paging: Paging) -> Slice:
    """A slice of pages, or of what a search for them found: farther costs more."""
    start = paging.cursor.passed
    ids = [page.pk for page in found[start : start + paging.limit + 1]]
    more = len(ids) > paging.limit
    passed = start + min(len(ids), paging.limit)
    total = passed + more if paging.counted is False else found.count()
    next_cursor = Cursor(paging.cursor.order, passed).write() if more and paging.limit else None
    return Slice(ids[: paging.limit], total, next_cursor)


def _read(columns: Sequence[str], last: Sequence[Any]) -> list[Any]:
    """Values of these columns, from a cursor. Raises BadRequest if they are none."""
    if len(last) != len(columns):
        raise BadRequest(NOT_OURS)
    found = []
    for column, value in zip(columns, last, strict=True):
        field: Any = Entry._meta.get_field(column)
        if isinstance(value, int) is not isinstance(field, IntegerField):
            raise BadRequest(NOT_OURS)
        try:
            value = field.to_python(value)
            if isinstance(value, datetime):
                # Databases keep moments in UTC, where not all of them exist.
                value = value.astimezone(UTC) if value.tzinfo else None
            if isinstance(value, str):
                value.encode()
            if value is None:
                raise ValueError
        except (ValidationError, ValueError, TypeError, OverflowError) as error:
            raise BadRequest(NOT_OURS) from error
        found.append(value)
    return found


def _written(column: str, value: Any) -> str | int:
    if column == "first_published_at":
        value = moment_of(value)
    return value.isoformat() if isinstance(value, date | datetime) else value
