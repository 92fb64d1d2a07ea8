"""`pages/find/`: from an address to the page. See also `test_like_wagtail.py`."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.conf import settings

from tests.api import contract

pytestmark = pytest.mark.django_db

FIND = "/api/v2/pages/find/"


def found(client, **parameters):
    """The answer that the redirect leads to."""
    response = client.get(FIND, parameters)
    assert response.status_code == 302, response.content
    assert response["Location"].startswith(f"{settings.CMS_URL}/api/v2/pages/")
    return client.get(response["Location"].removeprefix(settings.CMS_URL))


@pytest.mark.parametrize(
    ("html_path", "name"),
    [
        ("/", "home"),
        ("", "home"),
        ("/news/", "news"),
        ("/news", "news"),
        ("news/dredging", "release"),
        ("//news///dredging/", "release"),
        ("https://frontend.example/news/dredging/", "release"),
        ("/news/dredging/?page=2#top", "release"),
        ("/about/gesetz-über-häfen/", "statute"),
        ("/about/gesetz-%C3%BCber-h%C3%A4fen/", "statute"),
        ("/about/gesetz-%c3%bcber-h%c3%a4fen/", "statute"),
        ("/fr/", "french_home"),
        ("/fr/à-propos/", "french_about"),
        ("/fr/%C3%A0-propos", "french_about"),
        ("/about-us/", "alias"),
    ],
)
def test_address_leads_to_its_page(client, tree, html_path, name):
    assert contract.page(found(client, html_path=html_path))["id"] == getattr(tree, name).pk


@pytest.mark.parametrize(
    "html_path",
    [
        "/nothing/",
        "/news/draft/",
        "/unpublished/",
        "/expired/",
        "/private/below/",
        "/elsewhere/",
        "/en/about/",
        "/fr/about/",
        "/a-propos/",
        "/../about/",
        "/..%2fabout/",
        "/about/%00",
        "http://[",
    ],
)
def test_address_of_nothing_public_is_not_found(client, tree, html_path):
    contract.problem(client.get(FIND, {"html_path": html_path}), 404)


def test_other_parameters_are_kept(client, tree):
    kept = {"fields": "_,title,body(_,type)", "rich_text_format": "html", "type": "press_release"}
    response = client.get(FIND, {"html_path": "/news/dredging/", **kept})

    query = urlsplit(response["Location"]).query
    assert parse_qs(query) == {name: [value] for name, value in kept.items()}
    assert contract.part(found(client, html_path="/news/dredging/", **kept)) == {
        "title": tree.release.title,
        "body": [{"type": "section"}],
    }


def test_other_site_is_searched_and_kept(client, tree):
    response = found(client, html_path="/elsewhere/", site="other.example")

    assert contract.page(response)["id"] == tree.other_page.pk


def test_page_is_found_by_its_number(client, tree):
    assert contract.page(found(client, id=tree.statute.pk))["id"] == tree.statute.pk
    contract.problem(client.get(FIND, {"id": tree.hidden["draft"].pk}), 404)


@pytest.mark.parametrize(
    "query",
    ["html_path=/&nothing=1", "html_path=/&limit=1", "id=x", "html_path=/&html_path=/news/"],
)
def test_odd_parameters_are_refused_before_they_are_passed_on(client, tree, query):
    contract.problem(client.get(f"{FIND}?{query}"), 400)


def test_pictures_and_files_are_found_by_number(client, tree):
    for kind, item in (("images", tree.image), ("documents", tree.document)):
        response = client.get(f"/api/v2/{kind}/find/?id={item.pk}&fields=title")
        assert response["Location"] == (f"{settings.CMS_URL}/api/v2/{kind}/{item.pk}/?fields=title")
    contract.problem(client.get(f"/api/v2/images/find/?id={tree.private_image.pk}"), 404)
