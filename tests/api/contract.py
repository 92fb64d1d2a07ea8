"""Answers held against the contract: each function takes a response and gives its JSON, checked."""

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from api.codecs.listings import part_of
from api.codecs.pages import any_page, page_codec, page_models
from api.codecs.sites import site_answer
from api.errors import PROBLEM_JSON, Problem
from api.views.files import DocumentItem, ImageItem
from api.views.redirects import RedirectItem
from api.views.route import route_answer
from frontend_contract.components import answers


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
    items = listing(response, "PageListing")
    types = _page_parts()
    for item in items:
        if label := item.get("meta", {}).get("type"):
            types[label].validate_json(json.dumps(item), strict=True)
    return items


def images(response: Any) -> list[dict[str, Any]]:
    return listing(response, "ImageListing")


def documents(response: Any) -> list[dict[str, Any]]:
    return listing(response, "DocumentListing")


def redirects(response: Any) -> list[dict[str, Any]]:
    return listing(response, "RedirectListing")


def listing(response: Any, name: str) -> list[dict[str, Any]]:
    """The items of a listing that is the component `name`."""
    return whole(response, answers()[name])["items"]


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


@cache
def _page_parts() -> dict[str, TypeAdapter[Any]]:
    return {
        model._meta.label: TypeAdapter(part_of(page_codec(model).answer))
        for model in page_models().values()
    }


@cache
def _route() -> Any:
    return route_answer()
