"""Every change reaches each cache in front, as the log has it, in few requests."""

import json
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone

from api.webhooks import purges, queue
from api.webhooks.models import Delivery, Endpoint
from tests import factories
from tests.receiver import receiver
from tests.telling import send, send_due, tell

pytestmark = pytest.mark.django_db

VARNISH = "api.purge.backends.VarnishBackend"
HTTP = "api.purge.backends.HTTPBackend"


@pytest.fixture
def home():
    home = factories.make_site().root_page
    tell()
    return home


def cache(settings, backend=VARNISH, name="one", **params):
    there = {"BACKEND": backend, "LOCATION": "http://127.0.0.1:1", **params}
    settings.WAGTAILFRONTENDCACHE = settings.WAGTAILFRONTENDCACHE | {name: there}
    purges.know_caches()
    return Endpoint.objects.get(cache=name)


def dropped(there, kind):
    found = there.deliveries.filter(event=f"purge.{kind}").order_by("id")
    return [json.loads(one.payload)[kind] for one in found]


def test_a_cache_that_knows_tags_drops_tags_and_the_frontends_addresses(home, settings):
    there = cache(settings)
    page = factories.StandardPageFactory(parent=home, slug="one")
    tell()
    (tags,) = dropped(there, "tags")
    assert {f"page:{page.pk}", f"card:{page.pk}", "page", "pages"} <= set(tags)
    assert dropped(there, "urls") == [[page.full_url]]


def test_any_other_drops_what_has_an_address_before_and_after(home, settings):
    there = cache(settings, HTTP)
    page = factories.StandardPageFactory(parent=home, slug="one")
    tell()
    before = page.full_url
    Delivery.objects.all().delete()
    page.slug = "two"
    page.save_revision().publish()
    tell()
    (urls,) = dropped(there, "urls")
    assert dropped(there, "tags") == []
    assert {before, page.full_url} <= set(urls)
    assert f"{settings.CMS_URL}/api/v2/pages/{page.pk}/" in urls
    assert f"{settings.CMS_URL}/api/v2/route/?path=%2Fone%2F" in urls
    assert f"{settings.CMS_URL}/api/v2/route/?path=%2Ftwo%2F" in urls


def test_a_cache_is_told_of_its_own_hosts_alone(home, settings):
    host = urlsplit(home.full_url).hostname
    there = cache(settings, HTTP, HOSTNAMES=[host])
    settings.CMS_URL = "http://cms.example"
    page = factories.StandardPageFactory(parent=home, slug="one")
    tell()
    (urls,) = dropped(there, "urls")
    assert urls
    assert all(url.startswith(page.full_url) for url in urls), urls


def test_pages_name_more_addresses_of_their_own_as_wagtail_has_it(home, settings, monkeypatch):
    there = cache(settings)
    page = factories.StandardPageFactory(parent=home, slug="one")
    monkeypatch.setattr(type(page), "get_cached_paths", lambda self: ["/", "/print/"])
    tell()
    assert dropped(there, "urls") == [[page.full_url, f"{page.full_url}print/"]]


def test_a_menu_drops_its_tag_though_no_page_was_changed(home, settings):
    there = cache(settings)
    site = home.get_site()
    site.site_name = "Another name"
    site.save()
    tell()
    assert any("sites" in tags for tags in dropped(there, "tags"))


def test_what_gathers_while_a_cache_is_out_is_told_together(home, settings):
    there = cache(settings)
    page = factories.StandardPageFactory(parent=home)
    for number in range(20):
        page.title = f"Title {number}"
        page.save_revision().publish()
        tell()
    assert [len(dropped(there, kind)) for kind in ("tags", "urls")] == [1, 1]


def test_no_request_names_more_than_a_cache_takes(home, settings, monkeypatch):
    there = cache(settings)
    monkeypatch.setattr("api.purge.backends.VarnishBackend.TAGS_AT_ONCE", 10)
    tags = [f"page:{number}" for number in range(25)]
    purges.drop_tags(there, tags[:12])
    purges.drop_tags(there, tags[8:])
    found = dropped(there, "tags")
    assert {tag for some in found for tag in some} == set(tags)
    assert [len(some) for some in found] == [10, 10, 7], "some are told twice, none is left out"


def test_nothing_is_put_to_what_is_on_its_way(home, settings):
    there = cache(settings)
    purges.drop_tags(there, ["page:1"])
    (taken,) = queue.take(there, 1)
    purges.drop_tags(there, ["page:1"])
    assert json.loads(taken.payload) == {"tags": ["page:1"]}
    assert dropped(there, "tags") == [["page:1"], ["page:1"]]


