"""What every endpoint does with other methods, other formats, and errors."""

import pytest

from api.errors import problem
from tests.api import contract

pytestmark = pytest.mark.django_db

ENDPOINTS = [
    "pages/",
    "pages/{release.pk}/",
    "images/",
    "images/{image.pk}/",
    "documents/",
    "documents/{document.pk}/",
    "redirects/",
    "route/?path=/",
    "site/",
]
# Of each: an address, and the status of its problem.
PROBLEMS = [
    ("pages/?nothing=1", 400),
    ("pages/999999/", 404),
    ("pages/find/?html_path=/nothing/", 404),
    ("images/?limit=x", 400),
    ("images/999999/", 404),
    ("documents/999999/", 404),
    ("redirects/999999/", 404),
    ("redirects/find/?html_path=/nothing", 404),
    ("route/", 400),
    ("route/?path=/nothing/", 404),
    ("route/?path=/unpublished/", 410),
    ("site/?site=nowhere.example", 404),
    ("page_preview/?content_type=pages.standardpage&token=x", 404),
]
HTML = {"accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(params=ENDPOINTS)
def address(request, tree) -> str:
    return "/api/v2/" + request.param.format(**vars(tree))


def test_head_is_get_without_the_body(client, address):
    get, head = client.get(address), client.head(address)

    assert (get.status_code, head.status_code, head.content) == (200, 200, b"")
    assert {**get.headers, "Content-Length": ""} == {**head.headers, "Content-Length": ""}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_writing_is_refused(client, address, method):
    response = getattr(client, method)(address, b"{}", content_type="application/json")

    assert contract.problem(response, 405) == f'Method "{method.upper()}" not allowed.'
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_people_get_a_page_they_can_browse(client, address):
    separator = "&" if "?" in address else "?"
    for response in (
        client.get(address, headers=HTML),
        client.get(f"{address}{separator}format=api"),
    ):
        assert response.status_code == 200
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert "<!DOCTYPE html>" in response.text
        assert "HTTP 200 OK" in response.text


def test_programs_get_json_from_the_same_address(client, address):
    separator = "&" if "?" in address else "?"
    plain = client.get(address)

    for response in (
        client.get(address, headers={"accept": "*/*"}),
        client.get(address, headers={"accept": "application/json"}),
        client.get(f"{address}{separator}format=json", headers=HTML),
    ):
        assert contract.part(response) == plain.json()


def test_other_formats_are_refused(client, address):
    separator = "&" if "?" in address else "?"

    contract.problem(client.get(address, headers={"accept": "application/xml"}), 406)
    contract.problem(client.get(f"{address}{separator}format=xml"), 404)


@pytest.mark.parametrize(("address", "status"), PROBLEMS)
def test_problem_is_json_for_programs_and_a_page_for_people(client, tree, address, status):
    detail = contract.problem(client.get(f"/api/v2/{address}"), status)

    response = client.get(f"/api/v2/{address}", headers=HTML)

    assert response.status_code == status
    assert response["Content-Type"] == "text/html; charset=utf-8"
    assert detail[:20] in response.text


def test_problem_carries_the_message_of_v2():
    assert problem(410, "It was here.") == {
        "type": "about:blank",
        "title": "Gone",
        "status": 410,
        "detail": "It was here.",
        "message": "It was here.",
    }


def test_addresses_without_a_slash_lead_to_those_with_one(client, tree):
    response = client.get("/api/v2/pages?limit=1")

    assert response.status_code == 301
    assert response["Location"] == "/api/v2/pages/?limit=1"


def test_too_many_parameters_are_a_problem(client, tree):
    query = "&".join(f"a{number}=1" for number in range(21_000))

    assert contract.problem(client.get(f"/api/v2/pages/?{query}"), 400) == (
        "The request is malformed."
    )
