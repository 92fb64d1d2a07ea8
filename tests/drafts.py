"""Drafts as a frontend asks for them, for tests."""

import json
from typing import Any

import lxml.html  # type: ignore[import-untyped]  # publishes no types
from pydantic import TypeAdapter

from api.codecs.pages import any_page


def page(response: Any) -> dict[str, Any]:
    """The page in an answer, after it was held against the contract."""
    assert response.status_code == 200, (response.status_code, response.content[:500])
    TypeAdapter(any_page()).validate_json(response.content, strict=True)
    return json.loads(response.content)


def problem(response: Any, status: int) -> str:
    """The detail of a problem with this status."""
    assert response.status_code == status, (response.status_code, response.content[:500])
    assert response["Content-Type"] == "application/problem+json"
    return json.loads(response.content)["detail"]


def form_of(response: Any) -> dict[str, Any]:
    """What the browser would send of the form in an edit view."""
    form = lxml.html.fromstring(response.content).xpath("//form[@data-edit-form]")[0]
    data: dict[str, Any] = {}
    for name, value in form.form_values():
        data.setdefault(name, []).append(value)
    for field in form.xpath(".//*[@data-block]"):
        # The browser makes the fields of an empty stream.
        data.setdefault(f"{field.get('id')}-count", ["0"])
    return data
