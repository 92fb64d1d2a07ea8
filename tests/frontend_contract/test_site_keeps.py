"""What the reference site keeps of pages that it has made, and what it drops of them when it is told."""

import http.client
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from standardwebhooks import Webhook

from api.views.site import SiteView
from api.webhooks import queue
from api.webhooks.models import Endpoint, Secret, new_secret
from frontend_contract.situations.drafts import preview_of
from pages import models
from tests import factories
from tests.frontend_contract.frontends import Frontend, start_site, stop
from tests.servers import serving
from tests.telling import send_due, tell

pytestmark = [pytest.mark.once]

SECRET, OTHER = new_secret(), new_secret()


@pytest.fixture(scope="module")
def keeping(django_db_setup) -> Iterator[Frontend]:
    with serving() as port:
        started = start_site(port, WEBHOOK_SECRET=SECRET)
        yield started
        stop(started)


@pytest.fixture
def site(keeping: Frontend, db) -> Frontend:
    """The site, having kept nothing of the test before."""
    call(keeping, ["sites", "pages"])
    return keeping


@pytest.fixture
def home(site: Frontend) -> models.HomePage:
    return factories.make_site("localhost", site.port).root_page.specific


@pytest.fixture
def page(home) -> models.StandardPage:
    return factories.StandardPageFactory(parent=home, slug="one", title="First title")


def call(site, tags, secret=SECRET, at=None):
    """Calls the site as the newsroom does. Gives status and answer."""
    body = json.dumps({"type": "cache.invalidated", "data": {"tags": tags}})
    at = at or datetime.now(UTC)
    headers = {
        "content-type": "application/json",
        "webhook-id": "msg_1",
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign("msg_1", at, body),
    }
    connection = http.client.HTTPConnection("localhost", site.port, timeout=30)
    connection.request("POST", "/-/revalidate", body, headers)
    response = connection.getresponse()
    answer = json.loads(response.read())
    connection.close()
    return response.status, answer


def status_of(answer):
    return answer.headers["Cache-Status"]


def title_of(answer):
    return answer.page.xpath("//h1")[0].text_content()


def retitle(page, title):
    page.title = title
    page.save_revision().publish()


def test_a_page_is_made_once_and_dropped_by_the_tags_it_was_made_of(site, page):
    first, second = site.get("/one/"), site.get("/one/")
    assert status_of(first) == "site; fwd=miss; stored"
    assert status_of(second).startswith("site; hit; ttl=")
    assert (second.html, second.status) == (first.html, 200)
    for name in ("Content-Type", "Content-Security-Policy", "Cache-Tag", "X-Content-Type-Options"):
        assert second.headers[name] == first.headers[name] is not None, name
    tags = first.headers["Cache-Tag"].split(",")
    assert f"page:{page.pk}" in tags
    assert first.headers["Surrogate-Key"].split() == tags

    retitle(page, "Second title")
    assert title_of(site.get("/one/")) == "First title", "nobody has told the site"
    assert call(site, [f"page:{page.pk}"]) == (200, {"dropped": 1})
    after = site.get("/one/")
    assert (title_of(after), status_of(after)) == ("Second title", "site; fwd=miss; stored")


def test_exactly_what_a_call_names_is_dropped(site, home, page):
    other = factories.StandardPageFactory(parent=home, slug="two")
    for path in ("/one/", "/two/"):
        site.get(path)
    assert call(site, [f"page:{page.pk}", "image:99"]) == (200, {"dropped": 1})
    assert "hit" in status_of(site.get("/two/"))
    assert "miss" in status_of(site.get("/one/"))
    assert call(site, [f"page:{other.pk}", f"page:{page.pk}"]) == (200, {"dropped": 2})
    assert call(site, []) == (200, {"dropped": 0})


