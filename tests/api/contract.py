"""Answers held against the contract: each function takes a response and gives its JSON, checked."""

import json
from functools import cache, reduce
from operator import or_
from typing import Any

from pydantic import BaseModel, TypeAdapter, create_model

from api.codecs.pages import any_page, page_codec, page_models
from api.codecs.types import Answer
from api.errors import PROBLEM_JSON, Problem
from api.views.files import DocumentItem, ImageItem
from api.views.redirects import RedirectItem
from api.views.route import route_answer
from api.views.site import site_answer


class ListingMeta(Answer):
    total_count: int


class Listing(Answer):
    """The envelope of every listing. Its items are held against types of their own."""

    meta: ListingMeta
    items: list[dict[str, Any]]


def page(response: Any) -> dict[str, Any]:
    """A whole page."""
    return whole(response, any_page())


def image(response: Any) -> dict[str, Any]:
    return whole(response, ImageItem)


def document(response: Any) -> dict[str, Any]:
    return whole(response, DocumentItem)


def redirect(response: Any) -> dict[str, Any]:
    return whole(response, RedirectItem)


def site(response: Any) -> dict[str, Any]:
    return whole(response, site_answer())


def route(response: Any) -> dict[str, Any]:
    return whole(response, _route())


def pages(response: Any) -> list[dict[str, Any]]:
    """The items of a listing of pages, each a part of a page of its type."""
    items = whole(response, Listing)["items"]
    types = _page_answers()
    for item in items:
        label = item.get("meta", {}).get("type")
        _check_part(item, *([types[label]] if label else types.values()))
    return items


def images(response: Any) -> list[dict[str, Any]]:
    return _parts(response, ImageItem)


def documents(response: Any) -> list[dict[str, Any]]:
    return _parts(response, DocumentItem)


def redirects(response: Any) -> list[dict[str, Any]]:
    return _parts(response, RedirectItem)


def problem(response: Any, status: int) -> str:
    """The detail of a problem with this status."""
    assert response.status_code == status, (response.status_code, response.content[:500])
    assert response["Content-Type"] == PROBLEM_JSON
    found = Problem.model_validate_json(response.content, strict=True)
    assert (found.status, found.message) == (status, found.detail)
    assert found.detail
    return found.detail


def whole(response: Any, kind: Any) -> dict[str, Any]:
    """An answer that is a `kind`, with all its members and no others."""
    found = part(response)
    TypeAdapter(kind).validate_json(response.content, strict=True)
    return found


def part(response: Any) -> dict[str, Any]:
    """An answer that no type of the contract describes: cut down by `fields=`, or with strings for
    rich text."""
    assert response.status_code == 200, (response.status_code, response.content[:500])
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


def _parts(response: Any, kind: type[BaseModel]) -> list[dict[str, Any]]:
    items = whole(response, Listing)["items"]
    for item in items:
        _check_part(item, kind)
    return items


def _check_part(item: dict[str, Any], *kinds: type[BaseModel]) -> None:
    """Raises ValidationError unless the item is a part of one of the kinds."""
    _part_of_one(kinds).validate_json(json.dumps(item), strict=True)


@cache
def _part_of_one(kinds: tuple[type[BaseModel], ...]) -> TypeAdapter[Any]:
    return TypeAdapter(reduce(or_, map(_part_of, kinds)))


@cache
def _part_of(kind: type[BaseModel]) -> type[BaseModel]:
    """The same type, of which anything may be missing."""
    members: dict[str, Any] = {
        name: (field.annotation, None) for name, field in kind.model_fields.items()
    }
    if "meta" in members:
        members["meta"] = (_part_of(members["meta"][0]), None)
    return create_model(f"PartOf{kind.__name__}", __config__=kind.model_config, **members)


@cache
def _page_answers() -> dict[str, type[BaseModel]]:
    return {model._meta.label: page_codec(model).answer for model in page_models().values()}


@cache
def _route() -> Any:
    return route_answer()
