"""JSON Schemas of single types, each with all it refers to, for validators that read one file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_COMPONENTS = "#/components/schemas/"
_DEFINITIONS = "#/$defs/"


def self_contained(name: str, components: dict[str, Any]) -> dict[str, Any]:
    """The schema of one component, with the others that it needs below `$defs`."""
    needed = components_below(name, components)
    root = needed.pop(name) if not _refers_to_itself(name, needed, components) else None
    definitions = {key: _relocated(needed[key]) for key in sorted(needed)}
    schema = _relocated(root) if root is not None else {"$ref": _DEFINITIONS + name}
    return {"$schema": DIALECT, "title": name, **schema, "$defs": definitions}


def components_below(name: str, components: dict[str, Any]) -> dict[str, Any]:
    """A component and all that it refers to, by name."""
    needed: dict[str, Any] = {}
    wanted = [name]
    while wanted:
        if (found := wanted.pop()) not in needed:
            needed[found] = components[found]
            wanted += references(components[found])
    return needed


def references(schema: Any) -> Iterator[str]:
    """Names of the components that a schema refers to; a discriminator names no others."""
    if isinstance(schema, dict):
        if reference := schema.get("$ref"):
            yield reference.removeprefix(_COMPONENTS)
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from references(item)


def _refers_to_itself(name: str, needed: dict[str, Any], components: dict[str, Any]) -> bool:
    return any(name in references(components[other]) for other in needed)


def _relocated(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _relocated(value) for key, value in schema.items()}
    if isinstance(schema, list):
        return [_relocated(item) for item in schema]
    if isinstance(schema, str) and schema.startswith(_COMPONENTS):
        return _DEFINITIONS + schema.removeprefix(_COMPONENTS)
    return schema
