"""A transaction that never was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.db import connection, transaction

from api.documents.moments import writing_for_nobody

# Names our lock among the database's: those who look ahead lock the same rows, and take turns.
TURN = 0x0D0C_A50F
# Milliseconds to wait for them, and for others who write. The latter is less than the second after
# which PostgreSQL would end one of two who wait for each other.
PATIENCE_WITH_OURS, PATIENCE = 10_000, 900


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that is rolled back in any case, with what this thread kept in Django's caches.

    Raises OperationalError if others write for too long.
    """
    with _no_cache(), transaction.atomic():
        try:
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE_WITH_OURS}ms'")
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
                    cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}ms'")
            with writing_for_nobody():
                yield
        finally:
            transaction.set_rollback(True)


@contextmanager
def _no_cache() -> Iterator[None]:
    """Others read what is in the caches at once, and nothing rolls it back: this thread has none."""
    kept = {alias: caches[alias] for alias in caches}
    try:
        for alias in kept:
            caches[alias] = DummyCache("", {})
        yield
    finally:
        for alias, cache in kept.items():
            caches[alias] = cache
