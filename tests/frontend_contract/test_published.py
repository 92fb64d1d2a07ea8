"""What is published is what the code gives, and nothing in it is untyped."""

import json
from typing import Any

import jsonschema_rs
import pytest
from django.core.management import call_command

from frontend_contract.build import differences, published_files, schemas, write
from frontend_contract.components import answers, components, page_components
from frontend_contract.openapi import openapi
from frontend_contract.operations import operations
from frontend_contract.random_documents import random_document
from frontend_contract.version import PUBLISHED

RANDOM_DOCUMENTS = 500


@pytest.fixture(scope="module")
def files(django_db_blocker) -> dict[str, bytes]:
    with django_db_blocker.unblock():
        return published_files()


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads((PUBLISHED / "openapi.json").read_bytes())


def test_checked_in_files_are_what_the_code_gives(files):
    assert len(files) > 90
    assert differences(files) == [], "run `manage.py contract build`"


def test_writing_mends_whatever_differs(files, tmp_path, monkeypatch):
    monkeypatch.setattr("frontend_contract.build.published_files", lambda: files)
    write(tmp_path)
    (tmp_path / "openapi.json").write_text("{}")
    (tmp_path / "schemas" / "Problem.json").unlink()
    (tmp_path / "examples" / "stale.json").write_text("{}")
    (tmp_path / "CHANGELOG.md").write_text("by hand")

    changed = ["examples/stale.json", "openapi.json", "schemas/Problem.json"]
    assert differences(files, tmp_path) == changed
    assert write(tmp_path) == changed
    assert write(tmp_path) == []
    assert (tmp_path / "CHANGELOG.md").read_text() == "by hand"


# Nothing untyped --------------------------------------------------------------------------------

TYPED = {"$ref", "const", "enum", "anyOf", "oneOf", "type"}


def schemas_in(found: Any):
    """Every schema at or below one, with the names of members told from keywords."""
    yield found
    for keyword in ("items", "additionalProperties"):
        if isinstance(found.get(keyword), dict):
            yield from schemas_in(found[keyword])
    for keyword in ("anyOf", "oneOf"):
        for member in found.get(keyword, []):
            yield from schemas_in(member)
    for member in found.get("properties", {}).values():
        yield from schemas_in(member)


def test_every_schema_says_what_it_is(document):
    found = [s for schema in components().values() for s in schemas_in(schema)]

    assert len(found) > 1000
    for schema in found:
        assert TYPED & schema.keys(), schema
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, schema
        if schema.get("type") == "array":
            assert "items" in schema, schema


def test_unions_say_how_to_tell_their_members_apart(document):
    unions = {name: s for name, s in components().items() if "oneOf" in s}

    assert {"Page", "Block", "Link", "RichTextNode", "Route"} <= unions.keys()
    for name, union in unions.items():
        members = {member["$ref"] for member in union["oneOf"]}
        assert set(union["discriminator"]["mapping"].values()) == members, name


def test_every_endpoint_is_described_and_every_description_has_its_endpoint(document):
    described = {
        operation["operationId"]
        for methods in document["paths"].values()
        for operation in methods.values()
    }

    assert described == {operation.name for operation in operations().values()}
    assert len(described) == 21


def test_an_endpoint_without_description_fails_the_build(monkeypatch):
    table = dict(operations())
    table.popitem()
    monkeypatch.setattr("frontend_contract.operations.operations", lambda: table)

    with pytest.raises(LookupError, match=r"is not in frontend_contract/operations\.py"):
        openapi("1.0.0")


def test_descriptions_come_from_help_texts(document):
    deck = document["components"]["schemas"]["PressReleasePage"]["properties"]["deck"]

    assert deck["description"] == "The sub-headline, in a sentence or two."


# Examples ---------------------------------------------------------------------------------------


def test_every_example_is_of_its_schema():
    index = json.loads((PUBLISHED / "examples" / "index.json").read_bytes())
    checked = 0
    for entry in index:
        schema = json.loads((PUBLISHED / "schemas" / f"{entry['schema']}.json").read_bytes())
        body = json.loads((PUBLISHED / "examples" / entry["file"]).read_bytes())
        errors = list(jsonschema_rs.validator_for(schema).iter_errors(body))
        assert not errors, (entry["name"], errors[0])
        checked += 1
    assert checked > 50
    folder = PUBLISHED / "examples"
    there = {path.relative_to(folder).as_posix() for path in folder.glob("*/*.json")}
    assert there == {entry["file"] for entry in index}


def test_examples_stand_beside_their_operations(document):
    shown = [
        media.get("examples", {})
        for methods in document["paths"].values()
        for operation in methods.values()
        for response in operation["responses"].values()
        for media in response.get("content", {}).values()
    ]

    assert sum(map(len, shown)) > 50


# Schemas ----------------------------------------------------------------------------------------


def test_schemas_need_no_other_file():
    found = schemas()

    assert answers().keys() <= found.keys()
    assert {"PressReleasePage", "QuoteBlock", "IncompleteBlock"} <= found.keys()
    for name, schema in found.items():
        assert "#/components" not in json.dumps(schema), name
        jsonschema_rs.meta.validate(schema)


def test_random_documents_are_of_their_schema():
    schema = schemas()["Page"]
    validator = jsonschema_rs.validator_for(schema)
    types = set()
    for seed in range(RANDOM_DOCUMENTS):
        page = random_document(schema, seed)
        validator.validate(page)
        types.add(page["type"])
    assert types == page_components().keys()


@pytest.mark.once
def test_command_prints_random_documents(capsys):
    call_command("contract", "random", "--seed", "7", "--count", "3", "--schema", "QuoteBlock")
    lines = capsys.readouterr().out.strip().split("\n")
    call_command("contract", "random", "--seed", "8", "--schema", "QuoteBlock")

    assert len(lines) == 3
    assert capsys.readouterr().out.strip() == lines[1]
    assert all(json.loads(line)["type"] == "quote" for line in lines)
