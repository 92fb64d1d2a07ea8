"""Codecs of blocks that hold others: structs, lists and streams compose their children's.

Blocks are encoded from their stored JSON, not from Wagtail's block values, which would fetch
what choosers point to one block type and page at a time.

A block of a stream that lacks something its type promises (an editor has not finished it, or
what it shows was deleted) arrives as an `incomplete` block that names what is missing. So a
consumer that knows the types never meets a half of one.
"""

from __future__ import annotations

import json
import logging
from functools import partial, singledispatch
from typing import Annotated, Any, Literal, get_type_hints

from django.core.serializers.json import DjangoJSONEncoder
from pydantic import Field, TypeAdapter, ValidationError
from wagtail import blocks

from api.codecs.annotations import annotation_codec
from api.codecs.codec import Codec, NoCodec
from api.codecs.encoding import Finished, Scope
from api.codecs.naming import component, named_union, pascal_case
from api.codecs.types import Answer
from pages.blocks.body import BodyBlock

logger = logging.getLogger(__name__)

# What stands where an editor wrote or chose nothing, or where what was chosen is gone.
EMPTY: tuple[Any, ...] = (None, "", [])


class IncompleteValue(Answer):
    """Which block is not finished, and what it lacks."""

    block: str = Field(description="The type the block will have.")
    missing: list[str] = Field(description="Paths of what is missing, such as `items.0.answer`.")


class IncompleteBlock(Answer):
    """A block that lacks something its type promises. Show it in previews; elsewhere, nothing."""

    id: str
    type: Literal["incomplete"] = "incomplete"
    value: IncompleteValue


@singledispatch
def block_codec(block: blocks.Block) -> Codec:
    """The codec of a block. Register another for a block class of your own.

    A block that overrides Wagtail's `get_api_representation` with a return annotation is
    answered as that says. Raises NoCodec for a block without a codec.
    """
    if own := _own_representation(block):
        return own
    raise NoCodec(f"no codec for {type(block).__name__}")


@block_codec.register(blocks.StructBlock)
def struct_codec(block: blocks.StructBlock) -> Codec:
    """An object with a member for each child; null for an optional struct left empty."""
    if own := _own_representation(block):
        return own
    codecs = {name: block_codec(child) for name, child in block.child_blocks.items()}
    answer = component(
        f"{_struct_name(block)}Value",
        {
            name: (codec.type, Field(description=_help(block.child_blocks[name])))
            for name, codec in codecs.items()
        },
        _documentation(block),
    )

    def encode(value: Any, scope: Scope) -> Any:
        stored = value or {}
        return {
            name: codec.encode(stored[name] if name in stored else _default(child), scope)
            for (name, child), codec in zip(
                block.child_blocks.items(), codecs.values(), strict=True
            )
        }

    if getattr(block.meta, "required", True):
        return Codec(answer, encode)
    return Codec(
        answer | None, lambda value, scope: encode(value, scope) if _filled(value) else None
    )


@block_codec.register(blocks.ListBlock)
def list_codec(block: blocks.ListBlock) -> Codec:
    """A list of the child's values."""
    codec = block_codec(block.child_block)
    least = block.meta.min_num or 0

    def encode(value: Any, scope: Scope) -> list[Any]:
        return [codec.encode(_list_value(item), scope) for item in value or []]

    return Codec(Annotated[list[codec.type], Field(min_length=least)], encode)  # type: ignore[name-defined]


@block_codec.register(blocks.StreamBlock)
def _stream(block: blocks.StreamBlock) -> Codec:
    if type(block) is blocks.StreamBlock:
        return stream_codec(block, f"{pascal_case(block.name)}Block")
    return stream_codec(block, type(block).__name__)


@block_codec.register(BodyBlock)
def _body(block: BodyBlock) -> Codec:
    """The union that frontends meet most is simply called `Block`."""
    return stream_codec(block, "Block")


