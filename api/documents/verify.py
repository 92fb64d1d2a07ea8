"""Whether what is stored is what would be encoded now: there must be no difference, ever."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page, Site

from api.codecs.visibility import public_pages
from api.documents.encode import encode_documents, encode_site_document
from api.documents.models import Dependency, Document
from api.documents.store import BATCH, stored
from api.rich_text_format import FORMATS
from pages.models import NewsroomPage

Subject = tuple[int | None, int | None]

# What stands beside the body, and follows from the page like it.
BESIDES = [
    field.name
    for field in Document._meta.fields
    if field.name not in ("id", "page_id", "body", "rich_text_format", "edition")
]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a stored document is not what it should be.

    `pointer` is a JSON pointer into the body, or the name of what stands beside it.
    """

    document: Document
    pointer: str
    reason: str = "differs"

    def __str__(self) -> str:
        where = self.document.path or f"page {self.document.page_id}"
        return f"{where} ({self.document.rich_text_format}): {self.pointer} {self.reason}".strip()


def verify() -> Iterator[tuple[int, list[Difference]]]:
    """Encodes anew everything of which a document holds, some at a time.

    Gives after each batch how many documents it had, and the first difference of each that has one.
    What was dropped meanwhile is none.
    """
    for name in FORMATS:
        ids = stored(name).order_by("page_id", "site_id").values_list("id", flat=True)
        for batch in _batches(list(ids)):
            documents = list(stored(name).filter(id__in=batch).order_by("page_id"))
            found = list(_differences(documents, name))
            held = set(stored(name).filter(id__in=batch).values_list("id", flat=True))
            yield len(documents), [one for one in found if one.document.id in held]


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def _differences(documents: Sequence[Document], rich_text_format: str) -> Iterator[Difference]:
    fresh = _encoded_anew(documents, rich_text_format)
    kept: dict[int, set[str]] = {document.id: set() for document in documents}
    for dependency in Dependency.objects.filter(document_id__in=kept):
        kept[dependency.document_id].add(dependency.key)
    for document in documents:
        if _subject(document) not in fresh:
            yield Difference(document, "", "is there of a page that is not public")
            continue
        wanted, keys = fresh[_subject(document)]
        pointer = first_difference(json.loads(document.body), json.loads(wanted.body))
        if pointer is None and kept[document.id] != keys:
            pointer = "keys"
        if pointer is None:
            differing = (n for n in BESIDES if getattr(document, n) != getattr(wanted, n))
            pointer = next(differing, None)
        if pointer is not None:
            yield Difference(document, pointer or "all of it")


def _encoded_anew(
    documents: Sequence[Document], rich_text_format: str
) -> dict[Subject, tuple[Document, frozenset[str]]]:
    ids = [document.page_id for document in documents if document.page_id]
    public = Page.objects.filter(pk__in=public_pages().filter(pk__in=ids).values("pk"))
    pages = [page for page in public.specific() if isinstance(page, NewsroomPage)]
    made = encode_documents(pages, rich_text_format)
    for document in documents:
        if document.page_id is None and document.site_id:
            site = Site.objects.get(pk=document.site_id)
            made.append(encode_site_document(site, rich_text_format))
    return {_subject(document): (document, keys) for document, keys in made}


def _subject(document: Document) -> Subject:
    """The page, or else the site, that a document is of."""
    return document.page_id, None if document.page_id else document.site_id


def first_difference(one: Any, other: Any, pointer: str = "") -> str | None:
    """The JSON pointer (RFC 6901) of the first place where two JSON values differ; else None."""
    if isinstance(one, dict) and isinstance(other, dict):
        for name in [*one, *(name for name in other if name not in one)]:
            place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
            if name not in one or name not in other:
                return place
            if found := first_difference(one[name], other[name], place):
                return found
        return None
    if isinstance(one, list) and isinstance(other, list):
        for index in range(max(len(one), len(other))):
            place = f"{pointer}/{index}"
            if index >= min(len(one), len(other)):
                return place
            if found := first_difference(one[index], other[index], place):
                return found
        return None
    # True is 1 for Python, and not for JSON.
    return None if one == other and type(one) is type(other) else pointer
