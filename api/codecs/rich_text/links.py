"""What an `<a>` in stored rich text refers to, and which addresses may be given to readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.codecs.encoding import read_key
from api.codecs.rich_text.types import LinkKind

_EDGES = "".join(map(chr, range(0x21)))
_IGNORED_BY_BROWSERS = str.maketrans("", "", "\t\n\r")
_OBJECTS: dict[str, LinkKind] = {"page": "page", "document": "document"}
_ALLOWED: tuple[tuple[LinkKind, re.Pattern[str]], ...] = (
    ("external", re.compile(r"https?://[^/?#\\]", re.IGNORECASE)),
    ("email", re.compile(r"mailto:.", re.IGNORECASE)),
    ("phone", re.compile(r"tel:.", re.IGNORECASE)),
    ("anchor", re.compile(r"#")),
    # A path on the site; `//host` and `/\host`, which browsers take for another host, are not.
    ("external", re.compile(r"/(?![/\\])")),
)


class UnknownLink(ValueError):
    """A `linktype` that nothing here can resolve."""


@dataclass(frozen=True, slots=True)
class LinkReference:
    """What an editor linked to: a page or document by its id, or else an address.

    `href` is empty for pages and documents. An address is `external` whether it is on another
    site (`https://…`) or a path on this one (`/news/`).
    """

    kind: LinkKind
    id: int | None = None
    href: str = ""


def read_link(attributes: Mapping[str, str]) -> LinkReference | None:
    """What an `<a>` refers to; None when it is nothing that readers may be sent to.

    Raises UnknownLink for a `linktype` other than Wagtail's own.
    """
    link_type = attributes.get("linktype")
    if link_type is None:
        return _read_address(attributes.get("href", ""))
    if kind := _OBJECTS.get(link_type):
        id_ = read_id(attributes.get("id", ""))
        return None if id_ is None else LinkReference(kind, id=id_)
    raise UnknownLink(link_type)


def read_id(text: str) -> int | None:
    """A primary key as it is written in an attribute; None for what no database would take."""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    number = int(text)
    return read_key(number)


def read_embed_url(text: str) -> str | None:
    """The address of something embedded: http or https, or None."""
    url = _as_browsers_read(text)
    return url if _ALLOWED[0][1].match(url) else None


def plain_link(reference: LinkReference, key: str) -> dict[str, Any]:
    """The mark of a link that needs no looking up: every kind but `page` and `document`."""
    return {
        "_type": "link",
        "_key": key,
        "kind": reference.kind,
        "href": reference.href,
        "page": None,
        "document": None,
    }


def dead_link(key: str) -> dict[str, Any]:
    """The mark of words whose link is gone."""
    return {"_type": "dead_link", "_key": key}


def _read_address(text: str) -> LinkReference | None:
    href = _as_browsers_read(text)
    for kind, pattern in _ALLOWED:
        if pattern.match(href):
            return LinkReference(kind, href=href)
    return None


def _as_browsers_read(text: str) -> str:
    """Without what browsers ignore in an address, so that `java\\nscript:` is seen for what it is."""
    return text.translate(_IGNORED_BY_BROWSERS).strip(_EDGES)
