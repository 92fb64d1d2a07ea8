"""The site as it will be is the site as the worker will have made it by then."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision

from api.documents.models import Installed
from api.search.catching_up import catch_up
from cms.as_of import middleware
from cms.work.schedule import Schedule
from pages.models import NewsroomSettings, RelatedPage
from tests import factories
from tests.cms.as_of.ahead import HOUR, ask, hours, plan, planned

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom(home):
    """One of everything that can be planned, by name."""
    topic = factories.TopicFactory(name="Ports", slug="ports")
    news = factories.SectionPageFactory(parent=home, slug="news", title="News")
    live = factories.PressReleasePageFactory(parent=news, slug="live", title="Live", topics=[topic])
    pages = {
        "news": news,
        "live": live,
        "new": planned(news, hours(1), slug="new", title="Dredging begins", topics=[topic]),
        "later": planned(news, hours(9), slug="later", title="Dredging ends"),
        "ending": factories.PressReleasePageFactory(
            parent=news, slug="ending", title="Ending", expire_at=hours(2)
        ),
        "changed": factories.PressReleasePageFactory(parent=news, slug="changed", title="Before"),
        "short": planned(news, hours(1), slug="short", title="Short", expire_at=hours(2)),
        "alias": live.create_alias(parent=home, update_slug="alias"),
        "renamed": factories.SectionPageFactory(parent=home, slug="old", title="Old"),
    }
    pages["below"] = factories.StandardPageFactory(parent=pages["renamed"], slug="below")
    plan(pages["changed"], hours(1), title="After", topics=[topic])
    plan(live, hours(1), title="Still live", related_pages=[RelatedPage(related_page=pages["new"])])
    inner = factories.SectionPageFactory(parent=pages["renamed"], slug="inner")
    child = planned(inner, hours(2), factories.StandardPageFactory, slug="child", title="Child")
    pages |= {"inner": inner, "child": child}
    plan(pages["below"], hours(2), slug="lower", title="Lower")
    plan(pages["renamed"], hours(1), slug="renamed", title="Renamed")
    # Its end comes before, and takes what is planned with it.
    over = factories.PressReleasePageFactory(
        parent=news, slug="over", title="Over", expire_at=hours(1)
    )
    pages["over"] = plan(over, hours(2), title="Again", expire_at=None)
    _in_menu(home, pages["new"], pages["ending"])
    return pages


def _in_menu(home, *pages):
    settings = NewsroomSettings.for_site(home.get_site())
    settings.header_navigation = [
        ("item", {"text": page.title, "link": {"page": page}, "children": []}) for page in pages
    ]
    settings.save()


def questions(pages):
    """Everything that can be asked of the site, of each page and of all."""
    yield from (
        ("site/", {}),
        ("pages/", {"fields": "*", "limit": 20}),
        ("pages/", {"order": "-publication_date"}),
    )
    yield from (("pages/", {"search": words}) for words in ("dredging", "again", "renamed"))
    yield ("pages/", {"facets": "topic,kind,year,section", "topic": "ports"})
    yield ("redirects/", {})
    for page in pages.values():
        yield (f"pages/{page.pk}/", {})
        path = page.get_url_parts()[2]
        yield ("route/", {"path": path})
        yield ("pages/find/", {"html_path": path})
    for path in ("", "below/", "lower/", "inner/", "inner/child/"):
        yield ("route/", {"path": f"/renamed/{path}"})
    yield ("route/", {"path": "/alias/"})


def said(response):
    """What an answer says, but for the ids of redirects, which are given in another order."""
    body = response.json() if response.content else response.get("Location")
    for item in body.get("items", []) if isinstance(body, dict) else []:
        if "old_path" in item:
            del item["id"], item["meta"]["detail_url"]
    return response.status_code, body


def differences(one, other, place=""):
    """Where two answers differ, for whoever reads that they do."""
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            d
            for k in one.keys() | other.keys()
            for d in differences(one.get(k), other.get(k), f"{place}.{k}")
        ]
    if (
        isinstance(one, (list, tuple))
        and isinstance(other, (list, tuple))
        and len(one) == len(other)
    ):
        return [
            d
            for i, pair in enumerate(zip(one, other, strict=True))
            for d in differences(*pair, f"{place}[{i}]")
        ]
    return [] if one == other else [(place, one, other)]


def test_every_answer_is_the_one_that_the_worker_will_have_made(
    ada, newsroom, django_capture_on_commit_callbacks
):
    moment = hours(3)
    asked = list(questions(newsroom))
    before = [said(Client().get(f"/api/v2/{endpoint}", query)) for endpoint, query in asked]
    ahead = [said(ask(ada, moment, endpoint, **query)) for endpoint, query in asked]
    meanwhile = [said(Client().get(f"/api/v2/{endpoint}", query)) for endpoint, query in asked]

    schedule = Schedule()
    begins = Revision.objects.values_list("approved_go_live_at", flat=True)
    ends = [page.expire_at for page in newsroom.values()]
    for at in sorted(each for each in {*begins, *ends} if each and each < moment):
        with (
            time_machine.travel(at, tick=False),
            django_capture_on_commit_callbacks(execute=True),
        ):
            schedule.keep()
    with time_machine.travel(moment, tick=False):
        then = [said(Client().get(f"/api/v2/{endpoint}", query)) for endpoint, query in asked]

    assert dict(enumerate(meanwhile)) == dict(enumerate(before))
    for question, one, other in zip(asked, ahead, then, strict=True):
        assert differences(one, other) == [], question
    assert sum(one != other for one, other in zip(before, ahead, strict=True)) > 15


@pytest.mark.parametrize(
    ("name", "now", "then"),
    [
        ("new", 404, 200),
        ("later", 404, 404),
        ("ending", 200, 404),
        ("short", 404, 404),
        ("over", 200, 404),
        ("live", 200, 200),
    ],
)
def test_what_is_there(ada, newsroom, name, now, then):
    page = newsroom[name]

    assert Client().get(f"/api/v2/pages/{page.pk}/").status_code == now
    assert ask(ada, hours(3), f"pages/{page.pk}/").status_code == then
    listed = {one["id"] for one in ask(ada, hours(3), "pages/").json()["items"]}
    assert (page.pk in listed) == (then == 200)


def test_links_to_what_is_planned_lead_there(ada, newsroom):
    site = ask(ada, hours(3), "site/").json()
    assert "/news/new/" in str(site["header_navigation"])
    assert "/news/ending/" not in str(site["header_navigation"])
    alias = ask(ada, hours(3), f"pages/{newsroom['alias'].pk}/").json()
    assert alias["title"] == "Still live"
    assert "Dredging begins" in str(alias["related_pages"])
    below = ask(ada, hours(3), f"pages/{newsroom['below'].pk}/").json()
    assert "Renamed" in str(below["breadcrumbs"])


def test_what_is_published_has_the_moments_that_were_planned(ada, newsroom):
    meta = ask(ada, hours(3), f"pages/{newsroom['new'].pk}/").json()["meta"]
    at = newsroom["new"].go_live_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert (meta["first_published_at"], meta["last_published_at"]) == (at, at)


def test_the_moment_counts_and_not_the_session(ada, newsroom):
    path = f"pages/{newsroom['later'].pk}/"
    at = hours(10).isoformat()
    assert ask(ada, hours(3), path).status_code == 404
    assert ask(ada, hours(3), path, as_of=at).status_code == 200
    found = ask(ada, hours(3), "pages/find/", html_path="/news/later/", as_of=at)
    assert found.status_code == 302
    assert f"as_of={at[:10]}" in found["Location"]


def test_others_plans_are_not_seen(newsroom, home):
    """An editor of one section sees what is planned there, and all else as it is now."""
    sport = factories.SectionPageFactory(parent=home, slug="sport", title="Sport")
    mine = planned(sport, hours(1), title="Mine")
    kit = get_user_model().objects.create_user("kit", "kit@newsroom.example", "secret")
    group = Group.objects.create(name="Sport")
    admin = ContentType.objects.get(app_label="wagtailadmin", model="admin")
    group.permissions.add(Permission.objects.get(content_type=admin, codename="access_admin"))
    change = Permission.objects.get(content_type__app_label="wagtailcore", codename="change_page")
    GroupPagePermission.objects.create(group=group, page=sport, permission=change)
    kit.groups.add(group)

    listed = {one["title"] for one in ask(kit, hours(3), "pages/").json()["items"]}
    assert mine.title in listed
    assert {"Dredging begins", "Still live", "After"}.isdisjoint(listed)
    assert {"Ending", "Live", "Before"} <= listed
    assert ask(kit, hours(3), "pages/", search="dredging").json()["items"] == []


def test_what_is_under_embargo_stays_shut(ada, newsroom):
    factories.EmbargoFactory(page=Page.objects.get(pk=newsroom["new"].pk), until=hours(1))
    factories.EmbargoFactory(page=Page.objects.get(pk=newsroom["changed"].pk), until=hours(1))
    for name in ("new", "changed"):
        assert ask(ada, hours(3), f"pages/{newsroom[name].pk}/").status_code == 404
    assert "Dredging begins" not in ask(ada, hours(3), "pages/").text


def test_what_cannot_go_live_keeps_nothing_else_from_being_shown(ada, newsroom, caplog):
    factories.StandardPageFactory(parent=newsroom["news"], slug="taken")
    plan(newsroom["new"], hours(1), slug="taken2")
    Page.objects.filter(slug="taken").update(slug="taken2")

    assert ask(ada, hours(3), f"pages/{newsroom['new'].pk}/").status_code == 404
    changed = ask(ada, hours(3), f"pages/{newsroom['changed'].pk}/").json()
    assert changed["title"] == "After"
    assert "could not be shown" in caplog.text


def test_a_search_knows_all_that_is_planned(ada, home):
    """More pages than one search reads at once."""
    for number in range(60):
        planned(home, hours(1), title=f"Barge {number}")
    found = ask(ada, hours(2), "pages/", search="barge", limit=20).json()
    assert found["meta"]["total_count"] == 60


def test_a_search_ends_where_nothing_can_be_stored(ada, home, monkeypatch):
    """As by code of another version than the triggers are of."""
    planned(home, hours(1), title="Barge")
    Installed.objects.all().delete()
    tried = []

    def catching_up():
        tried.append(True)
        assert len(tried) < 9
        catch_up()

    monkeypatch.setattr(middleware, "catch_up", catching_up)
    assert ask(ada, hours(2), "pages/", search="barge").status_code == 200
    assert tried


def test_nothing_planned_is_the_site_as_it_is(ada, home):
    now = Client().get("/api/v2/site/")
    ahead = ask(ada, timezone.now() + timedelta(seconds=5) + HOUR, "site/")
    assert ahead.content == now.content
    assert ahead["ETag"] == now["ETag"]
