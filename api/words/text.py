"""What readers read of a document: the words that a search looks among."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Members that are no words of the page's: names of kinds, addresses, codes, moments, other pages.
NO_WORDS = frozenset(
    [
        "_key",
        "_type",
        "block",
        "breadcrumbs",
        "canonical_url",
        "code",
        "date",
        "date_precision",
        "detail_url",
        "download_url",
        "end_mark",
        "ends_at",
        "ends_on",
        "filename",
        "first_published_at",
        "footnote",
        "hostname",
        "href",
        "html",
        "html_url",
        "id",
        "kind",
        "language",
        "last_published_at",
        "letter_date",
        "level",
        "listItem",
        "locale",
        "markDefs",
        "marks",
        "media_type",
        "meta",
        "mime_type",
        "missing",
        "network",
        "note_numbering",
        "page_type",
        "parent",
        "path",
        "placeholder",
        "publication_date",
        "slug",
        "srcset",
        "starts_at",
        "starts_on",
        "style",
        "thumbnail_url",
        "time_zone",
        "translations",
        "type",
        "url",
        "uuid",
    ]
)
# Another page is found by itself.
OTHER_PAGE = "page"


def text_of(document: dict[str, Any]) -> str:
    """The words below a document's title, a line for each text."""
    return "\n".join(
        line for name in document if name != "title" for line in _member(document, name)
    )


def _member(value: dict[str, Any], name: str) -> Iterator[str]:
    if name not in NO_WORDS:
        yield from _lines(value[name])


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if text := value.strip():
            yield text
    elif isinstance(value, list):
        if any(isinstance(item, dict) and item.get("_type") == "span" for item in value):
            # One text, though its parts are marked differently.
            yield "".join(item.get("text", " ") for item in value)
        else:
            for item in value:
                yield from _lines(item)
    elif isinstance(value, dict) and value.get("type") != OTHER_PAGE:
        for name in value:
            yield from _member(value, name)
