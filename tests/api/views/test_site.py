"""`site/`: what a site says of itself."""

import pytest
from wagtail.models import Page

from pages.models import NewsroomSettings
from tests import bodies, factories
from tests.api import contract

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/site/"


@pytest.fixture
def settings_of_the_site(tree):
    found = NewsroomSettings.for_site(tree.site)
    found.name = "Harbour Task Force"
    found.organisation = factories.OrganisationFactory(name="The Port")
    found.logo, found.share_image = tree.image, tree.private_image
    found.tagline = [bodies.block("line", "Learn more.")]
    found.social_links = [
        bodies.block("account", {"network": "x", "label": "On X", "url": "https://x.example/h"})
    ]
    found.header_navigation = [
        bodies.block(
            "item",
            {
                "text": name,
                "link": bodies.link(page=page.pk),
                "children": bodies.items({"text": "E-mail", "link": bodies.link(email="a@b.org")}),
            },
        )
        for name, page in (("News", tree.news), ("Soon", tree.hidden["draft"]))
    ]
    found.footer_navigation = [
        bodies.block(
            "column",
            {
                "title": "More",
                "links": bodies.items({"text": "Plan", "link": _document(tree.document)}),
            },
        )
    ]
    found.save()
    return found


def _document(document):
    return bodies.link(document=document.pk)


def test_site_says_who_it_is_and_where_things_are(client, tree, settings_of_the_site):
    answer = contract.site(client.get(ADDRESS))

    assert (answer["hostname"], answer["url"]) == ("frontend.example", "https://frontend.example")
    assert answer["name"] == "Harbour Task Force"
    assert answer["organisation"]["name"] == "The Port"
    assert answer["logo"]["id"] == tree.image.pk
    news, _ = answer["header_navigation"]
    assert news["value"]["link"]["url"] == "https://frontend.example/news/"
    assert news["value"]["children"][0]["link"]["url"] == "mailto:a@b.org"
    footer = answer["footer_navigation"][0]["value"]["links"][0]
    assert footer["link"]["title"] == "Dredging plan"


def test_what_is_not_public_is_not_named(client, tree, settings_of_the_site):
    response = client.get(ADDRESS)

    answer = contract.site(response)
    assert answer["header_navigation"][1]["value"]["link"] == {"type": "dead"}
    assert answer["share_image"] is None
    assert "Hidden" not in response.text
    assert "Secret" not in response.text


def test_languages_and_their_front_pages(client, tree):
    locales = contract.site(client.get(ADDRESS))["locales"]

    assert [(locale["code"], locale["is_default"]) for locale in locales] == [
        ("en", True),
        ("fr", False),
    ]
    assert locales[1]["home"]["url"] == "https://frontend.example/fr/"
    Page.objects.filter(pk=tree.french_home.pk).update(live=False)
    assert contract.site(client.get(ADDRESS))["locales"][1]["home"] is None


def test_sites_are_told_apart(client, tree, settings_of_the_site):
    other = contract.site(client.get(ADDRESS, {"site": "other.example"}))

    assert (other["hostname"], other["name"]) == ("other.example", "")
    assert [locale["code"] for locale in other["locales"]] == ["en"]


def test_fields_select_parts(client, tree, settings_of_the_site):
    answer = contract.part(client.get(ADDRESS, {"fields": "_,name,logo(_,alt)"}))

    assert answer == {"name": "Harbour Task Force", "logo": {"alt": "A blue rectangle"}}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("site=nowhere.example", 404),
        ("site=frontend.example:80", 404),
        ("site=frontend.example:x", 400),
        ("fields=nothing", 400),
        ("nothing=1", 400),
    ],
)
def test_odd_parameters_are_refused(client, tree, query, status):
    contract.problem(client.get(f"{ADDRESS}?{query}"), status)
