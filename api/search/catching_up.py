"""Before a search: reading what has changed since pages were read last."""

from __future__ import annotations

from contextlib import suppress

from api.documents.models import Unread
from api.documents.moments import Busy, holding_writers
from api.documents.store import documents_and_broken
from api.documents.words import forget_words, unread, write_titles

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
    found, _ = documents_and_broken(ids)
    others = set(ids) - found.keys()
    # Whoever searches does not wait for whoever writes.
    with suppress(Busy), holding_writers():
        write_titles(others)
        forget_words()
