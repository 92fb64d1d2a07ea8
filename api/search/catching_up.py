"""Before a search: reading what has changed since pages were read last."""

from __future__ import annotations

import logging
from collections.abc import Collection
from contextlib import suppress

from django.db import DatabaseError

from api.documents.models import SEARCHED_FORMAT, Unread
from api.documents.moments import Busy, holding_writers
from api.documents.store import documents_of
from api.documents.words import forget_words, unread, write_titles

logger = logging.getLogger(__name__)

# Of pages that one reader waits for.
AT_ONCE = 50


def catch_up() -> None:
    """Reads some of the pages anew whose words may be others now.

    After a bulk change there can be more than one reader should wait for. The next ones go on, or
    `documents rebuild` reads them all; until then pages are found by the words that they had. What
    is answered of them is never old, nor is it answered of pages that are not public.
    """
    if not Unread.objects.exists():
        return
    ids = unread(AT_ONCE)
    others = set(ids) - _read(ids)
    # Whoever searches does not wait for whoever writes.
    with suppress(Busy), holding_writers():
        write_titles(others)
        forget_words()


def _read(ids: Collection[int]) -> set[int]:
    """Those of which there is a document now. One that cannot be made keeps nobody from the others."""
    try:
        return set(documents_of(ids, SEARCHED_FORMAT))
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Something among pages %s cannot be encoded", ids)
    found: set[int] = set()
    for page_id in ids:
        # What fails again was told of already.
        with suppress(Exception):
            found |= documents_of([page_id], SEARCHED_FORMAT).keys()
    return found
