"""Revisions that nobody needs any more are deleted, if `REVISIONS_DAYS` says after how long."""

from __future__ import annotations

import logging
import threading

from django.conf import settings
from django.db import connection
from wagtail.management.commands.purge_revisions import purge_revisions

logger = logging.getLogger(__name__)


def begin() -> None:
    """Begins to delete them, one by one, beside a worker's rounds: there may be very many."""
    if settings.REVISIONS_DAYS is not None:
        threading.Thread(target=_purge, daemon=True).start()


def purge() -> None:
    """Deletes those that are older than is set. Each is a transaction: where a worker is killed at it,
    another goes on."""
    if settings.REVISIONS_DAYS is not None:
        purge_revisions(days=settings.REVISIONS_DAYS)


def _purge() -> None:
    try:
        purge()
    except Exception:
        logger.exception("Old revisions could not be deleted")
    finally:
        connection.close()
