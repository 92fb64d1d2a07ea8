"""`pages/<id>/`: one page."""

import pytest
from wagtail.models import Page

from tests import factories
from tests.api import contract

pytestmark = pytest.mark.django_db


def address(page) -> str:
    return f"/api/v2/pages/{page.pk}/"


def test_every_type_of_page_is_answered_as_its_type_says(client, tree):
    types = {contract.page(client.get(address(page)))["type"] for page in tree.public}

    assert types == {
        "fact_sheet",
        "home",
        "press_release",
        "profile",
        "profile_index",
        "section",
        "standard",
    }


@pytest.mark.parametrize("name", ["draft", "unpublished", "expired", "private", "below"])
def test_page_that_is_not_public_is_not_found(client, tree, name):
    response = client.get(address(tree.hidden[name]))

    assert contract.problem(response, 404) == "There is no such page."


def test_page_of_another_site_is_found_there(client, tree):
    contract.problem(client.get(address(tree.other_page)), 404)
    response = client.get(address(tree.other_page), {"site": "other.example"})

    assert contract.page(response)["title"] == "Elsewhere"


@pytest.mark.parametrize("number", [0, 999_999, 2**31, 2**63, 10**30])
def test_number_of_no_page_is_not_found(client, tree, number):
    contract.problem(client.get(f"/api/v2/pages/{number}/"), 404)


@pytest.mark.parametrize("query", ["type=press_release", "locale=en", "type=wagtailcore.Page"])
def test_what_find_passes_on_is_heeded(client, tree, query):
    assert contract.page(client.get(f"{address(tree.release)}?{query}"))["id"] == tree.release.pk


@pytest.mark.parametrize("query", ["type=fact_sheet", "locale=fr", "site=other.example"])
def test_page_of_another_kind_is_not_found(client, tree, query):
    contract.problem(client.get(f"{address(tree.release)}?{query}"), 404)


@pytest.mark.parametrize(
    "query", ["limit=1", "offset=1", "order=title", "search=x", "slug=dredging", "nothing=1"]
)
def test_parameters_that_mean_nothing_here_are_refused(client, tree, query):
    detail = contract.problem(client.get(f"{address(tree.release)}?{query}"), 400)

    assert detail.endswith(f": {query.partition('=')[0]}")


def test_parent_and_breadcrumbs_tell_nothing_of_an_unpublished_page(client, tree):
    draft = factories.StandardPageFactory(parent=tree.home, title="Hidden parent", live=False)
    child = factories.StandardPageFactory(parent=draft, title="Child")

    response = client.get(address(child))

    document = contract.page(response)
    assert document["meta"]["parent"] is None
    assert [link["id"] for link in document["breadcrumbs"]] == [tree.home.pk]
    assert "Hidden" not in response.text


def test_alias_tells_nothing_of_an_unpublished_source(client, tree):
    assert contract.page(client.get(address(tree.alias)))["meta"]["alias_of"]["title"] == "About"
    Page.objects.filter(pk=tree.about.pk).update(live=False)

    assert contract.page(client.get(address(tree.alias)))["meta"]["alias_of"] is None


def test_translations_are_linked_both_ways(client, tree):
    for page, other in ((tree.about, tree.french_about), (tree.french_about, tree.about)):
        links = contract.page(client.get(address(page)))["translations"]
        assert [(link["id"], link["locale"]) for link in links] == [
            (other.pk, other.locale.language_code)
        ]
