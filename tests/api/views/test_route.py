"""`route/`: what is at a path, in one call."""

import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction

from tests import factories
from tests.api import contract
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def route(client, tree):
    """The answer for a path."""

    def ask(path: str, **parameters):
        return client.get("/api/v2/route/", {"path": path, **parameters})

    return ask


# Pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "home"),
        ("", "home"),
        ("/news/dredging/", "release"),
        ("/news/dredging", "release"),
        ("/news/dredging/?utm_source=mail#top", "release"),
        ("https://frontend.example/news/dredging/", "release"),
        ("/about/gesetz-über-häfen/", "statute"),
        ("/about/gesetz-%C3%BCber-h%C3%A4fen/", "statute"),
        ("/fr/", "french_home"),
        ("/fr/%C3%A0-propos/", "french_about"),
    ],
)
def test_path_of_a_page_is_answered_with_the_page(client, tree, route, path, name):
    page = getattr(tree, name)

    answer = contract.route(route(path))

    detail = contract.page(client.get(f"/api/v2/pages/{page.pk}/"))
    assert answer == {"type": "page", "page": detail}


def test_every_public_page_is_at_its_own_path(tree, route):
    for page in tree.public:
        assert contract.route(route(page.full_url))["page"]["id"] == page.pk


def test_other_site_has_paths_of_its_own(client, tree, route, settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "other.example"]

    contract.problem(route("/elsewhere/"), 404)
    by_name = contract.route(route("/elsewhere/", site="other.example"))
    by_host = contract.route(
        client.get("/api/v2/route/?path=/elsewhere/", headers={"host": "other.example"})
    )
    assert by_name == by_host
    assert by_name["page"]["id"] == tree.other_page.pk


def test_fields_of_other_types_are_not_missed(route):
    assert contract.part(route("/about/", fields="_,title,deck,person"))["page"] == {
        "title": "About"
    }


def test_fields_select_parts_of_the_page(route):
    assert contract.part(route("/about/", fields="_,title,slug")) == {
        "type": "page",
        "page": {"meta": {"slug": "about"}, "title": "About"},
    }


# Redirects --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("is_permanent", "status"), [(True, 301), (False, 302)])
def test_redirect_says_where_and_how(tree, route, is_permanent, status):
    Redirect.add_redirect("/old/", tree.about, is_permanent=is_permanent)

    assert contract.route(route("/old/")) == {
        "type": "redirect",
        "location": "https://frontend.example/about/",
        "status": status,
    }


@pytest.mark.parametrize(
    ("old_path", "path"),
    [
        ("/8-usc-§-1373", "/8-usc-§-1373/"),
        ("/8-usc-§-1373", "/8-usc-%C2%A7-1373/"),
        ("/8-usc-§-1373", "/8-usc-%c2%a7-1373"),
        ("/8-usc-%C2%A7-1373", "/8-usc-§-1373/"),
        ("/8-usc-%C2%A7-1373", "/8-usc-%C2%A7-1373/"),
        ("/8-usc-%c2%a7-1373", "/8-usc-%c2%a7-1373/"),
        ("/old", "old"),
        ("/old", "https://frontend.example/old/"),
        ("/old", "/old/?page=2"),
        ("/old", "/old;v=1"),
        ("/old?a=1&b=2", "/old/?b=2&a=1"),
    ],
)
def test_redirect_is_found_however_its_path_is_spelled(tree, route, old_path, path):
    Redirect.objects.create(old_path=old_path, redirect_page=tree.statute)

    assert contract.route(route(path))["location"].startswith("https://frontend.example/about/ges")


def test_redirect_with_the_query_goes_before_one_without(tree, route):
    Redirect.add_redirect("/old", tree.about)
    Redirect.add_redirect("/old?p=7", tree.news)

    assert contract.route(route("/old/?p=7"))["location"].endswith("/news/")
    assert contract.route(route("/old/?p=8"))["location"].endswith("/about/")


def test_redirect_of_the_site_goes_before_one_of_all_sites(tree, route):
    for site, target in ((None, "all"), (tree.site, "own"), (tree.other_site, "other")):
        Redirect.add_redirect("/old", f"https://{target}.example/", site=site)

    assert contract.route(route("/old/"))["location"] == "https://own.example/"
    other = contract.route(route("/old/", site="other.example"))
    assert other["location"] == "https://other.example/"


def test_redirect_of_another_site_is_none(tree, route):
    Redirect.add_redirect("/old", tree.about, site=tree.other_site)

    contract.problem(route("/old/"), 404)


