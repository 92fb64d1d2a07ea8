"""Loading the demo: once, only where it harms nothing, and never over an editor's work."""

import io
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from wagtail.models import Page, Site

from pages import demo
from pages.demo.site import WELCOME, host_and_port
from pages.models import FactSheetPage, HomePage, NewsroomSettings, Topic

pytestmark = [pytest.mark.django_db]


def everything() -> dict[str, list]:
    """Every row of every table, and every file."""
    rows = {
        model._meta.label: list(model._base_manager.order_by("pk").values())
        for model in apps.get_models()
    }
    files = sorted(str(path) for path in Path(settings.MEDIA_ROOT).rglob("*"))
    return rows | {"files": files}


def test_loading_twice_changes_nothing():
    said = io.StringIO()
    demo.load(stdout=said)
    before = everything()
    assert len(before["pages.FactSheetPage"]) >= 12
    assert said.getvalue() == f"Loaded the demo content: {len(demo.ITEMS)} pages.\n"

    demo.load(stdout=said)

    assert everything() == before
    assert said.getvalue().count("\n") == 1


def test_what_editors_change_or_delete_stays_so():
    demo.load()
    FactSheetPage.objects.get(slug__startswith="fact-sheet-immigrants").delete()
    Topic.objects.get(slug="youth").delete()
    Topic.objects.filter(slug="hiring").update(name="Recruiting")
    NewsroomSettings.objects.update(name="Another name")
    HomePage.objects.get().unpublish()
    before = everything()

    demo.load()

    assert everything() == before


def test_the_welcome_page_gives_way_and_the_site_moves_to_the_frontend(settings):
    settings.FRONTEND_URL = "http://localhost:4321"

    demo.load()

    site = Site.objects.get()
    assert site.is_default_site
    assert (site.hostname, site.port) == ("localhost", 4321)
    assert site.root_page.specific == HomePage.objects.get()
    assert site.root_page.get_parent().is_root()
    assert site.root_url == "http://localhost:4321"
    assert not Page.objects.filter(title=WELCOME).exists()
    assert Page.find_problems() == ([], [], [], [], [])


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("http://localhost:4321", ("localhost", 4321)),
        ("http://news.example.org", ("news.example.org", 80)),
        ("https://news.example.org", ("news.example.org", 443)),
    ],
)
def test_the_site_is_where_the_frontend_is(url, place):
    hostname, port = host_and_port(url)
    assert (hostname, port) == place
    assert Site(hostname=hostname, port=port).root_url == url


def welcome() -> Page:
    return Page.objects.get(title=WELCOME)


def another_root_page():
    page = Page.objects.get(depth=1).add_child(instance=HomePage(title="Our own", slug="own"))
    Site.objects.update(root_page=page)


def another_page_at_the_root():
    Page.objects.get(depth=1).add_child(instance=HomePage(title="Our own", slug="own"))


def a_page_below_the_welcome_page():
    welcome().add_child(instance=Page(title="Child", slug="child"))


def an_edited_welcome_page():
    welcome().save_revision()


def a_renamed_welcome_page():
    Page.objects.filter(pk=welcome().pk).update(title="Our own")


def a_second_site():
    Site.objects.create(hostname="other.example.org", root_page=welcome())


def no_site():
    Site.objects.all().delete()


def a_snippet():
    Topic.objects.create(name="Hiring", slug="hiring")


@pytest.mark.parametrize(
    "use",
    [
        another_root_page,
        another_page_at_the_root,
        a_page_below_the_welcome_page,
        an_edited_welcome_page,
        a_renamed_welcome_page,
        a_second_site,
        no_site,
        a_snippet,
    ],
)
def test_a_site_in_use_is_refused_and_left_alone(use):
    use()
    before = everything()

    with pytest.raises(demo.SiteInUse):
        demo.load()

    assert everything() == before
