"""What pages are found by, written with their documents and caught up with before a search."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from django.conf import settings
from django.db.models import Exists, OuterRef

from api.documents.models import Document, Entry, Unread, Words
from api.words.text import text_of
from api.words.tokens import tokens_of

INDEXED = Entry.objects.filter(id=OuterRef("page_id"))


def write_words(documents: Sequence[Document]) -> None:
    """Notes what pages are found by, from their documents. Call it where those are stored."""
    _write([_words(document) for document in documents])


def _write(rows: Sequence[Words]) -> None:
    Words.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["page_id"],
        update_fields=["title_words", "words", "text"],
    )
    Unread.objects.filter(page_id__in=[row.page_id for row in rows]).delete()


def write_titles(page_ids: Collection[int]) -> None:
    """Notes the titles of pages outside the contract. Call it while nobody is writing."""
    rows = Entry.objects.filter(pk__in=page_ids).values_list("pk", "title")
    found = [(pk, tokens_of(title, settings.LANGUAGE_CODE)) for pk, title in rows]
    _write([Words(page_id=pk, title_words=words, words=words, text="") for pk, words in found])


def unread(most: int) -> list[int]:
    """Ids of pages in the index whose words are to be read anew, so many at most."""
    pages = Unread.objects.filter(Exists(INDEXED)).values_list("page_id", flat=True)
    return list(pages.order_by("page_id").distinct()[:most])


def forget_words() -> None:
    """Forgets the words of pages that are not in the index. Call it while nobody is writing."""
    gone = Unread.objects.exclude(Exists(INDEXED))
    Words.objects.filter(page_id__in=gone.values("page_id")).delete()
    gone.delete()


def _words(document: Document) -> Words:
    assert document.page_id is not None
    answer = json.loads(document.body)
    text = text_of(answer)
    return Words(
        page_id=document.page_id,
        title_words=tokens_of(answer["title"], document.locale),
        words=tokens_of(f"{answer['title']}\n{text}", document.locale),
        text=text,
    )