def test_redirect_to_a_route_of_a_page(tree, route):
    Redirect.add_redirect("/old", tree.about, page_route_path="/archive/2017/")

    location = contract.route(route("/old/"))["location"]
    assert location == "https://frontend.example/about/archive/2017/"


def test_redirect_leads_to_other_sites_and_languages(tree, route):
    Redirect.add_redirect("/old", tree.other_page)
    Redirect.add_redirect("/vieux", tree.french_about)

    assert contract.route(route("/old"))["location"] == "https://other.example/elsewhere/"
    french = contract.route(route("/vieux"))["location"]
    assert french == "https://frontend.example/fr/%C3%A0-propos/"


def test_redirect_follows_a_page_whose_slug_changed(
    tree, route, django_capture_on_commit_callbacks
):
    about = fresh(tree.about)
    about.slug = "who-we-are"
    with django_capture_on_commit_callbacks(execute=True):
        about.save_revision().publish()

    assert contract.route(route("/about/"))["location"] == "https://frontend.example/who-we-are/"


@pytest.mark.parametrize("name", ["draft", "unpublished", "expired", "private", "below"])
def test_redirect_to_a_page_that_is_not_public_is_none(tree, route, name):
    Redirect.add_redirect("/old", tree.hidden[name])

    contract.problem(route("/old/"), 404)


def test_redirect_to_a_page_outside_every_site_is_none(tree, route):
    nowhere = factories.HomePageFactory(parent=Page.get_first_root_node(), title="Nowhere")
    Redirect.add_redirect("/old", nowhere)

    contract.problem(route("/old/"), 404)


def test_page_goes_before_a_redirect(tree, route):
    Redirect.add_redirect("/about", tree.news)

    assert contract.route(route("/about/"))["type"] == "page"


# Gone, and nothing ------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["unpublished", "expired"])
def test_page_that_was_public_is_gone(route, name):
    detail = contract.problem(route(f"/{name}/"), 410)

    assert detail == "The page that was here is no longer public."


def test_page_unpublished_by_its_editor_is_gone(tree, route):
    fresh(tree.statute).save_revision().publish()
    fresh(tree.statute).unpublish()

    contract.problem(route("/about/gesetz-%C3%BCber-h%C3%A4fen/"), 410)


def test_the_slug_that_a_draft_took_afterwards_was_never_public(tree, route):
    page = factories.StandardPageFactory(parent=fresh(tree.home), slug="merger")
    page.save_revision().publish()
    page.refresh_from_db()
    page.unpublish()
    page.slug = "merger-with-acme"
    page.save_revision()
    page.save()

    contract.problem(route("/merger-with-acme/"), 404)


def test_redirect_goes_before_gone(tree, route):
    Redirect.add_redirect("/unpublished", tree.about)

    assert contract.route(route("/unpublished/"))["type"] == "redirect"


def test_page_that_became_private_was_never_there(tree, route):
    """Gone would say that it was."""
    page = tree.hidden["unpublished"]
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    contract.problem(route("/unpublished/"), 404)


@pytest.mark.parametrize(
    "path",
    [
        "/news/draft/",
        "/private/",
        "/private/below/",
        "/nothing/",
        "/news/dredging/nothing/",
        "/en/about/",
        "/about/%00",
        "//[",
        "http://[::1",
        "/..%2fabout",
        "/" + "a/" * 1500,
    ],
)
def test_nothing_is_at_other_paths(route, path):
    assert contract.problem(route(path), 404) == "Nothing is at this path."


def test_path_is_needed(client, tree):
    detail = contract.problem(client.get("/api/v2/route/"), 400)

    assert detail == "path is missing: the path on the frontend, such as /news/"


@pytest.mark.parametrize("query", ["path=/&nothing=1", "path=/&path=/", "path=/&fields=nothing"])
def test_odd_parameters_are_refused(client, tree, query):
    contract.problem(client.get(f"/api/v2/route/?{query}"), 400)


def test_no_cache_keeps_where_an_old_address_leads(route):
    """Nothing would tell it that it leads elsewhere by now, or that there is a page again."""
    Redirect.objects.create(old_path="/old", redirect_link="https://elsewhere.example/")
    answer = route("/old")
    assert answer.json()["type"] == "redirect"
    assert answer["Cache-Control"] == "no-cache"
    assert "s-maxage" in route("/news/dredging/")["Cache-Control"]
