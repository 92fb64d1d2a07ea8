"""Random documents that fit a schema: what editors might write next, at its most awkward.

A frontend that shows them shows whatever the contract allows, not only what was thought of when it
was written. The same schema and seed give the same document on every machine.
"""

from __future__ import annotations

import base64
from datetime import date, datetime, timedelta, timezone
from random import Random
from typing import Any
from uuid import UUID

Schema = dict[str, Any]

# Below this many objects and lists, whatever can end does.
DEPTH = 14
# So many values make a document full; what is added then is as short as it may be.
FULL = 1500
DECORATORS = ("strong", "em", "underline", "strike-through", "code", "sup", "sub")
WORDS = (
    "press", "statement", "harbour", "the", "of", "42 %", "“quoted”", "naïve", "Straße", "§ 1373(a)",
)  # fmt: skip
AWKWARD = (
    " ",
    "Donaudampfschifffahrtsgesellschaftskapitänskajütenschlüssel" * 4,
    "👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag, 🇺🇳 and a lone ⚠️",
    "بيان صحفي عن حقوق المهاجرين",
    "הודעה לעיתונות with English inside",
    "Z̷a̷l̷g̷o̷ é ñ ạ̈",
    "<script>alert('1')</script><b>&amp; not bold</b>",
    "\"double\" 'single' `back` \\ ${template} {{ braces }}",
    "first line\nsecond line\n\n\tfourth, indented",
    "zero\u200bwidth\u00a0and\u00adsoft\u2028separator",
    "新闻稿：移民权利工作组的声明",
    "-- # *not* _markdown_ [link](javascript:alert)",
)

# What programs take apart, and refuse if it is no such thing.
PLAUSIBLE = {
    "locale": ("en", "es", "ar", "zh-hant"),
    "time_zone": ("UTC", "America/Los_Angeles", "Asia/Kathmandu"),
}


def random_document(schema: Schema, seed: int) -> Any:
    """A valid instance of a JSON Schema 2020-12 that refers to nothing but its own `$defs`.

    Raises ValueError for a schema that uses what this cannot make, such as `pattern`.
    """
    random = Random(seed)  # Repeatable, and no secret.
    return _Writer(schema.get("$defs", {}), random).value(schema, "", 0)


