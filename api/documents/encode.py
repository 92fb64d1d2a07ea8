"""From public pages to documents: the bytes, and what goes with them."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import chain
from typing import Any
from urllib.parse import unquote

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Page, Revision, Site
from wagtail.models.sites import SiteRootPath

from api.addresses import page_address, site_roots
from api.codecs.encoding import Encoded
from api.codecs.keys import CARD, PAGE
from api.codecs.pages import EncodedPage, encode_pages
from api.codecs.sites import encode_site
from api.documents.edition import edition
from api.documents.models import Document
from api.rich_text_format import RichTextFormat
from api.selection import Selection
from pages.models import Embargo, NewsroomPage

# What a listing shows of a page unless it is asked for fields.
LISTED = Selection.of_names(
    [
        "id",
        "type",
        "uuid",
        "title",
        "detail_url",
        "html_url",
        "slug",
        "first_published_at",
        "locale",
    ]
)
# Of tags in an answer: Fastly, Cloudflare and Varnish take headers of a few kilobytes.
MOST_TAGS = 64


def encode_documents(
    pages: Sequence[NewsroomPage], rich_text_format: str
) -> list[tuple[Document, frozenset[str]]]:
    """The documents of public pages, not saved yet, with their keys."""
    roots = site_roots()
    planned = _planned_publications()
    return [(_page(one, rich_text_format, roots, planned), one.keys) for one in encode_pages(pages)]


def encode_site_document(site: Site, rich_text_format: str) -> tuple[Document, frozenset[str]]:
    """The document of what a site says of itself, not saved yet, with its keys."""
    encoded = encode_site(site)
    document = _document(encoded, rich_text_format, _planned_publications())
    document.site_id, document.type = site.pk, "site"
    return document, encoded.keys


def _page(
    encoded: EncodedPage,
    rich_text_format: str,
    roots: Sequence[SiteRootPath],
    planned: Mapping[str, datetime],
) -> Document:
    page, answer = encoded.page, encoded.answer
    address = page_address(page)
    sites = {root.site_id for root in roots if page.url_path.startswith(root.root_path)}
    document = _document(encoded, rich_text_format, planned)
    document.page_id = page.pk
    document.site_id = sites.pop() if len(sites) == 1 else None
    document.path = unquote(address[1]) if address else ""
    document.locale = answer["meta"]["locale"]
    document.type = answer["type"]
    document.item = to_json(LISTED.of(answer))
    document.parent_start, document.parent_end = _place_of_parent(document.body)
    return document


def _document(encoded: Encoded, rich_text_format: str, planned: Mapping[str, datetime]) -> Document:
    """A document without what it is of: its bytes, and what follows from them and from its keys."""
    body = to_json(RichTextFormat.called(rich_text_format).apply(encoded.answer))
    return Document(
        rich_text_format=rich_text_format,
        edition=edition(),
        body=body,
        parent_start=0,
        parent_end=0,
        packed=pack(body),
        etag=etag_of(body),
        tags=",".join(tags_of(encoded.keys)),
        look_at=_next_look(encoded, planned),
    )


def to_json(value: Any) -> str:
    """JSON as DRF writes it: without blanks, and fit to stand in a script."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def etag_of(content: str | bytes) -> str:
    """A strong entity tag of a text or of its bytes, with its quotes."""
    octets = content.encode() if isinstance(content, str) else content
    return f'"{sha256(octets).hexdigest()[:32]}"'


def pack(body: str) -> bytes:
    """The body compressed by gzip: the same bytes whenever it is made."""
    return gzip.compress(body.encode(), mtime=0)


def tags_of(keys: Collection[str]) -> list[str]:
    """The keys as tags of an answer, at most 64.

    Where there are more, all of one kind give way to the kind's name: `card:7` and its like to
    `card`, the most numerous kind first. Whoever purges a key purges its kind too.
    """
    kinds: dict[str, list[str]] = {}
    for key in set(keys):
        kinds.setdefault(key.partition(":")[0], []).append(key)
    kinds.pop("ancestor", None)
    tags = sum(map(len, kinds.values()))
    for kind in sorted(kinds, key=lambda kind: (-len(kinds[kind]), kind)):
        if tags <= MOST_TAGS:
            break
        tags -= len(kinds[kind]) - 1
        kinds[kind] = [kind]
    return sorted(chain.from_iterable(kinds.values()))


def _place_of_parent(body: str) -> tuple[int, int]:
    """Where `"parent":…,` stands in a document's octets. In strings the quotes would be escaped."""
    start = body.index('"parent":')
    _, end = json.JSONDecoder().raw_decode(body, start + len('"parent":'))
    return len(body[:start].encode()), len(body[: end + 1].encode())


def _planned_publications() -> dict[str, datetime]:
    """When what is planned of pages goes live, by the page's id, the earliest first.

    Of none under embargo: its lift touches what shows it, and nobody is to know of it before.
    """
    held = Embargo.objects.in_force().values(key=Cast("page_id", CharField()))
    revisions = Revision.objects.exclude(object_id__in=held).filter(
        approved_go_live_at__gt=timezone.now(),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    rows = revisions.order_by("-approved_go_live_at").values_list(
        "object_id", "approved_go_live_at"
    )
    return dict(rows)


def _next_look(encoded: Encoded, planned: Mapping[str, datetime]) -> datetime | None:
    """When something that a document shows ends, or begins as planned."""
    moments: Iterable[datetime | None] = (
        planned.get(key.partition(":")[2])
        for key in (encoded.keys if planned else ())
        if key.startswith((f"{PAGE.kind}:", f"{CARD.kind}:"))
    )
    return min(filter(None, [*moments, encoded.expires_at]), default=None)
