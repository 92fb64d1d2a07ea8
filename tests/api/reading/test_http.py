"""What every answer says of itself, by the short way and by the views."""

import gzip
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from api.documents.models import Document
from api.documents.store import documents_of
from api.reading import middleware
from api.reading.shortcut import shortcut
from api.rich_text_format import FORMATS
from pages import models
from tests import bodies, factories
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

PLAIN = [
    "pages/{release.pk}/",
    "pages/{release.pk}/?rich_text_format=html",
    "pages/{about.pk}/?site=frontend.example",
    "pages/{other_page.pk}/?site=other.example",
    "pages/find/?html_path=/about/",
    "route/?path=/news/dredging/",
    "route/?path=",
    "route/?path=/about/gesetz-%C3%BCber-h%C3%A4fen/",
    "route/?path=/fr/%C3%A0-propos&rich_text_format=markdown",
    "route/?path=/elsewhere/&site=other.example",
    "site/",
    "site/?site=other.example",
]
OTHERS = [
    "pages/",
    "pages/?fields=*",
    "pages/?search=harbour",
    "pages/{release.pk}/?fields=title",
    "images/",
    "images/{image.pk}/",
    "documents/",
    "redirects/",
]


@pytest.fixture
def address(request, tree) -> str:
    return "/api/v2/" + request.param.format(**vars(tree))


each_plain = pytest.mark.parametrize("address", PLAIN, indirect=True)
each = pytest.mark.parametrize("address", PLAIN + OTHERS, indirect=True)
each_document = pytest.mark.parametrize(
    "address", [one for one in PLAIN + OTHERS if "find" not in one], indirect=True
)


@pytest.fixture
def views(monkeypatch):
    """Leaves the answers to the views alone."""
    return lambda: monkeypatch.setattr(middleware, "shortcut", lambda request, endpoint: None)


# The short way --------------------------------------------------------------------------------------


