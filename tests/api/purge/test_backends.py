"""Caches are told in their own words, in as many requests as they need, and what they say is kept."""

import threading
import time

import pytest

from api.purge import backends
from api.purge.purge import purge
from tests.receiver import receiver

TAGS = ["card:7", "page:7", "pages"]
ZONE = {"ZONEID": "z1", "BEARER_TOKEN": "t1"}
SERVICE = {"SERVICE_ID": "s1", "TOKEN": "t1"}
URLS = ["https://news.example/a/?page=2", "https://news.example/b/"]


@pytest.fixture
def there():
    with receiver() as found:
        yield found


@pytest.fixture
def root(there, monkeypatch):
    """Where `there` is, also for whoever wants to speak to Fastly or Cloudflare."""
    root = there.url.removesuffix("/hook")
    monkeypatch.setattr(backends.FastlyBackend, "API", root)
    call = backends.CloudflareBackend.call

    def here(self, method, url, **kwargs):
        # The address is Wagtail's to know.
        theirs = "https://api.cloudflare.com/client/v4"
        return call(self, method, url.replace(theirs, root), **kwargs)

    monkeypatch.setattr(backends.CloudflareBackend, "call", here)
    return root


@pytest.fixture
def tell(settings):
    def tell(kind, what, **params):
        backend = kind if "." in kind else f"api.purge.backends.{kind}"
        settings.WAGTAILFRONTENDCACHE = {"one": {"BACKEND": backend, **params}}
        return purge("one", **what)

    return tell


def test_an_http_cache_is_told_of_each_address_under_its_own_host(tell, there, root):
    reply = tell("HTTPBackend", {"urls": URLS}, LOCATION=root)
    assert (reply.ok, reply.status) == (True, 204)
    assert [(got.method, got.path, got.headers["host"]) for got in there.received] == [
        ("PURGE", "/a/?page=2", "news.example"),
        ("PURGE", "/b/", "news.example"),
    ]


def test_what_is_not_kept_need_not_be_dropped(tell, there, root):
    there.answer = lambda got: (404, {}, b"not in cache")
    reply = tell("HTTPBackend", {"urls": URLS}, LOCATION=root)
    assert (reply.ok, reply.status, reply.text) == (True, 404, "not in cache")


def test_varnish_bans_whole_tags_by_a_pattern(tell, there, root):
    reply = tell("VarnishBackend", {"tags": TAGS}, LOCATION=root)
    (got,) = there.received
    assert reply.ok
    assert got.method == "BAN"
    assert got.headers["cache-tag"] == "(^|,)(card:7|page:7|pages)(,|$)"


@pytest.mark.parametrize(
    ("what", "body"),
    [({"tags": TAGS}, {"tags": TAGS}), ({"urls": URLS}, {"files": URLS})],
)
def test_cloudflare_is_told_of_tags_and_of_addresses(tell, there, root, what, body):
    there.answer = lambda got: (200, {}, b'{"success": true, "errors": []}')
    reply = tell("CloudflareBackend", what, **ZONE)
    (got,) = there.received
    assert reply.ok, reply.error
    assert got.path == "/zones/z1/purge_cache"
    assert got.headers["authorization"] == "Bearer t1"
    assert got.json == body


@pytest.mark.parametrize("answer", [b'{"success": false, "errors": []}', b"<html>", b"[]"])
def test_cloudflare_may_say_no_with_200(tell, there, root, answer):
    there.answer = lambda got: (200, {}, answer)
    reply = tell("CloudflareBackend", {"tags": TAGS}, **ZONE)
    assert not reply.ok
    assert (reply.status, reply.text) == (200, answer.decode())


def test_addresses_are_told_in_as_many_requests_as_they_need(tell, there, root):
    there.answer = lambda got: (200, {}, b'{"success": true}')
    urls = [f"https://news.example/{number}/" for number in range(250)]
    assert tell("CloudflareBackend", {"urls": urls}, **ZONE).ok
    assert [len(got.json["files"]) for got in there.received] == [100, 100, 50]