class _Writer:
    """Writes one document."""

    def __init__(self, definitions: dict[str, Schema], random: Random) -> None:
        self.definitions = definitions
        self.random = random
        self.written = 0
        self.keys = 0
        self._depths = _least_depths(definitions)

    def value(self, schema: Schema | bool, name: str, depth: int) -> Any:
        """A value of a schema, for the member or item of this name."""
        self.written += 1
        schema = {} if isinstance(schema, bool) else self._resolved(schema)
        for union in ("oneOf", "anyOf"):
            if union in schema:
                beside = {key: value for key, value in schema.items() if key != union}
                return self.value({**beside, **self._one_of(schema[union], depth)}, name, depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return self.random.choice(schema["enum"])
        kind = schema.get("type", "object" if "properties" in schema else "null")
        if isinstance(kind, list):
            kind = self.random.choice(kind)
        if unknown := schema.keys() & {"pattern", "not", "if", "prefixItems", "multipleOf"}:
            raise ValueError(f"cannot make what {', '.join(sorted(unknown))} asks for")
        match kind:
            case "null":
                return None
            case "boolean":
                return self._coin()
            case "integer":
                return self._integer(schema)
            case "number":
                return self._number(schema)
            case "string":
                return self._string(schema, name)
            case "array":
                return self._array(schema, name, depth)
            case "object":
                return self._object(schema, depth)
        raise ValueError(f"cannot make a value of type {kind}")

    def _resolved(self, schema: Schema) -> Schema:
        while "$ref" in schema:
            beside = {key: value for key, value in schema.items() if key != "$ref"}
            schema = {**self.definitions[_name(schema)], **beside}
        return schema

    def _one_of(self, schemas: list[Schema], depth: int) -> Schema:
        if not self._must_end(depth):
            return self.random.choice(schemas)
        depths = [_least_depth(schema, self.definitions, self._depths) for schema in schemas]
        shallow = [
            schema for schema, least in zip(schemas, depths, strict=True) if least == min(depths)
        ]
        return self.random.choice(shallow)

    def _must_end(self, depth: int) -> bool:
        return depth > DEPTH or self.written > FULL

    def _coin(self, sides: int = 2) -> bool:
        return self.random.randrange(sides) == 0

    # Objects and lists ------------------------------------------------------------------------

    def _object(self, schema: Schema, depth: int) -> dict[str, Any]:
        properties = schema.get("properties", {})
        required = schema.get("required", [])
        optional = [name for name in properties if name not in required]
        left_out = {name for name in optional if self._must_end(depth) or self._coin()}
        if {"listItem", "level"} <= {*optional}:
            # An item of a list has both, everything else neither.
            pair = {"listItem", "level"}
            left_out = left_out - pair if self._coin() else left_out | pair
        written = {
            name: self._key(name)
            if _is_key(name, properties)
            else self.value(properties[name], name, depth + 1)
            for name in properties
            if name not in left_out
        }
        if written.get("_type") == "block" and {"children", "markDefs"} <= written.keys():
            self._mark(written)
        return written

    def _key(self, name: str) -> str:
        self.keys += 1
        if name == "id":
            return str(UUID(int=self.random.getrandbits(96) << 32 | self.keys, version=4))
        return f"{self.random.getrandbits(32):08x}{self.keys:04x}"

    def _mark(self, block: dict[str, Any]) -> None:
        """Marks the spans of a Portable Text block: with decorators and its own `markDefs`."""
        links = [mark["_key"] for mark in block["markDefs"]]
        for span in block["children"]:
            if "marks" in span:
                marks = self.random.sample(DECORATORS, self.random.choice((0, 0, 1, 1, 2, 3)))
                link = [self.random.choice(links)] if links and self._coin() else []
                span["marks"] = marks + link

    def _array(self, schema: Schema, name: str, depth: int) -> list[Any]:
        least, most = schema.get("minItems", 0), schema.get("maxItems", 20)
        if self._must_end(depth):
            length = least
        elif self._coin(40):
            length = 20
        else:
            length = self.random.randrange(4)
        length = min(max(length, least), most)
        return [self.value(schema.get("items", {}), name, depth + 1) for _ in range(length)]

    # Numbers ----------------------------------------------------------------------------------

    def _integer(self, schema: Schema) -> int:
        least, most = _bounds(schema, 1)
        if least is None and most is None:
            return self.random.choice((0, 1, 2, 7, 640, 1280, 123_456, 2_147_483_647))
        low = int(most) - 100 if least is None and most is not None else int(least or 0)
        high = low + 100 if most is None else int(most)
        return self.random.choice((low, high, self.random.randrange(low, high + 1)))

    def _number(self, schema: Schema) -> float:
        least, most = _bounds(schema, 0.001)
        if least is None and most is None:
            return self.random.choice((0, 1, -1, 0.5, -17.25, 1234567.125, 1e12))
        low = most - 100 if least is None and most is not None else least or 0
        high = low + 100 if most is None else most
        return self.random.choice((low, high, low + (high - low) * self.random.randrange(65) / 64))

    # Text -------------------------------------------------------------------------------------

    def _string(self, schema: Schema, name: str) -> str:
        least, most = schema.get("minLength", 0), schema.get("maxLength")
        text = self._formatted(schema.get("format"))
        if text is None:
            text = self._named(name)
            if text and not least and "empty" in schema.get("description", "") and self._coin(4):
                text = ""
        if text is None:
            text = self._text(may_be_empty=least == 0)
        while len(text) < least:
            text += f" {self.random.choice(WORDS)}"
        return text if most is None else text[:most]

    def _formatted(self, kind: str | None) -> str | None:
        day = date(1990, 1, 1) + timedelta(days=self.random.randrange(20_000))
        hours = self.random.randrange(-10, 15)
        moment = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(hours=hours)))
        moment += timedelta(seconds=self.random.randrange(86_400))
        match kind:
            case None:
                return None
            case "date":
                return day.isoformat()
            case "date-time":
                return moment.isoformat()
            case "time":
                return moment.isoformat()[11:]
            case "uuid":
                return str(UUID(int=self.random.getrandbits(128), version=4))
            case "uri" | "uri-reference" | "url":
                return self._address()
        raise ValueError(f"cannot make text of format {kind}")

    def _named(self, name: str) -> str | None:
        """What a member of this name holds; None where it may hold any words."""
        if name == "srcset":
            address = self._address()
            return f"{address}&width=320 320w, {address}&width=640 640w"
        if name in ("url", "href") or name.endswith("_url") or name.startswith("src"):
            return self._address()
        if name == "path":
            return f"/news/{self.random.randrange(1000)}/"
        if name == "html":
            source = f"https://example.org/player/{self.random.randrange(1000)}"
            return f'<iframe src="{source}" width="640" height="360"></iframe>'
        if name == "placeholder":
            return base64.b64encode(self.random.getrandbits(200).to_bytes(25)).decode()
        return self.random.choice(PLAUSIBLE[name]) if name in PLAUSIBLE else None

    def _address(self) -> str:
        number = self.random.randrange(100_000)
        return f"https://example.org/files/{number}?a=1&b=it's%20%22so%22"

    def _text(self, may_be_empty: bool) -> str:
        dice = self.random.randrange(10)
        if dice == 0 and may_be_empty:
            return ""
        if dice <= 3:
            return self.random.choice(AWKWARD)
        length = self.random.choice((1, 2, 3, 5, 8, 60 if dice == 9 else 13))
        return " ".join(self.random.choice(WORDS) for _ in range(length))


