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
    *,
    after: Sequence[Any] = (),
    counted: bool = False,
) -> Rows:
    """The values of columns of some entries, in an order, after `start` others and so many at most.

    `after` are the values of the order's columns, as its fields have them, of the entry to go on
    behind. Each row ends with the number of all entries if they are `counted`: one query less. What
    the ORM makes of order, slice, count and cursor takes it longer than it takes the database to answer.
    """
    wanted, arguments = _where(entries)
    selected, where, given = ", ".join(columns), wanted, list(arguments)
    if after:
        behind, values = _behind(order, after)
        where, given = f"({wanted}) AND {behind}", [*given, *values]
    if counted:
        selected += f", (SELECT count(*) FROM {_TABLE} WHERE {wanted})"  # noqa: S608
        given = [*arguments, *given]
    return all_rows_of(
        f"SELECT {selected} FROM {_TABLE} WHERE {where} "  # noqa: S608
        f"ORDER BY {', '.join(map(_ordered, order))} LIMIT %s OFFSET %s",
        [*given, most, start],
        # How common a word or a kind is, decides how it is best looked for.
        prepare=False,
    )


def _behind(order: Sequence[str], after: Sequence[Any]) -> tuple[str, list[Any]]:
    """The condition for what follows an entry with these values."""
    names = [column.removeprefix("-") for column in order]
    signs = ["<" if column.startswith("-") else ">" for column in order]
    fields: list[Any] = [Entry._meta.get_field(name) for name in names]
    values = [
        field.get_db_prep_value(value, connection)
        for field, value in zip(fields, after, strict=True)
    ]
    either, given = [], []
    for place, (name, sign) in enumerate(zip(names, signs, strict=True)):
        equal = [f"{same} = %s" for same in names[:place]]
        either.append(" AND ".join([*equal, f"{name} {sign} %s"]))
        given += values[: place + 1]
    # Databases find the beginning in an index by the first alone.
    condition = f"{names[0]} {signs[0]}= %s AND ({' OR '.join(f'({one})' for one in either)})"
    return condition, [values[0], *given]


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