def test_fastly_is_told_of_keys_and_of_addresses(tell, there, root):
    reply = tell("FastlyBackend", {"tags": TAGS, "urls": URLS[:1]}, **SERVICE)
    address, keys = there.received
    assert reply.ok, reply.error
    assert (address.path, keys.path) == ("/purge/news.example/a/?page=2", "/service/s1/purge")
    assert keys.json == {"surrogate_keys": TAGS}
    for got in (address, keys):
        assert got.headers["fastly-key"] == "t1"
        assert "fastly-soft-purge" not in got.headers
    assert tell("FastlyBackend", {"tags": TAGS}, SOFT=True, **SERVICE).ok
    assert there.received[-1].headers["fastly-soft-purge"] == "1"


def test_too_many_requests_are_a_failure_that_says_for_how_long(tell, there, root):
    there.answer = lambda got: (429, {"retry-after": "30"}, b"slow down")
    reply = tell("HTTPBackend", {"urls": URLS}, LOCATION=root)
    assert (reply.ok, reply.status, reply.text) == (False, 429, "slow down")
    assert reply.retry_after.total_seconds() == 30
    assert len(there.received) == 1, "what does not answer is not asked for the rest"


def test_a_cache_that_is_out_is_a_failure(tell):
    reply = tell("VarnishBackend", {"tags": TAGS}, LOCATION="http://127.0.0.1:1")
    assert (reply.ok, reply.status) == (False, None)
    assert reply.error == "It could not be reached: [Errno 111] Connection refused"


def test_one_that_is_refused_keeps_no_other_from_being_dropped(tell, there, root):
    there.answer = lambda got: (403 if "a/" in got.path else 200, {}, b"")
    reply = tell("HTTPBackend", {"urls": URLS}, LOCATION=root)
    assert not reply.ok
    assert reply.error == f"1 of 2 were refused. {URLS[0]}: It answered 403."
    assert len(there.received) == 2


def test_a_cache_that_takes_its_time_is_not_waited_for(tell, there, root, monkeypatch):
    monkeypatch.setattr(backends, "TIMEOUT", 0.3)
    over = threading.Event()

    def slow(got):
        over.wait(5)
        return 200, {}, b""

    there.answer = slow
    began = time.monotonic()
    reply = tell("HTTPBackend", {"urls": URLS}, LOCATION=root)
    over.set()
    assert time.monotonic() - began < 2
    assert (reply.ok, reply.status) == (False, None)


def test_no_secret_is_repeated_by_what_is_wrong_with_it(tell, there, root):
    service = {**SERVICE, "TOKEN": "s3cret\n"}
    reply = tell("FastlyBackend", {"tags": TAGS}, **service)
    assert (reply.ok, there.received) == (False, [])
    assert "InvalidHeader" in reply.error
    assert "s3cret" not in reply.error


def test_what_wagtails_own_backends_only_log_is_a_failure_too(tell, there, root):
    wagtails = "wagtail.contrib.frontend_cache.backends.HTTPBackend"
    there.answer = lambda got: (503, {}, b"")
    reply = tell(wagtails, {"urls": URLS}, LOCATION=root)
    assert not reply.ok
    assert reply.error.count("503") == len(URLS)
    there.answer = lambda got: (200, {}, b"")
    assert tell(wagtails, {"urls": URLS}, LOCATION=root).ok, "what it said before is over"


def test_a_cache_that_is_not_set_up_is_a_failure(settings):
    settings.WAGTAILFRONTENDCACHE = {}
    assert "WAGTAILFRONTENDCACHE" in purge("one", tags=TAGS).error


def test_a_cache_in_front_of_nothing_of_ours_is_a_failure(tell, there, root):
    reply = tell("HTTPBackend", {"urls": []}, LOCATION=root)
    assert not reply.ok
    assert "HOSTNAMES" in reply.error
