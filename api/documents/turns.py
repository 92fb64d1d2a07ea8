"""Turns: what many ask for at the same time is made by one of them, and found by the others."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from zlib import crc32

from django.conf import settings
from django.db import connection, transaction

# Seconds after which one makes it oneself, and between two looks.
LONGEST_WAIT = 3.0
PAUSE = 0.01
# Names our locks among the database's.
SPACE = 0x0D0C
FILES = 64


@contextmanager
def turn(name: str) -> Iterator[bool]:
    """Waits while another process or thread has this turn; gives whether it had to.

    A turn is a help, not a promise: who has waited for some seconds goes on without it, and whoever
    dies gives it back.
    """
    with _lock(name) as take:
        until = time.monotonic() + LONGEST_WAIT
        waited = False
        while not take() and time.monotonic() < until:
            waited = True
            time.sleep(PAUSE)
        yield waited


@contextmanager
def turn_if_free(name: str) -> Iterator[bool]:
    """Takes a turn without waiting; gives whether it was free. It locks no row meanwhile."""
    if _is_pooled():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", _place(_number(name)))
            yield bool(cursor.fetchone()[0])
        return
    with _lock(name) as take:
        yield take()


def _is_pooled() -> bool:
    """Whether the next statement may reach another session of the database, which would not have the lock."""
    options = connection.settings_dict["OPTIONS"]
    return connection.vendor == "postgresql" and options.get("prepare_threshold", 0) is None


def _number(name: str) -> int:
    return crc32(name.encode())


def _place(number: int) -> list[int]:
    return [SPACE, number - 2**31]


def _lock(name: str) -> AbstractContextManager[Callable[[], bool]]:
    if _is_pooled():
        # Several may make the same: who makes a document in a transaction might keep what is old by then.
        return nullcontext(lambda: True)
    lock = _in_database if connection.vendor == "postgresql" else _in_file
    return lock(_number(name))


@contextmanager
def _in_database(number: int) -> Iterator[Callable[[], bool]]:
    taken = False

    def ask(function: str) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", _place(number))
            return bool(cursor.fetchone()[0])

    def take() -> bool:
        nonlocal taken
        taken = ask("pg_try_advisory_lock")
        return taken

    try:
        yield take
    finally:
        if taken:
            ask("pg_advisory_unlock")


@contextmanager
def _in_file(number: int) -> Iterator[Callable[[], bool]]:
    """SQLite serves one machine, whose processes can lock a file; closing it gives it back."""
    folder = settings.VAR / "turns"
    folder.mkdir(parents=True, exist_ok=True)

    with (folder / str(number % FILES)).open("w") as file:

        def take() -> bool:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            return True

        yield take
