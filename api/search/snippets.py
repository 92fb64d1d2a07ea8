"""Snippets: the piece of a text around the first word that was looked for."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from api.documents.models import Unread, Words
from api.search.query import Query
from api.words.tokens import stems_of, words_of

# Characters of a snippet, and of it before the word.
LENGTH, BEFORE = 240, 80
_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")


def snippets_of(page_ids: Iterable[int], query: Query) -> list[dict[str, Any]]:
    """For each page, in order, a piece of its text, cut into runs that match and runs that do not."""
    # Of pages that were not read since they were changed, nothing: it might have been taken out.
    old = Unread.objects.filter(page_id=OuterRef("page_id"))
    words = Words.objects.filter(~Exists(old), page_id__in=list(page_ids))
    texts = dict(words.values_list("page_id", "text"))
    begins = _beginnings(query)
    return [
        {"id": page_id, "runs": _runs(_piece(texts[page_id], begins), query)}
        for page_id in page_ids
        if page_id in texts
    ]


def _beginnings(query: Query) -> re.Pattern[str] | None:
    """Finds, quickly, where a word may be of those that were looked for."""
    starts = {
        os.path.commonprefix([sought.word, *sought.stems])  # noqa: RUF071  (letter by letter)
        for sought in query.words
    } - {""}
    if not starts:
        return None
    either = "|".join(map(re.escape, sorted(starts, key=len, reverse=True)))
    return re.compile(rf"(?<![^\W_])(?:{either})", re.IGNORECASE)


def _piece(text: str, begins: re.Pattern[str] | None) -> str:
    found = begins.search(text) if begins else None
    start = max(0, found.start() - BEFORE) if found else 0
    end = start + LENGTH
    piece = text[start:end]
    if start:
        piece = "…" + piece.partition(" ")[2]
    if end < len(text):
        piece = piece.rpartition(" ")[0] + "…"
    return " ".join(piece.split())


def _runs(piece: str, query: Query) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    end = 0
    for match in _WORD.finditer(piece):
        if _matches(match[0], query):
            if match.start() > end:
                runs.append({"text": piece[end : match.start()], "match": False})
            runs.append({"text": match[0], "match": True})
            end = match.end()
    if end < len(piece):
        runs.append({"text": piece[end:], "match": False})
    return runs


def _matches(text: str, query: Query) -> bool:
    for word in words_of(text):
        for sought in query.words:
            if sought.stems:
                if word == sought.word or sought.stems & stems_of(word):
                    return True
            elif word.startswith(sought.word):
                return True
    return False
