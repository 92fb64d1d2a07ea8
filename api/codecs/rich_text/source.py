"""The HTML that Wagtail stores, without references to what is not public."""

from __future__ import annotations

import re
from typing import Any

from lxml import html  # type: ignore[import-untyped]  # publishes no types

from api.codecs.encoding import RichTextTree
from api.codecs.rich_text.links import UnknownLink, read_id, read_link

_FRAME = re.compile("</?(?:html|head|body)>")


def public_source(text: RichTextTree) -> str:
    """The stored HTML of a resolved text; dead links are their words, hidden pictures are gone."""
    if not text.source.strip():
        return text.source
    alive = _references(text)
    # In a body of its own, as when it was read for Portable Text: texts may say `<html>` themselves.
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True)
    source = b"<html><body>" + text.source.encode("utf-8", "replace")
    root = html.fromstring(source, parser=parser)
    dead_links = [link for link in root.iter("a") if _target(link.attrib) not in alive]
    pictures = [embed for embed in root.iter("embed") if embed.get("embedtype") == "image"]
    gone = [embed for embed in pictures if ("image", read_id(embed.get("id", ""))) not in alive]
    if not dead_links and not gone and "<!--" not in text.source:
        return text.source
    for link in dead_links:
        link.drop_tag()
    for embed in gone:
        # Not its tree: where it was left open, libxml2 takes what follows for its content.
        embed.drop_tag()
    written: str = html.tostring(root, encoding="unicode").replace("></embed>", "/>")
    return _FRAME.sub("", written)


def _references(nodes: list[Any]) -> set[tuple[str, Any]]:
    """What a resolved text refers to: kinds with ids, or with addresses."""
    found: set[tuple[str, Any]] = set()
    for node in nodes:
        if node["_type"] == "image":
            found.add(("image", node["image"]["id"]))
        for mark in node.get("markDefs", []):
            if mark["_type"] == "link":
                target = mark["page"] or mark["document"]
                found.add((mark["kind"], target["id"] if target else mark["href"]))
    return found


def _target(attributes: Any) -> tuple[str, Any] | None:
    try:
        reference = read_link(attributes)
    except UnknownLink:
        return None
    return None if reference is None else (reference.kind, reference.id or reference.href)
