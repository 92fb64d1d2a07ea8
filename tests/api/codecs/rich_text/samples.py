"""What the tests of rich text share: a reader that resolves by itself, and texts to read."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from api.codecs.rich_text.links import LinkReference, plain_link
from api.codecs.rich_text.parse import to_portable_text
from api.codecs.rich_text.types import PortableText

NOTE = "b6b4e6cc-9a4e-4d0f-9c8a-000000000001"
UNKNOWN_NOTE = "b6b4e6cc-9a4e-4d0f-9c8a-000000000002"

PAGE = {
    "type": "page",
    "id": 3,
    "uuid": "0b7c3f8e-9f0e-4a35-8f0d-1e7a54c3d111",
    "page_type": "press_release",
    "title": "Linked",
    "url": "https://news.example/linked/",
    "path": "/linked/",
    "locale": "en",
}
DOCUMENT = {
    "type": "document",
    "id": 7,
    "title": "Report",
    "url": "https://news.example/documents/7/report.pdf",
    "filename": "report.pdf",
    "file_size": 1024,
    "mime_type": "application/pdf",
}
IMAGE = {
    "id": 4,
    "alt": "The image's own words",
    "decorative": False,
    "credit": "",
    "width": 800,
    "height": 600,
    "focal_point": None,
    "url": "https://media.example/4.jpg",
    "sources": [],
    "placeholder": None,
}

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""For properties: a busy machine is no reason to fail."""

ADAPTER: TypeAdapter[Any] = TypeAdapter(PortableText)


def resolve_link(reference: LinkReference, key: str) -> dict[str, Any]:
    mark = plain_link(reference, key)
    if reference.kind == "page":
        mark |= {"href": PAGE["url"], "page": PAGE | {"id": reference.id}}
    if reference.kind == "document":
        mark |= {"href": DOCUMENT["url"], "document": DOCUMENT | {"id": reference.id}}
    return mark


def resolve_image(id_: int, alt: str, key: str) -> dict[str, Any]:
    return {"_type": "image", "_key": key, "alt": alt, "image": IMAGE | {"id": id_}}


def number_footnote(uuid: str) -> int | None:
    return 1 if uuid == NOTE else None


def read(html: str, **overrides: Any) -> list[Any]:
    """Resolved Portable Text of database HTML."""
    arguments = {"link": resolve_link, "footnote": number_footnote, "image": resolve_image}
    return to_portable_text(html, **(arguments | overrides))


def read_one(html: str, **overrides: Any) -> dict[str, Any]:
    """The only block of a text that has one."""
    (block,) = read(html, **overrides)
    return block


def spans(block: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """The block's words and their marks, links named by where they lead."""
    names = {mark["_key"]: mark.get("href", "dead") for mark in block["markDefs"]}
    return [
        (child["text"], [names.get(mark, mark) for mark in child["marks"]])
        for child in block["children"]
        if child["_type"] == "span"
    ]


def text_of(node: Mapping[str, Any]) -> str:
    return "".join(child.get("text", "") for child in node.get("children", ()))


def shape(nodes: Sequence[Mapping[str, Any]]) -> list[tuple[str, str, int, str]]:
    """Style, kind of list, level and words of every block."""
    return [
        (node["style"], node.get("listItem", ""), node.get("level", 0), text_of(node))
        for node in nodes
    ]


def keys(value: Any) -> list[str]:
    """Every `_key` of a text."""
    if isinstance(value, dict):
        own = [value["_key"]] if "_key" in value else []
        return own + [key for member in value.values() for key in keys(member)]
    return [key for item in value for key in keys(item)] if isinstance(value, list) else []


# Texts that an editor could write ----------------------------------------------------------------

DECORATING_TAGS = ("b", "strong", "i", "em", "u", "s", "del", "code", "sup", "sub")
LINKING_TAGS = (
    'a href="https://example.org/a?b=1&amp;copy=2"',
    'a href="/a_(b)/*c*"',
    'a href="mailto:desk@example.org"',
    'a linktype="page" id="3"',
    'a linktype="document" id="7"',
)
BLOCK_TAGS = ("p", "h2", "h3", "h6", "blockquote")


class Typed(str):
    """Words, among the names of tags."""


def edited_html(
    words: st.SearchStrategy[str], other_tags: Sequence[str] = ()
) -> st.SearchStrategy[str]:
    """Database HTML of somebody who types words, and switches marks, blocks and lists at random."""
    marks = st.sampled_from([*DECORATING_TAGS, *LINKING_TAGS, *other_tags])
    blocks = st.sampled_from([*BLOCK_TAGS, "ul", "ol", "li", "/ul", "hr"])
    step = st.one_of(words.map(Typed), words.map(Typed), marks, st.just("/"), st.just("br"), blocks)
    short, long = st.lists(step, max_size=10), st.lists(step, min_size=15, max_size=40)
    return st.one_of(short, long).map(_type)


def _type(steps: Sequence[str]) -> str:
    parts: list[str] = []
    marks: list[str] = []
    blocks: list[str] = []

    def close(names: list[str], depth: int) -> None:
        while len(names) > depth:
            parts.append(f"</{names.pop().split()[0]}>")

    def open_(names: list[str], *tags: str) -> None:
        parts.extend(f"<{tag}>" for tag in tags)
        names.extend(tags)

    for step in steps:
        if isinstance(step, Typed):
            parts.append(escape(step, quote=False))
        elif step == "/":
            close(marks, max(len(marks) - 1, 0))
        elif step == "br":
            parts.append("<br/>")
        elif step == "hr" or step in BLOCK_TAGS:
            close(marks, 0)
            close(blocks, 0)
            open_(blocks, step) if step in BLOCK_TAGS else parts.append("<hr/>")
        elif step in ("ul", "ol"):
            close(marks, 0)
            close(blocks, len(blocks) if "li" in blocks else 0)
            open_(blocks, step, "li")
        elif step in ("li", "/ul"):
            if "li" in blocks:
                close(marks, 0)
                close(blocks, len(blocks) - (1 if step == "li" else 2))
                close(blocks, len(blocks) - (1 if blocks[-1:] == ["li"] else 0))
            if blocks and blocks[-1] in ("ul", "ol"):
                open_(blocks, "li")
        elif not (step in LINKING_TAGS and any(mark in LINKING_TAGS for mark in marks)):
            open_(marks, step)
    close(marks, 0)
    close(blocks, 0)
    return "".join(parts)
