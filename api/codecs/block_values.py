"""Codecs of blocks that hold one value: words, numbers, dates, choices, choosers, tables, links."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.coreutils import resolve_model_string
from wagtail.embeds.blocks import EmbedBlock
from wagtail.images.blocks import ImageBlock

from api.codecs.annotations import plain
from api.codecs.blocks import block_codec, child_codecs, listed, objects
from api.codecs.codec import Codec
from api.codecs.embeds import EmbeddedMedia, media_reference
from api.codecs.encoding import Scope, read_key
from api.codecs.images import encode_image, load_images
from api.codecs.incomplete import lacks
from api.codecs.links import DEAD, document_link, page_link
from api.codecs.naming import component, named_union, pascal_case
from api.codecs.prose import PortableText, encode_rich_text
from api.codecs.references import reference_codec
from api.codecs.rich_text.links import read_embed_url
from api.codecs.types import Answer, Image, Link
from pages.blocks.links import DESTINATIONS, LinkBlock


def _written(text: list[Any]) -> list[Any]:
    if not text:
        raise ValueError("nothing is written here")
    return text


# A `min_length` would copy Portable Text into a second component of the contract.
WrittenText = Annotated[
    PortableText, AfterValidator(_written), Field(json_schema_extra={"minItems": 1})
]


def _described(image: Image) -> Image:
    """Editors write alternative text, or say that there is nothing to tell."""
    if not image.alt and not image.decorative:
        raise lacks("Image", {"alt": image.alt})
    return image


DescribedImage = Annotated[Image, AfterValidator(_described)]


def _as_stored(value: Any, scope: Scope) -> Any:
    return value


@block_codec.register(blocks.CharBlock)
@block_codec.register(blocks.TextBlock)
@block_codec.register(blocks.URLBlock)
@block_codec.register(blocks.EmailBlock)
@block_codec.register(blocks.RegexBlock)
def _words(block: blocks.FieldBlock) -> Codec:
    """Text. A block that must be filled in is never empty."""
    kind = Annotated[str, Field(min_length=1)] if block.required else str
    return Codec(kind, lambda value, scope: plain(value or ""))


def _number(kind: Any) -> Any:
    def codec(block: blocks.FieldBlock) -> Codec:
        return Codec(kind if block.required else kind | None, _as_stored)

    return codec


for block_class, kind in {
    blocks.IntegerBlock: int,
    blocks.FloatBlock: float,
    blocks.DateBlock: date,
    blocks.DateTimeBlock: datetime,
    blocks.TimeBlock: time,
}.items():
    block_codec.register(block_class)(_number(kind))


@block_codec.register(blocks.BooleanBlock)
def _boolean(block: blocks.BooleanBlock) -> Codec:
    return Codec(bool, lambda value, scope: bool(value))


@block_codec.register(blocks.ChoiceBlock)
def _choice(block: blocks.ChoiceBlock) -> Codec:
    values = [value for value, _ in block.field.choices if value not in ("", None)]
    kind: Any = Literal[tuple(values)]
    if block.required:
        return Codec(kind, _as_stored)
    return Codec(kind | None, lambda value, scope: value or None)


@block_codec.register(blocks.RichTextBlock)
def _rich_text(block: blocks.RichTextBlock) -> Codec:
    """Portable Text. A block that must be filled in has at least one node."""
    return Codec(WrittenText if block.required else PortableText, encode_rich_text)


@block_codec.register(blocks.ChooserBlock)
def _chooser(block: blocks.ChooserBlock) -> Codec:
    codec = reference_codec(resolve_model_string(block.target_model))

    def encode(value: Any, scope: Scope) -> Any:
        key = read_key(value)
        return None if key is None else codec.encode(key, scope)

    return Codec(codec.type if block.required else codec.type | None, encode)


@block_codec.register(ImageBlock)
def _image(block: ImageBlock) -> Codec:
    """A picture with the alternative text it has in this place."""

    def encode(value: Any, scope: Scope) -> Any:
        stored = value if isinstance(value, dict) else {"image": value}
        key = read_key(stored.get("image"))
        if key is None:
            return None
        alt, decorative = stored.get("alt_text"), bool(stored.get("decorative"))
        return scope.reference(
            load_images,
            key,
            lambda image: encode_image(image, alt=alt, decorative=decorative),
        )

    required = block.child_blocks["image"].required
    return Codec(DescribedImage if required else DescribedImage | None, encode)


@block_codec.register(EmbedBlock)
def _embed(block: EmbedBlock) -> Codec:
    kind = EmbeddedMedia if block.required else EmbeddedMedia | None

    def encode(value: Any, scope: Scope) -> Any:
        return media_reference(value, scope) if value and isinstance(value, str) else None

    return Codec(kind, encode)


_LINKS = {"page": page_link, "document": document_link}
# What is stored may be older than what forms check, or come from elsewhere.
_ADDRESSES: dict[str, Callable[[str], str | None]] = {
    "url": read_embed_url,
    "email": "mailto:{}".format,
    "phone": lambda number: f"tel:{_dialled(number)}",
}


def _dialled(number: str) -> str:
    """What a telephone dials of a number: without the (0) that is for callers in its country."""
    return re.sub(r"[^+0-9]", "", re.sub(r"^(\s*\+.*?)\(0\)", r"\1", number))


@block_codec.register(LinkBlock)
def _link(block: LinkBlock) -> Codec:
    """One of the five destinations, as a `Link`."""

    def encode(value: Any, scope: Scope) -> Any:
        stored = value if isinstance(value, dict) else {}
        name = next((name for name in DESTINATIONS if stored.get(name)), None)
        if name is None:
            return None
        if name in _LINKS:
            key = read_key(stored[name])
            return DEAD if key is None else _LINKS[name](key, scope)
        address = _ADDRESSES[name](str(stored[name]))
        return {"type": "external", "url": address} if address else DEAD

    return Codec(Link if block.meta.required else Link | None, encode)


class TableColumn(Answer):
    """The head of a column, and the type of all its cells."""

    type: str
    heading: str


@block_codec.register(TypedTableBlock)
def _table(block: TypedTableBlock) -> Codec:
    """Rows of cells that say their type, which is their column's."""
    codecs = child_codecs(block)
    cells = [
        component(
            f"{pascal_case(name)}Cell",
            {"type": (Literal[name], ...), "value": (codec.type, ...)},
            f"A cell of a `{name}` column.",
        )
        for name, codec in codecs.items()
    ]
    title = type(block).__name__.removesuffix("Block")
    cell: Any = named_union(f"{title}Cell", cells)
    row: Any = component(f"{title}Row", {"cells": (list[cell], ...)}, "A row of a table.")
    answer = component(
        f"{title}Value",
        {
            "caption": (str, ...),
            "columns": (Annotated[list[TableColumn], Field(min_length=1)], ...),
            "rows": (list[row], ...),
        },
        "A table; as many cells in each row as there are columns.",
    )

    def encode(value: Any, scope: Scope) -> dict[str, Any]:
        stored = value if isinstance(value, dict) else {}
        # A type of column that is no more is left out, as streams leave out a type of block.
        columns = [
            (position, str(column.get("type")), column.get("heading") or "")
            for position, column in enumerate(objects(stored.get("columns")))
            if str(column.get("type")) in codecs
        ]

        def cell_of(row: dict[str, Any], position: int, kind: str) -> dict[str, Any]:
            values = listed(row.get("values"))
            value = values[position] if position < len(values) else None
            return {"type": kind, "value": codecs[kind].encode(value, scope)}

        return {
            "caption": stored.get("caption") or "",
            "columns": [{"type": kind, "heading": heading} for _, kind, heading in columns],
            "rows": [
                {"cells": [cell_of(row, position, kind) for position, kind, _ in columns]}
                for row in objects(stored.get("rows"))
            ],
        }

    return Codec(answer, encode)
