"""Invariant 4: nothing in the contract is untyped, and answers are what it says."""

import copy
import json
import re
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from pydantic import TypeAdapter
from wagtail.contrib.redirects.models import Redirect

from api.codecs.fields import field_names
from api.codecs.pages import any_page, page_codec, page_models
from api.codecs.sites import site_answer
from api.errors import Problem
from api.views.files import DocumentItem, ImageItem
from api.views.redirects import RedirectItem
from api.views.route import route_answer
from pages.blocks.body import BodyBlock, ContentBlock
from pages.models import NewsroomSettings
from tests.api.answers import live, preview
from tests.full_pages import EVERY_TYPE, full_page, full_settings, parent_of, publish_below

# Absent instead of null, because renderers of Portable Text go by their presence.
OPTIONAL = {("TextBlock", "listItem"), ("TextBlock", "level")}


@cache
def contract():
    """The JSON Schema of everything the API answers: where each answer is, and all components."""
    answers = {
        "page": any_page(),
        "site": site_answer(),
        "image": ImageItem,
        "document": DocumentItem,
        "redirect": RedirectItem,
        "route": route_answer(),
        "problem": Problem,
    }
    adapters: list[Any] = [
        (name, "serialization", TypeAdapter(answer)) for name, answer in answers.items()
    ]
    places, schema = TypeAdapter.json_schemas(adapters)
    return {name: place for (name, _), place in places.items()}, schema["$defs"]


@cache
def validator(answer):
    places, components = contract()
    return jsonschema_rs.validator_for(
        {**places[answer], "$defs": components}, validate_formats=True
    )


def schemas(node, place=""):
    """Every schema within a schema, with the place where it is."""
    yield place, node
    for keyword in ("properties", "$defs"):
        for name, inner in node.get(keyword, {}).items():
            yield from schemas(inner, f"{place}/{name}")
    for keyword in ("anyOf", "oneOf", "allOf", "prefixItems"):
        for inner in node.get(keyword, []):
            yield from schemas(inner, f"{place}/{keyword}")
    if "items" in node:
        yield from schemas(node["items"], f"{place}/items")


def every_schema():
    _, components = contract()
    return [found for name, component in components.items() for found in schemas(component, name)]


def test_every_schema_says_what_it_is():
    said = ("type", "$ref", "enum", "const", "anyOf", "oneOf")
    untyped = [place for place, node in every_schema() if not any(word in node for word in said)]

    assert untyped == []
    assert len(every_schema()) > 900


def test_every_object_says_all_its_members():
    objects = [(place, node) for place, node in every_schema() if node.get("type") == "object"]

    assert len(objects) > 90
    for place, node in objects:
        assert node["additionalProperties"] is False, place
        assert node["properties"], place
        optional = {(place, name) for name in node["properties"].keys() - set(node["required"])}
        assert optional <= OPTIONAL, place


def test_every_list_says_what_it_holds():
    lists = [(place, node) for place, node in every_schema() if node.get("type") == "array"]

    assert len(lists) > 50
    assert [place for place, node in lists if "items" not in node] == []


def test_every_component_has_a_name_of_its_own():
    _, components = contract()

    assert len(components) > 110
    assert [name for name in components if not re.fullmatch(r"[A-Z][A-Za-z]*", name)] == []
    assert {"Block", "Page", "PortableText", "Site", "Route"} <= components.keys()
    titled = [node["title"] for node in components.values() if node.get("type") == "object"]
    assert len(titled) == len(set(titled))


def test_every_block_and_every_page_type_is_in_the_contract():
    _, components = contract()

    def kinds(union):
        return set(components[union]["discriminator"]["mapping"])

    assert kinds("Block") == {*BodyBlock().child_blocks, "incomplete"}
    assert kinds("ContentBlock") == {*ContentBlock().child_blocks, "incomplete"}
    assert kinds("Page") == set(page_models())
    assert len(page_models()) == len(EVERY_TYPE) == 7


def test_every_field_of_every_page_type_is_in_the_contract():
    _, components = contract()

    for model in page_models().values():
        members = components[model.__name__]["properties"]
        assert set(field_names(model)) <= members.keys()
        assert list(page_codec(model).fields) == field_names(model)
    assert set(field_names(NewsroomSettings)) <= components["Site"]["properties"].keys()


def test_what_must_be_written_is_never_empty_in_the_contract():
    _, components = contract()

    assert components["ClaimValue"]["properties"]["text"]["minItems"] == 1
    assert "minItems" not in components["EventValue"]["properties"]["text"]
    assert components["HeadingValue"]["properties"]["text"]["minLength"] == 1


@pytest.fixture
def full_pages(material):
    """A live page of each type with everything in it."""
    return [
        publish_below(parent_of(model, material), full_page(model, material))
        for model in EVERY_TYPE
    ]


def test_pages_with_everything_in_them_are_what_the_contract_says(client, full_pages):
    answers = [live(client, page) for page in full_pages]
    answers += [preview(client, page.latest_revision.as_object()) for page in full_pages]

    assert len(answers) == 14
    for answer in answers:
        validator("page").validate(answer)
    for page in full_pages:
        route = client.get("/api/v2/route/", {"path": page.get_url_parts()[2]}).json()
        assert route["type"] == "page"
        validator("route").validate(route)


def test_every_other_answer_is_what_the_contract_says(client, full_pages, material):
    full_settings(material)
    Redirect.add_redirect("/old/", full_pages[0], is_permanent=False)
    get = client.get

    validator("site").validate(get("/api/v2/site/").json())
    validator("route").validate(get("/api/v2/route/?path=/old/").json())
    for kind, number in (("image", 1), ("document", 1), ("redirect", 1)):
        items = get(f"/api/v2/{kind}s/?fields=*").json()["items"]
        assert len(items) >= number
        for item in items:
            validator(kind).validate(item)
    gone = full_pages[1].get_url_parts()[2]
    full_pages[1].unpublish()
    for address, status in (
        ("pages/0/", 404),
        ("pages/?nonsense=1", 400),
        (f"route/?path={gone}", 410),
        ("site/?site=nowhere.example", 404),
        ("page_preview/", 404),
        ("page_preview/?content_type=nonsense", 400),
    ):
        response = get(f"/api/v2/{address}")
        assert response.status_code == status, address
        validator("problem").validate(response.json())


def test_a_member_that_the_contract_does_not_know_is_an_error_everywhere(client, material):
    model = EVERY_TYPE[0]
    page = publish_below(parent_of(model, material), full_page(model, material))
    answer = live(client, page)
    places = list(_objects(answer))

    assert len(places) > 300
    for path in places:
        spoilt = copy.deepcopy(answer)
        part = spoilt
        for step in path:
            part = part[step]
        part["unexpected"] = "?"
        assert not validator("page").is_valid(spoilt), path


def test_the_checks_notice_what_is_not_typed():
    def untyped(schema):
        return [place for place, node in schemas(schema) if not node.keys() & {"type", "$ref"}]

    class_of = TypeAdapter(dict[str, list]).json_schema()
    assert untyped({"type": "array", "items": {}}) == ["/items"]
    assert "additionalProperties" in json.dumps(class_of)
    assert class_of["additionalProperties"] is not False


def _objects(part, path=()):
    if isinstance(part, dict):
        yield path
    members = part.items() if isinstance(part, dict) else enumerate(part)
    for name, inner in members:
        if isinstance(inner, dict | list):
            yield from _objects(inner, (*path, name))
