"""Rows of the index, by SQL around the conditions that the ORM has written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from api.documents.models import Entry
from api.documents.rows import Rows, all_rows_of

_TABLE = Entry._meta.db_table


def rows_of_entries(
    entries: QuerySet[Entry],
    columns: Sequence[str],
    order: Sequence[str],
    start: int,
    most: int,
    counted: QuerySet[Entry] | None = None,
) -> Rows:
    """The values of columns of some entries, in an order, after `start` others and so many at most.

    Each row ends with the number of all `counted` entries, if such are given: one query less. What
    the ORM makes of order, slice and count takes it longer than it takes the database to answer.
    """
    wanted, arguments = _where(entries)
    selected = ", ".join(columns)
    if counted is not None:
        counting, first = (wanted, arguments) if counted is entries else _where(counted)
        selected += f", (SELECT count(*) FROM {_TABLE} WHERE {counting})"  # noqa: S608
        arguments = [*first, *arguments]
    return all_rows_of(
        f"SELECT {selected} FROM {_TABLE} WHERE {wanted} "  # noqa: S608
        f"ORDER BY {', '.join(map(_ordered, order))} LIMIT %s OFFSET %s",
        [*arguments, most, start],
        # How common a word or a kind is, decides how it is best looked for.
        prepare=False,
    )


def _where(entries: QuerySet[Entry]) -> tuple[str, list[Any]]:
    """The condition of entries in SQL, over their table alone, with its arguments."""
    query = entries.query
    compiler = query.get_compiler(connection=connection)
    try:
        sql, arguments = compiler.compile(query.where)
    except EmptyResultSet:
        return "1 = 0", []
    return sql, list(arguments)


def _ordered(column: str) -> str:
    return f"{column[1:]} DESC" if column.startswith("-") else column
