"""Codecs of blocks that hold others: structs, lists and streams compose their children's.

Blocks are encoded from their stored JSON, not from Wagtail's block values, which would fetch
what choosers point to one block type and page at a time.

A block of a stream that lacks something its type promises (an editor has not finished it, or
what it shows was deleted) arrives as an `incomplete` block that names what is missing. So a
consumer that knows the types never meets a half of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Annotated, Any, Literal

from django.core.serializers.json import DjangoJSONEncoder
from pydantic import Field, TypeAdapter
from wagtail import blocks

from api.codecs.annotations import returned
from api.codecs.codec import Codec, NoCodec
from api.codecs.encoding import Finished, Scope, left_out_if_gone, read_key
from api.codecs.incomplete import IncompleteBlock, checked, unless_lacking
from api.codecs.naming import component, named_union, pascal_case
from pages.blocks.body import BodyBlock
from pages.blocks.conditions import ConditionalStructBlock

MakeCodec = Callable[[Any], Codec]


class BlockCodecs:
    """Gives the codec of a block: that of its class, or of the nearest one it inherits from.

    A class says how it is answered in one of two ways: a codec is registered for it, or it
    overrides Wagtail's `get_api_representation` with a return annotation.
    """

    def __init__(self) -> None:
        self._makers: dict[type[blocks.Block], MakeCodec] = {}

    def register(self, block_class: type[blocks.Block]) -> Callable[[MakeCodec], MakeCodec]:
        """Decorates what makes the codec of a block of this class, or of one that extends it."""

        def registered(make: MakeCodec) -> MakeCodec:
            self._makers[block_class] = make
            return make

        return registered

    def __call__(self, block: blocks.Block) -> Codec:
        """Raises NoCodec for a block whose classes say neither."""
        for block_class in type(block).__mro__:
            if make := self._makers.get(block_class):
                return make(block)
            of_wagtail = block_class.__module__.startswith("wagtail.")
            if "get_api_representation" in vars(block_class) and not of_wagtail:
                return _own_representation(block)
        raise NoCodec(f"no codec for {type(block).__name__}")


block_codec = BlockCodecs()


def child_codecs(block: blocks.Block) -> dict[str, Codec]:
    """The codecs of a block's children by name. Raises NoCodec that says which has none."""
    codecs = {}
    for name, child in block.child_blocks.items():
        try:
            codecs[name] = block_codec(child)
        except NoCodec as error:
            raise error.below(name) from error
    return codecs


@block_codec.register(blocks.StructBlock)
def struct_codec(block: blocks.StructBlock) -> Codec:
    """An object with a member for each child; null for an optional struct left empty."""
    codecs = child_codecs(block)
    answer = component(
        f"{_struct_name(block)}Value",
        {
            name: (codec.type, Field(description=_help(block.child_blocks[name])))
            for name, codec in codecs.items()
        },
        _documentation(block),
    )

    def encode(value: Any, scope: Scope) -> Any:
        stored = value if isinstance(value, dict) else {}
        return {
            name: codec.encode(stored[name] if name in stored else _default(child), scope)
            for (name, child), codec in zip(
                block.child_blocks.items(), codecs.values(), strict=True
            )
        }

    if isinstance(block, ConditionalStructBlock):
        answer = Annotated[answer, unless_lacking(block.lacking)]
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
    is_struct = isinstance(block.child_block, blocks.StructBlock)
    members = child_codecs(block.child_block) if is_struct else {}
    required = [name for name, member in members.items() if not member.nullable]

    def encode(value: Any, scope: Scope) -> list[Any]:
        stored = [_list_value(item) for item in listed(value)]
        # What an item refers to may be deleted; that is no reason to withhold the others.
        return [
            left_out_if_gone(codec.encode(item, scope), _references(item, required))
            for item in stored
        ]

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
    members = child_codecs(block)
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
        for position, item in enumerate(objects(value)):
            kind = str(item.get("type"))
            if kind not in members:
                continue  # a block type that is no more; Wagtail drops it likewise
            tree = {
                "id": str(item.get("id") or position),
                "type": kind,
                "value": members[kind].encode(_json(item.get("value")), scope),
            }
            items.append(Finished(tree, partial(checked, adapters[kind])))
        return items

    least = 1 if required and block.name else 0
    return Codec(Annotated[list[union], Field(min_length=least)], encode)  # type: ignore[valid-type]


def _own_representation(block: blocks.Block) -> Codec:
    owner = f"{type(block).__name__}.get_api_representation"
    codec = returned(owner, type(block).get_api_representation)
    return Codec(
        codec.type,
        lambda value, scope: codec.encode(
            block.get_api_representation(block.to_python(value)), scope
        ),
    )


def _struct_name(block: blocks.StructBlock) -> str:
    """The class says it; a struct put together in place is called after its own name."""
    if type(block) is blocks.StructBlock:
        if not block.name:
            raise NoCodec("a StructBlock put together in a list has no name; make it a class")
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


def objects(value: Any) -> list[dict[str, Any]]:
    """The objects of a stored list."""
    return [item for item in listed(value) if isinstance(item, dict)]


def listed(value: Any) -> list[Any]:
    """A stored list; an empty one for what is none."""
    return value if isinstance(value, list) else []


def _references(item: Any, names: list[str]) -> list[str]:
    """Which of the named members of a stored struct hold an id."""
    values = {name: item.get(name) for name in names} if isinstance(item, dict) else {}
    return [
        name
        for name, value in values.items()
        if read_key(value.get("image") if isinstance(value, dict) else value) is not None
    ]


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
