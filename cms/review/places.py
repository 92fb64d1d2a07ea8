"""Where the editor shows a comment on a block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import html  # type: ignore[import-untyped]  # publishes no types
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.rich_text import RichText

from pages.models import NewsroomPage

# Of a paragraph in rich text, as Draftail keeps it from one editing to the next.
KEY = "data-block-key"


@dataclass(frozen=True)
class Place:
    """A content path of Wagtail's comments, and the position within its field, if that has any."""

    path: str
    position: str = ""


def place_of(page: NewsroomPage, block_id: str) -> Place | None:
    """At the block, or at the first field within it; None for a block that is not there."""
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            for path, bound in _walk(field.name, getattr(page, field.name)):
                if bound.id == block_id:
                    within, value = _first_field(bound.block, bound.value)
                    return Place(".".join([*path, *within]), _position(value))
    return None


def _walk(name: str, stream: Any) -> Iterator[tuple[list[str], Any]]:
    for bound in stream:
        path = [name, bound.id or ""]
        yield path, bound
        if isinstance(bound.block, blocks.StructBlock):
            for child, block in bound.block.child_blocks.items():
                if isinstance(block, blocks.StreamBlock):
                    for (_, *rest), inner in _walk(child, bound.value[child]):
                        yield [*path, child, *rest], inner


def _first_field(block: Any, value: Any) -> tuple[list[str], Any]:
    """Its path within the block, and what is in it."""
    if not isinstance(block, blocks.StructBlock):
        return [], value
    children = block.child_blocks.items()
    for name, child in children:
        if isinstance(child, blocks.FieldBlock):
            return [name], value[name]
    for name, child in children:
        if isinstance(child, blocks.StructBlock):
            path, found = _first_field(child, value[name])
            return [name, *path], found
        if isinstance(child, blocks.ListBlock) and len(value[name]):
            item = value[name].bound_blocks[0]
            path, found = _first_field(child.child_block, item.value)
            return [name, item.id, *path], found
    return [], None


def _position(value: Any) -> str:
    """All of the first paragraph of rich text, where Draftail knows it again; else none of it."""
    if not isinstance(value, RichText):
        return ""
    marked = html.fragments_fromstring(value.source) if value.source else []
    for element in marked:
        if not isinstance(element, str) and (key := element.get(KEY)):
            # Draftail counts as scripts do.
            length = len(element.text_content().encode("utf-16-le")) // 2
            return json.dumps([{"key": key, "start": 0, "end": length}])
    return "[]"