def stream_codec(block: blocks.StreamBlock, name: str) -> Codec:
    """A list of `{id, type, value}`, told apart by `type`; `name` is the name of their union."""
    members = {child: block_codec(b) for child, b in block.child_blocks.items()}
    answers = {
        child: component(
            f"{pascal_case(child)}Block",
            {
                "id": (str, Field(description="Stays the same while the block is edited.")),
                "type": (Literal[child], ...),
                "value": (codec.type, ...),
            },
            _documentation(block.child_blocks[child]),
        )
        for child, codec in members.items()
    }
    adapters = {child: TypeAdapter(answer) for child, answer in answers.items()}
    union = named_union(name, [*answers.values(), IncompleteBlock])
    required = getattr(block.meta, "required", True)

    def encode(value: Any, scope: Scope) -> list[Any]:
        items = []
        for position, item in enumerate(value or []):
            kind = item["type"]
            if kind not in members:
                continue  # a block type that is no more; Wagtail drops it likewise
            tree = {
                "id": item.get("id") or str(position),
                "type": kind,
                "value": members[kind].encode(_json(item["value"]), scope),
            }
            items.append(Finished(tree, partial(_checked, adapters[kind])))
        return items

    least = 1 if required and block.name else 0
    return Codec(Annotated[list[union], Field(min_length=least)], encode)  # type: ignore[valid-type]


def _checked(adapter: TypeAdapter[Any], block: dict[str, Any]) -> dict[str, Any]:
    try:
        adapter.validate_python(block)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        if unexpected := [problem for problem in problems if problem["input"] not in EMPTY]:
            # Not something an editor left out: a codec that breaks its own promise, or old data.
            logger.error("Block %s does not fit its type: %s", block["id"], unexpected)
        return _incomplete(block, [problem["loc"] for problem in problems])
    return block


def _incomplete(block: dict[str, Any], places: list[tuple[int | str, ...]]) -> dict[str, Any]:
    """The `IncompleteBlock` for a block, with the paths of what it lacks below its value."""
    paths = [".".join(str(part) for part in place[1:]) or block["type"] for place in places]
    return {
        "id": block["id"],
        "type": "incomplete",
        "value": {"block": block["type"], "missing": list(dict.fromkeys(paths))},
    }


def _own_representation(block: blocks.Block) -> Codec | None:
    method = type(block).get_api_representation
    if method.__module__.startswith("wagtail."):
        return None
    owner = f"{type(block).__name__}.get_api_representation"
    hints = get_type_hints(method)
    if "return" not in hints:
        raise NoCodec(f"{owner} needs a return annotation")
    codec = annotation_codec(owner, hints["return"])
    return Codec(
        codec.type,
        lambda value, scope: codec.encode(
            block.get_api_representation(block.to_python(value)), scope
        ),
    )


def _struct_name(block: blocks.StructBlock) -> str:
    """The class says it; a struct put together in place is called after its own name."""
    if type(block) is blocks.StructBlock:
        return pascal_case(block.name)
    return type(block).__name__.removesuffix("Block")


def _documentation(block: blocks.Block) -> str:
    return str(block.get_description() or "") or (type(block).__doc__ or "").strip()


def _help(block: blocks.Block) -> str | None:
    field = getattr(block, "field", None)
    text = getattr(block.meta, "help_text", None) or getattr(field, "help_text", None)
    return str(text) if text else None


def _default(block: blocks.Block) -> Any:
    return _json(block.get_prep_value(block.get_default()))


def _json(value: Any) -> Any:
    """What is stored or about to be: a form's values may still hold dates."""
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def _list_value(item: Any) -> Any:
    """Items are stored with an id; very old ones as bare values."""
    if isinstance(item, dict) and item.keys() >= {"type", "value"} and item["type"] == "item":
        return item["value"]
    return item


def _filled(value: Any) -> bool:
    """Whether anything was written or chosen in an optional struct."""
    return isinstance(value, dict) and any(
        _filled(item) if isinstance(item, dict) else item not in (None, "", [], False)
        for item in value.values()
    )