@each_plain
@pytest.mark.parametrize("coding", ["identity", "gzip"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_the_short_way_answers_as_the_views_do(client, address, coding, method, views):
    ask = getattr(client, method)
    headers = {"accept-encoding": coding}
    client.get(address, headers=headers)
    if "find" in address:
        client.get(client.get(address)["Location"])
    with CaptureQueriesContext(connection) as queries:
        short = ask(address, headers=headers)
    assert len(queries) == 1

    views()
    long = ask(address, headers=headers)

    assert (short.status_code, unpacked(short)) == (long.status_code, unpacked(long))
    # How well it is compressed, and so its length, may differ.
    lengths = {"Content-Length": ""}
    assert {**dict(short.items()), **lengths} == {**dict(long.items()), **lengths}


@each_plain
def test_what_is_known_takes_no_body_from_the_database(client, address):
    etag = client.get(address).get("ETag")
    if not etag:
        return  # A redirect has none.
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers={"if-none-match": etag})

    assert (answer.status_code, answer.content, len(queries)) == (304, b"", 1)
    assert "strpos" in queries[0]["sql"] or "instr" in queries[0]["sql"]


@pytest.mark.parametrize(
    "query",
    ["path=/about/&path=/news/", "path=/a%00", "path=/about/&fields=title", "path=/about/&x=1"],
)
def test_what_is_not_plain_is_left_to_the_views(client, tree, query, monkeypatch):
    answers = []

    def noted(request, endpoint):
        answers.append(shortcut(request, endpoint))
        return answers[-1]

    monkeypatch.setattr(middleware, "shortcut", noted)
    client.get("/api/v2/route/?path=/about/")
    assert answers.pop() is not None
    client.get(f"/api/v2/route/?{query}")
    assert answers == [None]


def test_people_are_shown_a_page(client, tree):
    address = f"/api/v2/pages/{tree.about.pk}/"
    client.get(address)

    answer = client.get(address, headers={"accept": "text/html,application/xml;q=0.9,*/*;q=0.8"})

    assert answer["Content-Type"].startswith("text/html")
    assert "About" in answer.text


def test_a_page_is_on_its_own_site_alone(client, tree):
    address = f"/api/v2/pages/{tree.other_page.pk}/"
    assert client.get(f"{address}?site=other.example").status_code == 200

    assert client.get(address).status_code == 404
    assert client.get(address, headers={"host": "other.example"}).status_code in (200, 400)


@pytest.mark.parametrize("name", FORMATS)
def test_formats_are_kept_apart(client, tree, name):
    documents_of([tree.release.pk])
    documents_of([tree.release.pk], name)

    answer = client.get(f"/api/v2/pages/{tree.release.pk}/?rich_text_format={name}")

    stored = Document.objects.get(page_id=tree.release.pk, rich_text_format=name)
    assert answer.content.decode() == stored.body


# Validators -----------------------------------------------------------------------------------------


@pytest.mark.once
@each_document
@pytest.mark.parametrize(
    "written",
    ["{etag}", "W/{etag}", '"other", {etag}', "{packed}", "*"],
)
def test_what_the_client_has_is_not_sent_again(client, address, written):
    first = client.get(address)
    etag = first["ETag"]
    packed = etag[:-1] + '-gzip"'

    answer = client.get(
        address, headers={"if-none-match": written.format(etag=etag, packed=packed)}
    )

    assert (answer.status_code, answer.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert answer[name] == first[name]


@pytest.mark.once
@each_document
def test_what_the_client_has_not_is_sent(client, address):
    first = client.get(address)
    answer = client.get(address, headers={"if-none-match": '"other"'})
    assert (answer.status_code, answer.content) == (200, first.content)


def test_another_answer_has_another_tag(client, tree):
    address = f"/api/v2/pages/{tree.about.pk}/"
    before = client.get(address)["ETag"]
    Page.objects.filter(pk=tree.about.pk).update(title="Other")

    answer = client.get(address, headers={"if-none-match": before})

    assert answer.status_code == 200
    assert answer["ETag"] != before
    listings = [client.get(f"/api/v2/pages/{query}")["ETag"] for query in ("", "?fields=title")]
    assert listings[0] != listings[1]


@pytest.mark.once
@each_document
def test_compressed_it_is_the_same_with_another_tag(client, address):
    plain = client.get(address)
    packed = client.get(address, headers={"accept-encoding": "br, gzip"})

    assert re.fullmatch('"[0-9a-f]{32}"', plain["ETag"])
    if len(plain.content) > 200:
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert len(packed.content) < len(plain.content)
        assert packed["ETag"] == plain["ETag"][:-1] + '-gzip"'
    assert int(packed["Content-Length"]) == len(packed.content)
    assert packed["Vary"] == plain["Vary"]
    assert client.get(address, headers={"accept-encoding": "gzip;q=0"}).content == plain.content


# Caches ---------------------------------------------------------------------------------------------


@pytest.mark.once
@each
def test_caches_may_keep_it_for_a_while(client, address, settings):
    settings.CACHE_SECONDS, settings.STALE_SECONDS = 300, 600
    answer = client.get(address)

    directives = "public, max-age=0, s-maxage=300, stale-while-revalidate=600"
    assert answer["Cache-Control"] == ("no-cache" if "find" in address else directives)
    vary = {name.strip().lower() for name in answer["Vary"].split(",")}
    assert vary == {"accept", "accept-encoding", "origin"}


@pytest.mark.parametrize("endpoint", ["pages/{about.pk}/", "route/?path=/about/", "pages/"])
def test_they_may_not_keep_it_beyond_its_end(client, tree, endpoint, settings):
    settings.CACHE_SECONDS, settings.STALE_SECONDS = 300, 600
    address = "/api/v2/" + endpoint.format(**vars(tree))
    with time_machine.travel(timezone.now(), tick=False):
        end = timezone.now() + timedelta(seconds=400)
        Page.objects.filter(pk=tree.about.pk).update(expire_at=end)
        first, again = client.get(address), client.get(address)
    assert first["Cache-Control"] == again["Cache-Control"]
    assert again["Cache-Control"].endswith("s-maxage=300, stale-while-revalidate=100")

    with time_machine.travel(end - timedelta(seconds=50), tick=False):
        assert client.get(address)["Cache-Control"] == "public, max-age=0, s-maxage=50"


@pytest.mark.parametrize("endpoint", ["pages/{release.pk}/", "pages/"])
def test_nor_beyond_a_planned_publication(client, tree, endpoint, settings):
    """The release links to the page that is planned."""
    settings.CACHE_SECONDS, settings.STALE_SECONDS = 300, 0
    address = "/api/v2/" + endpoint.format(**vars(tree))
    client.get(address)
    with time_machine.travel(timezone.now(), tick=False):
        page = fresh(tree.about)
        page.go_live_at = timezone.now() + timedelta(seconds=120)
        page.save_revision().publish()

        for _ in range(2):
            assert client.get(address)["Cache-Control"] == "public, max-age=0, s-maxage=120"


def test_tags_name_what_is_shown(client, tree):
    answer = client.get(f"/api/v2/pages/{tree.release.pk}/")

    tags = answer["Cache-Tag"].split(",")
    assert {f"page:{tree.release.pk}", f"person:{tree.person.pk}", "sites"} <= set(tags)
    assert answer["Surrogate-Key"].split() == tags
    listing = client.get("/api/v2/pages/")
    assert {"pages", "sites"} <= set(listing["Cache-Tag"].split(","))


def test_tags_are_at_most_64(client, tree):
    """Beyond that, those of the most numerous kind give way to its name."""
    people = [factories.PersonFactory(name=f"Person {number}") for number in range(70)]
    quotes = [
        bodies.block("quote", {"quotation": "Words.", "person": person.pk, "name": "", "post": ""})
        for person in people
    ]
    page = factories.PressReleasePageFactory(parent=fresh(tree.news), body=quotes)

    tags = client.get(f"/api/v2/pages/{page.pk}/")["Cache-Tag"].split(",")

    assert len(tags) <= 64
    assert "person" in tags
    assert not [tag for tag in tags if tag.startswith("person:")]
    assert f"page:{page.pk}" in tags


@pytest.mark.parametrize("endpoint", ["pages/1000000/", "route/?path=/nothing/", "pages/?x=1"])
def test_an_error_is_asked_for_again(client, tree, endpoint):
    answer = client.get(f"/api/v2/{endpoint}")
    assert answer.status_code in (400, 404)
    assert answer["Cache-Control"] == "no-cache"


def test_a_get_writes_no_settings(client, tree):
    client.get("/api/v2/site/")
    assert not models.NewsroomSettings.objects.filter(site=tree.other_site).exists()


# Frontends in browsers ------------------------------------------------------------------------------


@pytest.mark.once
@each
def test_a_configured_frontend_may_read_it(client, address, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example.org"]
    answer = client.get(address, headers={"origin": "https://news.example.org"})

    assert answer["Access-Control-Allow-Origin"] == "https://news.example.org"
    assert {"ETag", "Dateline-Contract"} <= set(
        re.split(", *", answer["Access-Control-Expose-Headers"])
    )
    other = client.get(address, headers={"origin": "https://evil.example"})
    assert not other.has_header("Access-Control-Allow-Origin")
    assert not answer.has_header("Access-Control-Allow-Credentials")


def test_browsers_are_told_what_they_may_ask(client, tree, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://news.example.org"]
    asked = {
        "origin": "https://news.example.org",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match",
    }
    answer = client.options("/api/v2/pages/", headers=asked)

    assert answer.status_code == 200
    assert "if-none-match" in answer["Access-Control-Allow-Headers"]
    assert answer["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert (
        not Client()
        .options("/admin/login/", headers=asked)
        .has_header("Access-Control-Allow-Origin")
    )


def unpacked(answer) -> bytes:
    if answer.get("Content-Encoding") == "gzip" and answer.content:
        return gzip.decompress(answer.content)
    return answer.content
