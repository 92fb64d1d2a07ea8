"""A request to an address that somebody typed in goes nowhere it should not, and ends in time."""

import socket
import threading
import time
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network

import pytest
from django.core.exceptions import ValidationError
from standardwebhooks import Webhook, WebhookVerificationError

from api.reply import Reply
from api.webhooks.addresses import check_url
from api.webhooks.messages import headers_for
from api.webhooks.models import new_secret
from api.webhooks.send import MOST_READ, post
from tests.receiver import receiver

pytestmark = pytest.mark.once

WITHIN = [
    "127.0.0.1",
    "10.0.0.1",
    "172.16.3.4",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:0:7f00:1::",
    "ff02::1",
    "fec0::1",
    "::7f00:1",
    "::ffff:0:7f00:1",
    "192.88.99.1",
]


@pytest.fixture
def nothing_private(settings):
    settings.WEBHOOK_PRIVATE_NETWORKS = []


@pytest.mark.parametrize("address", WITHIN)
def test_private_addresses_are_refused(nothing_private, monkeypatch, address):
    """Typed in as they are, and when a name leads there; nothing is connected to."""
    host = f"[{address}]" if ":" in address else address
    with pytest.raises(ValidationError):
        check_url(f"https://{host}/")

    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))
    within = (family, socket.SOCK_STREAM, 6, "", (address, 443))
    connected = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [public, within])
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: connected.append(args))
    reply = post("https://looks-fine.example/", {}, b"{}")
    assert (reply.ok, reply.status) == (False, None)
    assert "not an address on the internet" in reply.error
    assert connected == []


def test_what_is_allowed_by_setting_is_not_refused(settings):
    settings.WEBHOOK_PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    check_url("http://127.0.0.1:4321/hook")
    with pytest.raises(ValidationError):
        check_url("http://10.0.0.1/")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "https://",
        "https://a:b@example.org/",
        "https://example.org/#part",
        "https://[::1",
        "https://example.org:99999/",
        "http://example.org/",
        "https://bücher.example/hook",
        "https://example.org/hök",
    ],
)
def test_addresses_that_are_none_are_told(nothing_private, url):
    with pytest.raises(ValidationError):
        check_url(url)


def test_plain_http_does_not_leave_the_network(settings, monkeypatch):
    settings.WEBHOOK_PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]
    where = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: [where])

    assert post("http://example.org/", {}, b"").error == "Over the internet it has to be https."


def test_being_sent_elsewhere_is_a_failure_and_not_followed():
    with receiver() as there:
        there.answer = lambda got: (302, {"location": "/elsewhere"}, b"")
        reply = post(there.url, {}, b"{}")

        assert (reply.ok, reply.status) == (False, 302)
        assert [got.path for got in there.received] == ["/hook"]


def test_of_a_long_answer_the_beginning_is_read():
    with receiver() as there:
        there.answer = lambda got: (200, {"x-word": "said"}, b"\x00\xff" + b"a" * 10**6)
        reply = post(there.url, {}, b"{}")

    assert reply.ok
    assert len(reply.text) == MOST_READ
    assert reply.text.startswith("\ufffd\ufffda")
    assert reply.headers["x-word"] == "said"


@pytest.mark.parametrize("said", [b"", b"HTTP/1.1 200 OK\r\ncontent-length: 999\r\n\r\n"])
def test_whoever_answers_a_byte_at_a_time_is_out_of_time(said):
    """Each byte comes long before a socket would give up."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        ended = threading.Event()

        def drip():
            connection, _ = server.accept()
            with connection:
                connection.sendall(said)
                while not ended.wait(0.05):
                    try:
                        connection.sendall(b"H")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        began = time.monotonic()
        reply = post(f"http://127.0.0.1:{server.getsockname()[1]}/", {}, b"{}", timeout=0.5)
        ended.set()
        thread.join()

    assert time.monotonic() - began < 5
    assert (reply.ok, reply.status) == (False, None)
    assert "within 0.5 seconds" in reply.error or "illegal" in reply.error


def test_whatever_cannot_be_sent_is_told():
    reply = post("https://bücher.example/", {}, b"{}")
    assert reply.error
    assert not reply.ok


def test_nobody_there_is_told():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        reply = post(f"http://127.0.0.1:{taken.getsockname()[1]}/", {}, b"{}")

    assert reply.error
    assert not reply.ok


def test_signatures_are_what_the_published_library_verifies():
    old, new, other = new_secret(), new_secret(), new_secret()
    payload = '{"type":"page.updated","data":{"path":"/nachricht/ü/"}}'
    headers = headers_for("msg_1", payload, [new, old], datetime.now(UTC))

    for secret in (old, new):
        assert Webhook(secret).verify(payload, headers)["type"] == "page.updated"
    with pytest.raises(WebhookVerificationError):
        Webhook(other).verify(payload, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(new).verify(payload.replace("updated", "deleted"), headers)
    late = headers_for("msg_1", payload, [new], datetime.now(UTC) - timedelta(minutes=10))
    with pytest.raises(WebhookVerificationError, match="too old"):
        Webhook(new).verify(payload, late)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        ("0", 0),
        ("soon", 0),
        ("-5", 0),
        ("9" * 400, 10**6),
        ("9" * 5000, 10**6),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", 0),
    ],
)
def test_how_long_a_receiver_wants_to_be_left_alone(value, seconds):
    assert Reply(headers={"retry-after": value}).retry_after == timedelta(seconds=seconds)


def test_until_when_a_receiver_wants_to_be_left_alone():
    at = datetime.now(UTC) + timedelta(hours=1)
    found = Reply(headers={"retry-after": f"{at:%a, %d %b %Y %H:%M:%S} GMT"}).retry_after
    assert timedelta(minutes=59) < found < timedelta(minutes=61)
