"""`redirects/`: where old addresses lead now. How paths are matched: `test_route.py`."""

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests import factories
from tests.api import contract
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/redirects/"


@pytest.fixture
def redirects(tree):
    """One to a page, one to elsewhere, one for the other site, and those that must not be seen."""
    nowhere = factories.HomePageFactory(parent=Page.get_first_root_node(), title="Nowhere")
    targets = {"draft": tree.hidden["draft"], "below": tree.hidden["below"], "nowhere": nowhere}
    for name, page in targets.items():
        Redirect.add_redirect(f"/hidden-{name}", page)
    Redirect.objects.create(old_path="/hidden-empty")
    Redirect.add_redirect("/other", tree.other_page, site=tree.other_site)
    return [
        Redirect.add_redirect("/old-about", tree.about, site=tree.site),
        Redirect.add_redirect("/elsewhere", "https://example.org/a", is_permanent=False),
    ]


def test_listing_holds_what_leads_somewhere(client, redirects):
    items = contract.redirects(client.get(ADDRESS))

    assert [(item["old_path"], item["location"], item["is_permanent"]) for item in items] == [
        ("/old-about", "https://frontend.example/about/", True),
        ("/elsewhere", "https://example.org/a", False),
    ]
    assert items == [
        contract.redirect(client.get(f"{ADDRESS}{redirect.pk}/")) for redirect in redirects
    ]


def test_other_site_has_redirects_of_its_own(client, redirects):
    items = contract.redirects(client.get(ADDRESS, {"site": "other.example"}))

    assert [item["old_path"] for item in items] == ["/other", "/elsewhere"]


def test_redirect_that_leads_nowhere_is_not_found(client, redirects):
    hidden = Redirect.objects.filter(old_path__startswith="/hidden")

    assert hidden.count() == 4
    for redirect in hidden:
        contract.problem(client.get(f"{ADDRESS}{redirect.pk}/"), 404)
        contract.problem(client.get(f"{ADDRESS}find/", {"html_path": redirect.old_path}), 404)


def test_find_leads_to_the_redirect_and_keeps_other_parameters(client, redirects):
    response = client.get(f"{ADDRESS}find/?html_path=/old-about/&fields=_,location")

    assert response.status_code == 302
    assert response["Location"] == (
        f"{settings.CMS_URL}{ADDRESS}{redirects[0].pk}/?fields=_%2Clocation"
    )
    answer = client.get(response["Location"].removeprefix(settings.CMS_URL))
    assert contract.part(answer) == {"location": "https://frontend.example/about/"}


@pytest.mark.parametrize(
    ("query", "old_paths"),
    [
        ("old_path=/elsewhere", ["/elsewhere"]),
        ("is_permanent=true", ["/old-about"]),
        ("order=old_path", ["/elsewhere", "/old-about"]),
        ("order=-old_path&limit=1", ["/old-about"]),
    ],
)
def test_listing_is_filtered_and_ordered(client, redirects, query, old_paths):
    items = contract.redirects(client.get(f"{ADDRESS}?{query}"))

    assert [item["old_path"] for item in items] == old_paths


@pytest.mark.parametrize(
    "address",
    ["?search=about", "?location=x", "?is_permanent=maybe", "?nothing=1", "find/?html_path=/&a=1"],
)
def test_odd_parameters_are_refused(client, redirects, address):
    contract.problem(client.get(f"{ADDRESS}{address}"), 400)


def test_number_of_queries_does_not_grow(client, tree):
    def cost_of(number: int) -> int:
        while Redirect.objects.count() < number:
            page = factories.StandardPageFactory(parent=fresh(tree.home))
            Redirect.add_redirect(f"/old-{page.slug}", page)
        client.get(ADDRESS)  # fills what Wagtail keeps of sites
        with CaptureQueriesContext(connection) as queries:
            assert len(contract.redirects(client.get(ADDRESS))) == number
        return len(queries)

    assert cost_of(2) == cost_of(15)