@pytest.mark.parametrize(
    ("secret", "late"),
    [(OTHER, timedelta(0)), (SECRET, timedelta(minutes=6)), (SECRET, timedelta(minutes=-6))],
    ids=["another's", "late", "early"],
)
def test_a_call_that_is_not_signed_now_and_by_the_newsroom_drops_nothing(site, page, secret, late):
    site.get("/one/")
    status, answer = call(site, [f"page:{page.pk}"], secret, datetime.now(UTC) - late)
    assert status == 401
    assert SECRET not in str(answer)
    assert "hit" in status_of(site.get("/one/"))


def test_what_is_dropped_while_it_is_made_is_not_kept(site, page, monkeypatch):
    asked, dropped = threading.Event(), threading.Event()
    get = SiteView.get

    def slow(self, request):
        answer = get(self, request)
        asked.set()
        assert dropped.wait(10)
        return answer

    monkeypatch.setattr(SiteView, "get", slow)
    answers = []
    reader = threading.Thread(target=lambda: answers.append(site.get("/one/")))
    reader.start()
    assert asked.wait(10)
    assert call(site, [f"page:{page.pk}"])[0] == 200
    dropped.set()
    reader.join()
    assert answers[0].status == 200
    assert status_of(answers[0]) is None
    assert "miss" in status_of(site.get("/one/"))


def test_a_page_is_kept_no_longer_than_its_parts_hold(site, home, page, settings):
    settings.CACHE_SECONDS = 300
    assert int(site.get("/one/").headers["Cache-Control"].rpartition("=")[2]) in range(290, 301)
    ending = factories.StandardPageFactory(
        parent=home, slug="ends", expire_at=timezone.now() + timedelta(seconds=40)
    )
    assert int(site.get(ending.url).headers["Cache-Control"].rpartition("=")[2]) in range(30, 41)
    settings.CACHE_SECONDS = 0
    call(site, [f"page:{page.pk}"])
    for _ in range(2):
        answer = site.get("/one/")
        assert (status_of(answer), answer.headers["Cache-Control"]) == (None, "no-cache")


def test_what_comes_out_of_a_cache_holds_for_what_is_left_of_its_time(site, page, monkeypatch):
    get = SiteView.get

    def aged(self, request):
        answer = get(self, request)
        answer["Age"] = "50"
        return answer

    monkeypatch.setattr(SiteView, "get", aged)
    assert int(site.get("/one/").headers["Cache-Control"].rpartition("=")[2]) <= 10


def test_a_page_of_very_many_things_names_their_kinds(site, home, page):
    pages = factories.StandardPageFactory.create_batch(80, parent=home)
    sitemap = site.get("/sitemap.xml")
    assert all(one.url in sitemap.html for one in pages)
    tags = sitemap.headers["Cache-Tag"].split(",")
    assert len(tags) <= 64
    assert {"page", "sites"} <= set(tags)
    assert "hit" in status_of(site.get("/sitemap.xml"))
    assert call(site, ["page:7", "page"])[1]["dropped"] >= 1


def test_drafts_searches_and_what_is_missing_are_not_kept(site, home, page):
    token = preview_of(page).token
    draft = {"content_type": "pages.standardpage", "token": token}
    for path, query in (
        ("/preview/", draft),
        ("/search/", {"q": "first"}),
        ("/one/", {"utm_source": "x"}),
        ("/nothing/", {}),
    ):
        for _ in range(2):
            assert status_of(site.get(path, **query)) is None, path


def test_the_newsroom_tells_the_site_of_what_was_changed(site, home, page):
    endpoint = Endpoint(
        name="Site", url=f"http://127.0.0.1:{site.port}/-/revalidate", about=Endpoint.About.TAGS
    )
    queue.create_endpoint(endpoint)
    Secret.objects.update(value=SECRET)
    other = factories.StandardPageFactory(parent=home, slug="two")
    tell()
    send_due(endpoint)
    for path in ("/one/", "/two/"):
        assert "miss" in status_of(site.get(path))
    retitle(page, "Second title")
    tell()
    (delivery,) = send_due(endpoint)
    assert [attempt.status for attempt in delivery.attempts.all()] == [200]
    assert title_of(site.get("/one/")) == "Second title"
    assert "hit" in status_of(site.get(other.url))
