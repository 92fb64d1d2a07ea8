"""What a component is called where changes are told: as frontends meet it in JSON.

A page is called by its type (`press_release`), a block likewise (`quote`), and what stands in the
value of one block alone by that block (`quote.value`). Everything else keeps its component's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from frontend_contract.compat.reading import PREFIX, Schema


def labels(document: Schema) -> dict[str, str]:
    """What each component of an OpenAPI document is called, by its name."""
    schemas = document.get("components", {}).get("schemas", {})
    pages: dict[str, str] = {}
    blocks: dict[str, str] = {}
    # Should two components answer to one type, the plainer name has it.
    for name in sorted(schemas, key=lambda name: (len(name), name)):
        properties = schemas[name].get("properties", {})
        kind = properties.get("type", {}).get("const")
        if not isinstance(kind, str):
            continue
        if properties.keys() == {"id", "type", "value"}:
            blocks.setdefault(kind, name)
        elif "meta" in properties:
            pages.setdefault(kind, name)

    found = {name: name for name in schemas}
    found |= {name: kind for kinds in (pages, blocks) for kind, name in kinds.items()}
    uses = Counter(_references(document))
    for kind, name in blocks.items():
        value = schemas[name]["properties"]["value"].get("$ref")
        if uses[value] == 1:
            found[value.removeprefix(PREFIX)] = f"{kind}.value"
    return found


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from _references(item)
