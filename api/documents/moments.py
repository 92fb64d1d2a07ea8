"""When an encoding began, what was touched since, and how to look without anybody writing."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from api.documents.models import Installed, Touched

# Milliseconds that an encoder waits for those who are writing, and they for it.
PATIENCE = 100
TABLE = Touched._meta.db_table


# PostgreSQL, of a row that was touched: not seen at a moment, given its `touched_id` and `snapshot`.
UNSEEN = (
    "CASE WHEN transaction = pg_current_xact_id_if_assigned() THEN id > %s "
    "ELSE NOT pg_visible_in_snapshot(transaction, %s::pg_snapshot) END"
)


_for_nobody: ContextVar[bool] = ContextVar("for_nobody", default=False)


class Busy(Exception):
    """Somebody is writing, and has not finished in time."""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was committed when an encoding began.

    `installed_id` tells which triggers stood there then; None if there were none.
    """

    touched_id: int
    installed_id: int | None
    snapshot: str = ""
    at: float = field(default_factory=time.monotonic)

    @property
    def age(self) -> float:
        """In seconds."""
        return time.monotonic() - self.at

    def touched_since(self, keys: Collection[str]) -> set[str]:
        """Those of the keys that were touched by whoever was not seen then.

        Complete only while `holding_writers`. What this very transaction touched before the moment
        was seen then.
        """
        if not self.snapshot:
            touched = Touched.objects.filter(id__gt=self.touched_id)
            return set(keys) & set(touched.values_list("key", flat=True))
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT DISTINCT key FROM {TABLE} WHERE key = ANY(%s) AND {UNSEEN}",  # noqa: S608
                [list(keys), self.touched_id, self.snapshot],
            )
            return {key for (key,) in cursor.fetchall()}

    def anything_since(self) -> bool:
        """Whether anything at all was touched by whoever was not seen then; as complete as above."""
        later = Q(id__gt=self.touched_id)
        if self.snapshot:
            values = [self.touched_id, self.snapshot]
            later = Q(RawSQL(UNSEEN, values, output_field=BooleanField()))  # noqa: S611  # a constant
        return Touched.objects.filter(later).exists()


def moment_sql() -> str:
    """The columns of a query that are a moment: of it is known what the query sees."""
    snapshot = "pg_current_snapshot()::text" if connection.vendor == "postgresql" else "''"
    return (
        f"(SELECT coalesce(max(id), 0) FROM {TABLE}), "  # noqa: S608
        f"(SELECT max(id) FROM {Installed._meta.db_table}), {snapshot}"
    )


def now() -> Moment:
    """This moment: ask for it before reading anything that is to be stored."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {moment_sql()}")
        return Moment(*cursor.fetchone())


@contextmanager
def writing_for_nobody() -> Iterator[None]:
    """What this thread stores meanwhile is never committed: no writer needs to be kept waiting for it.

    To others it is one of those who touched something and have not ended. Call it in a transaction
    that will be rolled back.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {TABLE} IN ROW EXCLUSIVE MODE")
    before = _for_nobody.set(True)
    try:
        yield
    finally:
        _for_nobody.reset(before)


def writes_for_nobody() -> bool:
    """Whether this thread is within `writing_for_nobody`."""
    return _for_nobody.get()


# What PostgreSQL calls a lock that was not to be had in time, and one of two who wait for each other.
WAITS = ("55P03", "40P01")


def is_wait(error: OperationalError) -> bool:
    """Whether others were writing for too long, and nothing else is wrong."""
    return getattr(error.__cause__, "sqlstate", None) in WAITS or "is locked" in str(error)


@contextmanager
def holding_writers(patience: int = PATIENCE) -> Iterator[None]:
    """A transaction that begins when all who touched something have ended, and keeps others waiting.

    Raises Busy if they take longer than `patience`, in milliseconds.
    """
    if writes_for_nobody():
        with transaction.atomic():
            yield
        return
    alone = _alone_on_postgresql if connection.vendor == "postgresql" else _alone_on_sqlite
    with alone(patience):
        yield


@contextmanager
def _alone_on_postgresql(patience: int) -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{patience}ms'")
        try:
            cursor.execute(f"LOCK TABLE {TABLE} IN SHARE MODE")
            # What is waited for in between, another who does the same, is waited for no longer.
            yield
        except OperationalError as error:
            if not is_wait(error):
                raise
            raise Busy from error
        cursor.execute("SET LOCAL lock_timeout = DEFAULT")


@contextmanager
def _alone_on_sqlite(patience: int) -> Iterator[None]:
    """A transaction begins with SQLite's only write lock (`transaction_mode` in the settings)."""
    if connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {patience}")
        begun = False
        try:
            with transaction.atomic():
                begun = True
                yield
        except OperationalError as error:
            if begun:
                raise
            raise Busy from error
        finally:
            usual = settings.DATABASES["default"].get("OPTIONS", {}).get("timeout", 5)
            cursor.execute(f"PRAGMA busy_timeout = {int(usual * 1000)}")
