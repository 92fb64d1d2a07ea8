"""Random documents: they fit the contract, reach all of it, and are the same every time."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from django.core.management import CommandError, call_command
from pydantic import TypeAdapter

from api.codecs.pages import any_page
from frontend_contract.random_documents import DECORATORS, random_document

pytestmark = pytest.mark.once

SEEDS = range(300)


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return TypeAdapter(any_page()).json_schema()


@pytest.fixture(scope="module")
def documents(schema) -> list[Any]:
    return [random_document(schema, seed) for seed in SEEDS]


def objects(node: Any) -> Iterator[dict[str, Any]]:
    """All objects in a document."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from objects(item)


def texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    for item in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from texts(item)


def test_every_document_fits_the_schema(schema, documents):
    validator = jsonschema_rs.validator_for(schema, validate_formats=True)

    assert len(documents) == len(SEEDS)
    for seed, document in zip(SEEDS, documents, strict=True):
        errors = [f"{error.instance_path}: {error}" for error in validator.iter_errors(document)]
        assert not errors, seed


def test_a_seed_gives_the_same_bytes_every_time(schema, documents):
    again = [random_document(json.loads(json.dumps(schema)), seed) for seed in SEEDS]

    assert [json.dumps(document) for document in again] == list(map(json.dumps, documents))
    assert len({json.dumps(document) for document in documents}) == len(SEEDS)


def test_a_seed_gives_the_same_bytes_on_every_machine():
    schema = {
        "type": "array",
        "minItems": 3,
        "items": {
            "type": "object",
            "required": ["text", "number", "when", "uuid", "placeholder", "level"],
            "properties": {
                "text": {"type": "string", "maxLength": 80},
                "number": {"type": "number", "minimum": 0, "maximum": 1},
                "when": {"type": "string", "format": "date-time"},
                "uuid": {"type": "string", "format": "uuid"},
                "placeholder": {"type": "string"},
                "level": {"type": "integer", "minimum": 1, "maximum": 10},
            },
        },
    }
    written = json.dumps([random_document(schema, seed) for seed in SEEDS])

    assert (
        hashlib.sha256(written.encode()).hexdigest()
        == "7cc55af77961743cca2c749f583ef26c71de24e34cbec69f01751464ee5604d1"
    )


def test_every_type_of_page_and_kind_of_a_union_occurs(schema, documents):
    unions = [
        union
        for union in [schema, *schema["$defs"].values()]
        if union.get("discriminator", {}).get("propertyName") in ("type", "_type")
    ]
    kinds = Counter(
        (member, found[member])
        for document in documents
        for found in objects(document)
        for member in ("type", "_type")
        if member in found
    )
    expected = [
        (union["discriminator"]["propertyName"], kind)
        for union in unions
        for kind in union["discriminator"]["mapping"]
    ]

    assert len(expected) > 60
    assert [kind for kind in expected if not kinds[kind]] == []


def test_every_type_of_block_occurs(schema, documents):
    # Told by their members: a page, a block and a link may have the same type.
    blocks = Counter(
        found["type"]
        for document in documents
        for found in objects(document)
        if found.keys() == {"id", "type", "value"}
    )
    expected = schema["$defs"]["Block"]["discriminator"]["mapping"]

    assert len(expected) > 20
    assert [kind for kind in expected if blocks[kind] < 5] == []
    pages = Counter(document["type"] for document in documents)
    assert [kind for kind in schema["discriminator"]["mapping"] if pages[kind] < 20] == []


def test_every_value_of_an_enum_occurs(schema, documents):
    held: dict[str, set[Any]] = {}
    for document in documents:
        for found in objects(document):
            for name, value in found.items():
                if isinstance(value, str):
                    held.setdefault(name, set()).add(value)
    expected = [
        (name, value)
        for definition in schema["$defs"].values()
        for name, member in definition.get("properties", {}).items()
        for value in member.get("enum", [])
    ]

    assert len(expected) > 20
    assert [(name, value) for name, value in expected if value not in held[name]] == []


def test_documents_are_awkward_and_end(documents):
    sizes = [len(json.dumps(document)) for document in documents]
    written = {text for document in documents for text in texts(document)}

    assert max(sizes) < 200_000
    assert "" in written
    for awkward in ("<script>", "\n", "👩‍👩‍👧‍👦", "بيان", '"double"'):
        assert any(awkward in text for text in written), awkward
    assert any(
        len(value) == 20
        for document in documents
        for found in objects(document)
        for value in found.values()
        if isinstance(value, list)
    )


def test_marks_are_decorators_or_links_of_the_same_block(documents):
    linked = decorated = 0
    for block in (found for document in documents for found in objects(document)):
        if block.get("_type") != "block":
            continue
        links = {mark["_key"] for mark in block["markDefs"]}
        for span in block["children"]:
            marks = set(span.get("marks", []))
            assert marks <= links | set(DECORATORS)
            linked += bool(marks & links)
            decorated += bool(marks - links)
        assert ("listItem" in block) == ("level" in block)
    assert linked > 20
    assert decorated > 20


def test_keys_and_ids_of_blocks_are_unique(documents):
    counted = 0
    for document in documents:
        keys = [found["_key"] for found in objects(document) if "_key" in found]
        ids = [
            found["id"] for found in objects(document) if found.keys() == {"id", "type", "value"}
        ]
        assert len(set(keys)) == len(keys)
        assert len(set(ids)) == len(ids)
        counted += len(keys) + len(ids)
    assert counted > 1000


def test_addresses_look_like_addresses(documents):
    found = [found for document in documents for found in objects(document)]
    images = [image for image in found if "placeholder" in image]
    sources = [source["srcset"] for source in found if "srcset" in source]

    assert len(images) > 20
    assert len(sources) > 20
    assert all(image["url"].startswith("https://example.org/") for image in images)
    assert all(srcset.endswith(" 640w") and " 320w, " in srcset for srcset in sources)


def test_a_schema_that_holds_itself_ends():
    schema = {
        "$ref": "#/$defs/Tree",
        "$defs": {
            "Tree": {
                "type": "object",
                "properties": {
                    "children": {"type": "array", "items": {"$ref": "#/$defs/Tree"}},
                    "next": {"anyOf": [{"$ref": "#/$defs/Tree"}, {"type": "null"}]},
                },
                "required": ["children", "next"],
                "additionalProperties": False,
            }
        },
    }
    validator = jsonschema_rs.validator_for(schema)

    for seed in SEEDS:
        validator.validate(random_document(schema, seed))


def test_what_it_cannot_make_is_refused():
    with pytest.raises(ValueError, match="pattern"):
        random_document({"type": "string", "pattern": "^a+$"}, 1)


@pytest.mark.parametrize("count", [0, -1])
def test_no_documents_are_nothing_to_ask_for(count):
    with pytest.raises(CommandError, match=f"1 or more, not {count}"):
        call_command("contract", "random", count=count)
