"""Pages outside the contract are answered as Wagtail's own API answers them."""

import pytest
from django.core.management import call_command
from wagtail.models import Page

from tests.api import contract
from tests.api.tree import MORNING, fresh

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/pages/"


@pytest.fixture
def foreign(tree) -> Page:
    page = Page(title="Plain", slug="plain", first_published_at=MORNING)
    return fresh(tree.home).add_child(instance=page)


def answered(page: Page) -> dict:
    return {
        "id": page.pk,
        "meta": {
            "type": "wagtailcore.Page",
            "detail_url": f"http://localhost:8000{ADDRESS}{page.pk}/",
            "html_url": "https://frontend.example/plain/",
            "slug": "plain",
            "first_published_at": "2018-06-01T09:30:00Z",
            "locale": "en",
        },
        "title": "Plain",
    }


def test_listing_holds_them_among_ours(client, tree, foreign):
    items = contract.part(client.get(ADDRESS))["items"]

    assert len(items) == len(tree.public) + 1
    assert answered(foreign) in items


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("_,title", {"title": "Plain"}),
        ("_,title,body,uuid", {"title": "Plain"}),
        ("_,slug,publication_date", {"meta": {"slug": "plain"}}),
    ],
)
def test_fields_of_ours_are_not_missed_in_them(client, foreign, fields, expected):
    items = contract.part(client.get(ADDRESS, {"fields": fields, "slug": "plain"}))["items"]

    assert items == [expected]


@pytest.mark.parametrize("name", ["portable_text", "html", "markdown", "db_html", "db_markdown"])
def test_rich_text_formats_do_not_trip_over_them(client, foreign, name):
    query = {"rich_text_format": name}

    assert contract.part(client.get(ADDRESS, query))["items"]
    assert contract.part(client.get(f"{ADDRESS}{foreign.pk}/", query))["title"] == "Plain"


def test_detail_is_wagtails(client, tree, foreign):
    detail = contract.part(client.get(f"{ADDRESS}{foreign.pk}/"))

    assert detail["meta"]["parent"]["id"] == tree.home.pk
    assert "type" not in detail
    contract.problem(client.get(f"{ADDRESS}{foreign.pk}/?fields=body"), 400)
    contract.problem(client.get(f"{ADDRESS}{foreign.pk}/?nothing=1"), 400)


def test_they_are_searched_ordered_and_found(client, tree, foreign):
    call_command("update_index", verbosity=0)

    for query in ("order=-publication_date", "search=plain", "search=plain&order=title"):
        items = contract.part(client.get(f"{ADDRESS}?{query}"))["items"]
        assert foreign.pk in [item["id"] for item in items]
    assert client.get(f"{ADDRESS}find/?html_path=/plain/").status_code == 302


def test_route_knows_the_contract_only(client, foreign):
    contract.problem(client.get("/api/v2/route/?path=/plain/"), 404)


def test_alias_tells_nothing_of_an_original_that_is_hidden(client, tree, foreign):
    alias = foreign.create_alias(parent=fresh(tree.about), update_slug="copy")
    shown = contract.part(client.get(f"{ADDRESS}{alias.pk}/"))
    assert shown["meta"]["alias_of"]["id"] == foreign.pk

    Page.objects.filter(pk=foreign.pk).update(live=False, title="Xyzzy")

    for query in (f"{alias.pk}/", "?fields=alias_of", "?type=wagtailcore.Page&fields=*"):
        response = client.get(f"{ADDRESS}{query}")
        assert "alias_of" in response.text
        assert "Xyzzy" not in response.text
