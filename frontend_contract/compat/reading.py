"""Reads a JSON Schema as what may stand in an answer, whichever way the schema spells it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]

PREFIX = "#/components/schemas/"

# What is said about values without promising anything of them.
REMARKS = {
    "$comment",
    "default",
    "deprecated",
    "description",
    "discriminator",
    "example",
    "examples",
    "externalDocs",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
}
WORDS = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "null",
    "number": "a number",
    "object": "an object",
    "string": "text",
}


@dataclass(frozen=True)
class Reading:
    """What a value may be: null or not, and one or more kinds besides."""

    nullable: bool
    kinds: list[Schema]
    told_by: str | None = None
    """The member that tells the kinds of a union apart."""
    tags: dict[str, Schema] = field(default_factory=dict)
    """The kinds by what that member holds."""

    @property
    def is_union(self) -> bool:
        return self.told_by is not None or len(self.kinds) > 1

    @property
    def reference(self) -> str | None:
        """The component that the value is, where it is nothing but that."""
        return None if self.is_union or not self.kinds else self.kinds[0].get("$ref")

    @property
    def words(self) -> str:
        if self.is_union:
            return "one of several kinds"
        return words(self.kinds[0]) if self.kinds else "null"


def read(schema: Schema | bool, components: dict[str, Schema]) -> Reading:
    """The value a schema describes. References stay as they are."""
    if isinstance(schema, bool):
        return Reading(False, [{}])
    plain = {key: value for key, value in schema.items() if key not in REMARKS}
    if len(plain.get("allOf", [])) == 1:
        (only,) = plain.pop("allOf")
        return read({**schema, **only, **plain, "allOf": only.get("allOf", [])}, components)
    if not plain.get("allOf", True):
        del plain["allOf"]
    for union in ("oneOf", "anyOf"):
        if union in plain:
            parts = plain.pop(union)
            told_by = schema.get("discriminator")
            return _read_union([{**plain, **part} for part in parts], told_by, components)
    if isinstance(plain.get("type"), list):
        return _read_union([{**plain, "type": kind} for kind in plain["type"]], None, components)
    if plain.get("type") == "null" or plain.get("const", "") is None:
        return Reading(True, [])
    if None in plain.get("enum", []):
        values = [value for value in plain["enum"] if value is not None]
        return Reading(True, [{**plain, "enum": values}] if values else [])
    return Reading(False, [plain])


def _read_union(
    parts: list[Schema], discriminator: Schema | None, components: dict[str, Schema]
) -> Reading:
    read_parts = [read(part, components) for part in parts]
    nullable = any(part.nullable for part in read_parts)
    filled = [part for part in read_parts if part.kinds]
    if discriminator is None and len(filled) == 1:
        (only,) = filled
        return Reading(nullable, only.kinds, only.told_by, only.tags)
    kinds = [kind for part in filled for kind in part.kinds]
    if discriminator is None:
        return Reading(nullable, kinds)
    told_by = discriminator["propertyName"]
    mapped = defaultdict(list)
    for tag, reference in discriminator.get("mapping", {}).items():
        mapped[reference].append(tag)
    tags = {
        tag: kind
        for kind in kinds
        for tag in mapped[kind.get("$ref")] or _tags(kind, told_by, components)
    }
    return Reading(nullable, kinds, told_by, tags)


def _tags(kind: Schema, told_by: str, components: dict[str, Schema]) -> list[str]:
    found = components.get(component_name(kind["$ref"]), {}) if "$ref" in kind else kind
    values = allowed(found.get("properties", {}).get(told_by, {}))
    return [str(value) for value in values or [canonical(kind)]]


def component_name(reference: str) -> str:
    return reference.removeprefix(PREFIX)


def type_of(schema: Schema) -> str | None:
    """The JSON type of a schema that is no union; None if it may be any."""
    if "type" in schema:
        return str(schema["type"])
    if "properties" in schema:
        return "object"
    if "items" in schema:
        return "array"
    types = {
        bool: "boolean",
        dict: "object",
        float: "number",
        int: "integer",
        list: "array",
        str: "string",
    }
    found = {types[type(value)] for value in allowed(schema) or []}
    return found.pop() if len(found) == 1 else None


def allowed(schema: Schema) -> list[Any] | None:
    """The values a schema lists; None if it lists none."""
    if "const" in schema:
        return [schema["const"]]
    return schema.get("enum")


def words(schema: Schema) -> str:
    """What a value is, in words: "a list", "PersonLink"."""
    if "$ref" in schema:
        return component_name(schema["$ref"])
    return WORDS.get(type_of(schema) or "", "anything")


def canonical(schema: Any) -> str:
    """The same text for the same schema, whatever is remarked on it and in which order."""
    return json.dumps(_without_remarks(schema), sort_keys=True)


def _without_remarks(node: Any, names: bool = False) -> Any:
    if isinstance(node, dict):
        return {
            key: _without_remarks(value, not names and key == "properties")
            for key, value in node.items()
            if names or key not in REMARKS
        }
    return [_without_remarks(item) for item in node] if isinstance(node, list) else node


def listed(values: Iterable[Any]) -> str:
    """Values as JSON, in an order of their own."""
    return ", ".join(sorted(json.dumps(value, ensure_ascii=False) for value in values))
