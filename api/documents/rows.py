"""Rows by SQL of our own, the shortest way there is to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import psycopg
from django.db import DatabaseError, connection
from django.utils import timezone

from api.documents.edition import edition
from api.documents.models import Dropped

# What `store.stored` says of documents, of the document `d`; `holding` gives its arguments.
HOLDS = (
    "d.rich_text_format = %(format)s AND d.edition = %(edition)s "  # noqa: S608
    "AND (d.look_at IS NULL OR d.look_at > %(now)s) "
    f"AND NOT EXISTS (SELECT 1 FROM {Dropped._meta.db_table} WHERE document_id = d.id)"
)


def holding(rich_text_format: str) -> dict[str, Any]:
    """Arguments of `HOLDS`."""
    return {"edition": edition(), "format": rich_text_format, "now": this_moment()}


def this_moment() -> Any:
    """Now, as an argument."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


def octets(column: str) -> str:
    """SQL for a text as what is sent of it: to read it into a `str` and write that is not cheap."""
    if connection.vendor == "postgresql":
        return f"convert_to({column}, 'UTF8')"
    return f"CAST({column} AS BLOB)"


def position(text: str, part: str) -> str:
    """SQL for where in a text a part begins, from 1; 0 if nowhere."""
    function = "strpos" if connection.vendor == "postgresql" else "instr"
    return f"{function}({text}, {part})"


Arguments = Mapping[str, Any] | Sequence[Any]
Rows = list[tuple[Any, ...]]


def rows_of(statement: str, arguments: Arguments) -> Rows | None:
    """What a statement finds; None if the database is not to be had."""
    try:
        return all_rows_of(statement, arguments)
    except DatabaseError:
        if connection.in_atomic_block:
            raise
        return None


def all_rows_of(statement: str, arguments: Arguments, *, prepare: bool = True) -> Rows:
    """What a statement finds. Raises DatabaseError.

    On PostgreSQL it is prepared once a connection, unless its best plan depends on its arguments. A
    connection is not asked first whether it still stands: one that does not is given up, and whoever
    asks next has a new one.
    """
    direct = connection.vendor == "postgresql" and not (
        connection.queries_logged or connection.execute_wrappers
    )
    try:
        if not direct:
            with connection.cursor() as cursor:
                cursor.execute(statement, arguments)
                return cursor.fetchall()
        connection.ensure_connection()
        with (
            connection.wrap_database_errors,
            psycopg.Cursor(connection.connection) as server_side,
        ):
            server_side.execute(statement, arguments, prepare=prepare, binary=True)
            return server_side.fetchall()
    except DatabaseError:
        if not connection.in_atomic_block:
            connection.close()
        raise


def moment_of(value: datetime | str | None) -> datetime | None:
    """A moment from a row: SQLite's are in UTC and do not say so; the least of several is a text."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value
