"""Documents as octets: what listings put together without reading it."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.db import connection

from api.documents.models import Document
from api.documents.rows import HOLDS, holding, moment_of, octets, rows_of
from api.documents.store import documents_of, make_missing

ITEM, BODY = "item", "body"


@dataclass(frozen=True, slots=True)
class Text:
    """A document, or its part that listings show by default; without `parent`, as in listings."""

    octets: bytes
    etag: str
    tags: str
    look_at: datetime | None


def texts_of(page_ids: Collection[int], rich_text_format: str, part: str) -> dict[int, Text]:
    """The documents of pages by id, `part` being ITEM or BODY; without those that have none."""
    ids = list(page_ids)
    rows = rows_of(
        _statement(part, connection.vendor),
        {
            "ids": ids if connection.vendor == "postgresql" else json.dumps(ids),
            **holding(rich_text_format),
        },
    )
    if rows is None:
        return {
            page_id: _text(document, part)
            for page_id, document in documents_of(ids, rich_text_format).items()
        }
    found = {
        page_id: Text(_without(bytes(part), start, end), etag, tags, moment_of(look_at))
        for page_id, part, start, end, etag, tags, look_at in rows
    }
    missing = {page_id for page_id in ids if page_id not in found}
    for page_id, document in make_missing(missing, rich_text_format).items():
        found[page_id] = _text(document, part)
    return found


def _text(document: Document, part: str) -> Text:
    whole = part == BODY
    start, end = (document.parent_start, document.parent_end) if whole else (0, 0)
    octets = _without(getattr(document, part).encode(), start, end)
    return Text(octets, document.etag, document.tags, document.look_at)


def _without(part: bytes, start: int, end: int) -> bytes:
    return part[:start] + part[end:] if end else part


@cache
def _statement(part: str, vendor: str) -> str:
    parent = "d.parent_start, d.parent_end" if part == BODY else "0, 0"
    among = (
        "= ANY(%(ids)s)" if vendor == "postgresql" else "IN (SELECT value FROM json_each(%(ids)s))"
    )
    return (
        f"SELECT d.page_id, {octets(f'd.{part}')}, {parent}, d.etag, d.tags, d.look_at "  # noqa: S608
        f"FROM {Document._meta.db_table} d WHERE d.page_id {among} AND {HOLDS}"
    )