def test_what_is_put_to_it_while_it_is_taken_is_sent(home, settings):
    there = cache(settings)
    purges.drop_tags(there, ["page:1"])
    late = ["page:2"]

    def before_it_is_taken(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and late:
            purges.drop_tags(there, [late.pop()])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(before_it_is_taken):
        (taken,) = queue.take(there, 1)
    assert json.loads(taken.payload) == {"tags": ["page:1", "page:2"]}


def test_what_was_refused_is_tried_again_as_soon_as_the_cache_is_there(home, settings):
    with receiver() as at:
        there = cache(settings, LOCATION=at.url.removesuffix("/hook"))
        purges.drop_tags(there, ["page:1"])
        there.deliveries.update(tries=5, due_at=timezone.now() + timedelta(hours=10))
        purges.drop_tags(there, ["page:1", "page:2"])
        assert dropped(there, "tags") == [["page:1"], ["page:1", "page:2"]]
        assert len(send_due(there)) == 1
    (refused,) = there.deliveries.filter(state=Delivery.State.PENDING)
    assert refused.due_at <= timezone.now()


def test_a_page_type_at_fault_keeps_nothing_from_being_dropped(home, settings, monkeypatch):
    there = cache(settings)
    page = factories.StandardPageFactory(parent=home, slug="one")

    def fault(self):
        raise RuntimeError

    monkeypatch.setattr(type(page), "get_cached_paths", fault)
    tell()
    assert dropped(there, "urls") == [[page.full_url]]


def test_a_fault_in_one_keeps_nobody_else_from_being_told(home, settings, monkeypatch):
    there = cache(settings)
    queue.create_endpoint(Endpoint(name="one", url="http://127.0.0.1:1/hook"))

    def fault(*args):
        raise RuntimeError

    monkeypatch.setattr(purges, "drop_changes", fault)
    factories.StandardPageFactory(parent=home, slug="one")
    tell()
    assert Delivery.objects.filter(event="page.published").count() == 1
    before = there.position
    there.refresh_from_db()
    assert there.position == before, "it is told when that is mended"


@pytest.mark.parametrize(
    ("backend", "hosts", "payload"),
    [
        (VARNISH, ["news.example"], {"tags": ["test"]}),
        (HTTP, ["localhost"], {"urls": ["http://localhost:8000/api/v2/site/"]}),
        (HTTP, ["elsewhere.example"], {"urls": []}),
    ],
)
def test_a_test_asks_for_nothing_that_the_cache_is_not_there_for(
    home, settings, backend, hosts, payload
):
    there = cache(settings, backend, HOSTNAMES=hosts)
    assert json.loads(queue.test(there).payload) == payload


def test_a_purge_is_tried_again_and_written_down_like_a_webhook(home, settings):
    with receiver() as at:
        there = cache(settings, LOCATION=at.url.removesuffix("/hook"))
        at.answer = lambda got: (503, {}, b"starting")
        purges.drop_tags(there, ["page:1"])
        (delivery,) = send_due(there)
        assert (delivery.state, delivery.tries) == (Delivery.State.PENDING, 1)
        there.refresh_from_db()
        assert (there.failures, there.state) == (1, "failing")
        at.answer = lambda got: (410, {}, b"gone")
        send(delivery)
        there.refresh_from_db()
        assert there.disabled_at is None, "a cache says 410 of what it does not have"
        at.answer = lambda got: (200, {}, b"banned")
        send(delivery)
    assert delivery.state == Delivery.State.DELIVERED
    assert [
        (one.status, one.response, one.error, one.request_headers)
        for one in delivery.attempts.all()
    ] == [
        (503, "starting", "It answered 503.", {}),
        (410, "gone", "It answered 410.", {}),
        (200, "banned", "", {}),
    ]
    there.refresh_from_db()
    assert there.state == "working"


def test_a_cache_that_is_not_set_up_any_more_is_told_nothing(home, settings):
    gone = cache(settings, name="gone")
    settings.WAGTAILFRONTENDCACHE = {}
    there = cache(settings, name="here")
    factories.StandardPageFactory(parent=home)
    tell()
    assert (dropped(gone, "tags"), gone.state) == ([], "not in the settings any more")
    assert len(dropped(there, "tags")) == 1
    assert list(queue.ours()) == [there]


def test_a_cache_is_known_once(home, settings):
    cache(settings)
    purges.know_caches()
    assert Endpoint.objects.count() == 1
    Endpoint.objects.all().delete()
    purges.know_caches()
    assert Endpoint.objects.count() == 1, "it is in the settings all the same"