def _is_key(name: str, properties: dict[str, Schema]) -> bool:
    """Whether a member must be unique in the document: a `_key`, or the id of a block."""
    return name == "_key" or (name == "id" and properties.keys() >= {"id", "type", "value"})


def _bounds(schema: Schema, step: float) -> tuple[float | None, float | None]:
    """The least and the greatest number allowed; None where any is."""
    least, most = schema.get("minimum"), schema.get("maximum")
    if "exclusiveMinimum" in schema:
        least = schema["exclusiveMinimum"] + step
    if "exclusiveMaximum" in schema:
        most = schema["exclusiveMaximum"] - step
    return least, most


def _name(schema: Schema) -> str:
    return str(schema["$ref"]).removeprefix("#/$defs/")


def _least_depths(definitions: dict[str, Schema]) -> dict[str, int]:
    """How deep the shallowest instance of each definition is."""
    depths = dict.fromkeys(definitions, 1_000_000)
    while True:
        found = {
            name: _least_depth(schema, definitions, depths) for name, schema in definitions.items()
        }
        if found == depths:
            return depths
        depths = found


def _least_depth(
    schema: Schema | bool, definitions: dict[str, Schema], depths: dict[str, int]
) -> int:
    """How deep the shallowest instance is, as far as that of the definitions is known."""
    if isinstance(schema, bool):
        return 0
    if "$ref" in schema:
        name = _name(schema)
        if "minItems" not in schema:
            return depths[name]
        schema = {**definitions[name], **schema}
    for union in ("oneOf", "anyOf"):
        if union in schema:
            return min(_least_depth(part, definitions, depths) for part in schema[union])
    if schema.get("type") == "array":
        if not schema.get("minItems"):
            return 0
        return 1 + _least_depth(schema.get("items", True), definitions, depths)
    properties = schema.get("properties", {})
    required = [properties[name] for name in schema.get("required", []) if name in properties]
    return 1 + max((_least_depth(part, definitions, depths) for part in required), default=0)
