"""Revisions that nobody needs any more are deleted, if `REVISIONS_DAYS` says after how long."""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import OperationalError, connection
from wagtail.management.commands.purge_revisions import purge_revisions

logger = logging.getLogger(__name__)


# Seconds between two tries, and for how long they go on: SQLite lets nobody delete who has begun to read
# before somebody else wrote.
PAUSE, LONGEST = 0.5, 600.0

_busy = threading.Lock()


def begin() -> None:
    """Begins to delete them, one by one, beside a worker's rounds: there may be very many."""
    if settings.REVISIONS_DAYS is not None and _busy.acquire(blocking=False):
        threading.Thread(target=_purge, daemon=True).start()


def purge() -> None:
    """Deletes those that are older than is set. Each is a transaction: where a worker is killed at it,
    another goes on."""
    if settings.REVISIONS_DAYS is not None:
        purge_revisions(days=settings.REVISIONS_DAYS)


def _purge() -> None:
    until = time.monotonic() + LONGEST
    try:
        while not _is_done() and time.monotonic() < until:
            time.sleep(PAUSE)
    except Exception:
        logger.exception("Old revisions could not be deleted")
    finally:
        connection.close()
        _busy.release()


def _is_done() -> bool:
    """Deletes them. Gives whether nobody was in the way: those before are gone all the same."""
    try:
        purge()
    except OperationalError:
        return False
    return True
