"""StreamField values from plain data, so that content can be written as it is read.

A stream is a list of (type, value) pairs. Inside a value

- a struct is a dict; what is left out takes its default,
- a list is a list of values, without ids,
- rich text is HTML, or a bare sentence, which becomes a paragraph,
- a picture is a NewsImage, described by its own description,
- any other thing to choose (page, document, person …) is the thing itself,
- a table is `{"caption": …, "columns": [(type, heading), …], "rows": [[cell, …], …]}`.
"""

import hashlib
import re
from itertools import count
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.images.blocks import ImageBlock

from pages.demo.identity import stable_uuid


class Misfit(ValueError):
    """Content that does not fit its block: where it stands, and all that is wrong with it."""


def stream(block: blocks.StreamBlock, content: list, path: str) -> blocks.StreamValue:
    """`content` as a value of `block`, checked by the rules that editors have to follow.

    `path` says where it stands ("page home.body"); ids are made from it. Raises Misfit
    with everything that an editor would be told is wrong.
    """
    try:
        return block.clean(block.to_python(raw(block, content, path)))
    except ValidationError as error:
        reasons = error.as_json_data() if hasattr(error, "as_json_data") else error.messages
        raise Misfit(f"{path}: {reasons}") from error


def raw(block: blocks.Block, value: Any, path: str) -> Any:
    """`value` as Wagtail keeps it in the database."""
    match block:
        case blocks.StreamBlock():
            return [
                child_of(block, name, content, f"{path}.{index}")
                for index, (name, content) in enumerate(value)
            ]
        case blocks.ListBlock():
            return [
                {
                    "type": "item",
                    "value": raw(block.child_block, content, f"{path}.{index}"),
                    "id": str(stable_uuid(f"block {path}.{index}")),
                }
                for index, content in enumerate(value)
            ]
        case ImageBlock():
            return {"image": value.pk, "decorative": False, "alt_text": value.description}
        case blocks.StructBlock():
            return struct(block, value, path)
        case TypedTableBlock():
            return table(block, value, path)
        case blocks.RichTextBlock():
            return rich_text(value, path)
        case blocks.ChooserBlock():
            return value and value.pk
    return value


def child_of(block: blocks.StreamBlock, name: str, content: Any, path: str) -> dict[str, Any]:
    if name not in block.child_blocks:
        raise Misfit(f"{path}: there is no block “{name}” here, only {list(block.child_blocks)}.")
    return {
        "type": name,
        "value": raw(block.child_blocks[name], content, path),
        "id": str(stable_uuid(f"block {path}")),
    }


def struct(block: blocks.StructBlock, value: dict[str, Any], path: str) -> dict[str, Any]:
    if unknown := value.keys() - block.child_blocks.keys():
        raise Misfit(f"{path}: no such field here: {', '.join(sorted(unknown))}.")
    return {
        name: (
            raw(child, value[name], f"{path}.{name}")
            if name in value
            else child.get_prep_value(child.get_default())
        )
        for name, child in block.child_blocks.items()
    }


def table(block: TypedTableBlock, value: dict[str, Any], path: str) -> dict[str, Any]:
    cells = [block.child_blocks[kind] for kind, _ in value["columns"]]
    return {
        "caption": value["caption"],
        "columns": [{"type": kind, "heading": heading} for kind, heading in value["columns"]],
        "rows": [
            {
                "values": [
                    raw(cell, content, f"{path}.{index}.{column}")
                    for column, (cell, content) in enumerate(zip(cells, row, strict=True))
                ]
            }
            for index, row in enumerate(value["rows"])
        ],
    }


def rich_text(html: str, path: str) -> str:
    """`html` as Wagtail's editor stores it: each paragraph and list item with a key of its own."""
    if html and not html.startswith("<p>") and not html.startswith(("<ul>", "<ol>")):
        html = f"<p>{html}</p>"
    numbers = count()

    def with_key(opening: re.Match[str]) -> str:
        name = f"{path} {next(numbers)}".encode()
        key = hashlib.sha256(name).hexdigest()[:5]
        return f'<{opening[1]} data-block-key="{key}">'

    return re.sub(r"<(p|li)>", with_key, html)
