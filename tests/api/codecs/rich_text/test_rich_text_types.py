"""The contract's side of rich text: what its schema admits, and what it refuses."""

import subprocess
import sys
from typing import Any

import jsonschema_rs
import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.codecs.rich_text.types import (
    Break,
    DeadLinkMark,
    Embed,
    FootnoteReference,
    InlineImage,
    LinkMark,
    PortableText,
    Span,
    TextBlock,
)
from tests.api.codecs.rich_text.samples import ADAPTER, NOTE, read

EVERYTHING = (
    '<h2>A</h2><p><a linktype="page" id="3">b</a><a linktype="document" id="7">c</a>'
    '<a href="mailto:d@example.org">d</a><a href="javascript:e">e</a>'
    f'<footnote id="{NOTE}">f</footnote></p><ul><li>g<ol><li>h</li></ol></li></ul>'
    '<hr/><embed embedtype="media" url="https://example.org/i"/>'
    '<embed embedtype="image" id="4" alt="j"/><blockquote>k</blockquote>'
)
SCHEMA = ADAPTER.json_schema(mode="serialization")


@pytest.fixture
def nodes() -> list[Any]:
    return read(EVERYTHING)


def test_a_text_with_everything_in_it_validates_and_dumps_to_itself(nodes):
    assert len(nodes) == 8
    assert ADAPTER.dump_python(ADAPTER.validate_python(nodes), mode="json") == nodes
    assert ADAPTER.validate_json(ADAPTER.dump_json(ADAPTER.validate_python(nodes)))
    jsonschema_rs.validate(SCHEMA, nodes)


def _list_members(block: dict[str, Any]) -> dict[str, Any]:
    return {name: block[name] for name in ("listItem", "level") if name in block}


def test_list_members_are_absent_rather_than_null(nodes):
    assert [_list_members(node) for node in nodes] == [
        {},
        {},
        {"listItem": "bullet", "level": 1},
        {"listItem": "number", "level": 2},
        {},
        {},
        {},
        {},
    ]
    properties = SCHEMA["$defs"]["TextBlock"]["properties"]
    assert properties["listItem"]["enum"] == ["bullet", "number"]
    assert properties["level"]["type"] == "integer"
    assert not {"listItem", "level"} & {*SCHEMA["$defs"]["TextBlock"]["required"]}


@pytest.mark.parametrize(
    "members",
    [
        {"listItem": None},
        {"level": None},
        {"listItem": None, "level": None},
        {"listItem": "bullet", "level": None},
        {"listItem": "dash", "level": 1},
        {"listItem": "bullet", "level": 0},
        {"listItem": "bullet", "level": 11},
        {"style": "h1"},
        {"style": None},
        {"children": []},
        {"extra": 1},
    ],
)
def test_a_block_with_a_wrong_member_is_refused(nodes, members):
    wrong = [nodes[0] | members]

    with pytest.raises(ValidationError):
        ADAPTER.validate_python(wrong)
    with pytest.raises(jsonschema_rs.ValidationError):
        jsonschema_rs.validate(SCHEMA, wrong)


@pytest.mark.parametrize("members", [{"listItem": "bullet"}, {"level": 1}])
def test_one_list_member_without_the_other_is_refused(nodes, members):
    with pytest.raises(ValidationError):
        ADAPTER.validate_python([nodes[0] | members])


def test_a_member_short_is_refused(nodes):
    checked = 0
    for node in nodes:
        for name in node.keys() - {"listItem", "level"}:
            without = {key: value for key, value in node.items() if key != name}
            with pytest.raises(ValidationError):
                ADAPTER.validate_python([without])
            checked += 1
    assert checked == 5 * 5 + 2 + 3 + 4


def test_the_union_is_told_apart_by_its_type():
    definitions = TypeAdapter(dict[str, PortableText]).json_schema(mode="serialization")["$defs"]

    assert definitions["PortableText"]["items"] == {"$ref": "#/$defs/RichTextNode"}
    for name, types in {
        "RichTextNode": {"block", "break", "embed", "image"},
        "RichTextInline": {"span", "footnote"},
        "RichTextMark": {"link", "dead_link"},
    }.items():
        discriminator = definitions[name]["discriminator"]
        assert discriminator["propertyName"] == "_type"
        assert discriminator["mapping"].keys() == types


@pytest.mark.parametrize(
    "model",
    [Break, DeadLinkMark, Embed, FootnoteReference, InlineImage, LinkMark, Span, TextBlock],
)
def test_every_model_is_closed_and_described(model: type[BaseModel]):
    schema = SCHEMA["$defs"][model.__name__]

    assert schema["additionalProperties"] is False
    assert schema["description"]
    assert {"_type", "_key"} <= {*schema["required"]}
    assert "const" in schema["properties"]["_type"]


def test_reading_and_showing_rich_text_needs_no_django():
    program = (
        "import sys; from api.codecs.rich_text import links, parse, render, types;"
        "sys.exit('django' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
