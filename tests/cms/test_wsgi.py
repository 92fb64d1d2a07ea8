"""What a `Content-Type` says of a charset breaks no request, and changes no query."""

import json
from io import BytesIO
from typing import Any
from urllib.parse import quote
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from cms.wsgi import application
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def kept_connection():
    """As Django's own test client does."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


def ask(path, content_type, method="GET", query="", body=b""):
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_HOST": "testserver",
        "wsgi.input": BytesIO(body),
    }
    setup_testing_defaults(environ)
    said: dict[str, Any] = {}

    def start(status, headers, *_):
        said.update(status=int(status[:3]), headers=dict(headers))

    body = b"".join(application(environ, start))
    return said["status"], said["headers"]["Content-Type"], body


ODD = [
    "x/y; charset=base64",
    "x/y; a*=nope''b",
    "x/y; charset=utf-7",
    "x/y; charset=utf-16",
    "x/y; charset=nothing",
]


@pytest.mark.parametrize("content_type", ODD)
def test_no_charset_breaks_what_is_read(content_type):
    factories.make_site("testserver")
    status, kind, body = ask("/api/v2/pages/", content_type, query="slug=%2B2AA-")
    assert (status, kind) == (200, "application/json")
    assert json.loads(body)["items"] == []


@pytest.mark.parametrize("content_type", ODD)
def test_what_is_sent_in_an_odd_charset_is_refused(content_type):
    status, kind, body = ask("/api/v2/review/visit/", content_type, "POST", body=b"{}")
    assert (status, kind) == (415, "application/problem+json")
    assert "UTF-8" in json.loads(body)["detail"]


def test_a_query_is_utf_8_whatever_a_header_says():
    site = factories.make_site("testserver")
    factories.StandardPageFactory(parent=site.root_page, title="Café")
    query = f"title={quote('Café')}"
    for content_type in ("", "text/plain; charset=utf-8", "x/y; charset=latin-1"):
        _, _, body = ask("/api/v2/pages/", content_type, query=query)
        assert [item["title"] for item in json.loads(body)["items"]] == ["Café"], content_type


def test_what_browsers_send_is_read():
    for content_type in ("application/json", "application/json; charset=UTF-8", ""):
        status, *_ = ask("/api/v2/review/visit/", content_type, "POST", body=b"{}")
        assert status == 404
