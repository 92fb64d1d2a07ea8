"""The reader: what people see of the newsroom, with nothing but HTTP in between."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import lxml.html  # type: ignore[import-untyped]  # publishes no types
import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale
from wagtail_footnotes.models import Footnote

from frontend_contract.reader.html import anchor, tag
from frontend_contract.reader.prose import prose
from pages import models
from tests import bodies, factories
from tests.servers import serving

# The reader knows no database. On one worker: the readers below serve all tests of this file.
pytestmark = [pytest.mark.once]

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    html: str

    @property
    def page(self) -> Any:
        return lxml.html.fromstring(self.html)

    @property
    def words(self) -> str:
        """What a person reads between the site's header and footer."""
        return " ".join(self.page.get_element_by_id("content").text_content().split())


@dataclass
class Reader:
    process: subprocess.Popen[bytes]
    port: int
    cms_port: int

    def get(self, path: str, method: str = "GET", **query: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, f"{path}?{urlencode(query)}" if query else path)
        response = connection.getresponse()
        html = response.read().decode()
        connection.close()
        return Answer(response.status, response.headers, html)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_reader(cms_port: int) -> Reader:
    """The reader as people start it, once it listens."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "frontend_contract.reader"],
        cwd=CHECKOUT,
        env=os.environ
        | {
            "CMS_URL": f"http://127.0.0.1:{cms_port}",
            "HOST": "127.0.0.1",
            "SITE_PORT": str(port),
            # A newsroom's machine may have a proxy for the world outside; the CMS is not there.
            "http_proxy": "http://127.0.0.1:9",
        },
        stderr=subprocess.DEVNULL,
    )
    for _ in range(200):
        assert process.poll() is None
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return Reader(process, port, cms_port)
        threading.Event().wait(0.05)
    pytest.fail("the reader does not listen")


def stop(reader: Reader) -> None:
    reader.process.terminate()
    reader.process.wait(10)


@pytest.fixture(scope="module")
def reader_of_the_cms(django_db_setup) -> Iterator[Reader]:
    with serving() as port:
        started = start_reader(port)
        yield started
        stop(started)


@pytest.fixture
def reader(reader_of_the_cms: Reader, db) -> Reader:
    """The reader, and a newsroom without anything in it."""
    return reader_of_the_cms


@pytest.fixture(scope="module")
def lonely_reader() -> Iterator[Reader]:
    """A reader whose CMS is out."""
    started = start_reader(free_port())
    yield started
    stop(started)


@pytest.fixture
def home(reader: Reader) -> models.HomePage:
    """The front page of a site that the reader shows."""
    site = factories.make_site("localhost", reader.port, title="Harbour news")
    settings = models.NewsroomSettings.for_site(site)
    settings.name = "The Harbour"
    settings.save()
    return site.root_page.specific


@pytest.fixture
def news(home: models.HomePage) -> models.SectionPage:
    return factories.SectionPageFactory(parent=home, title="News", slug="news")


def test_page_of_every_type_is_shown(reader, home, news):
    collection = factories.ProfileIndexPageFactory(parent=home, title="People", slug="people")
    make = {
        "/news/release/": partial(factories.PressReleasePageFactory, parent=news),
        "/news/sheet/": partial(factories.FactSheetPageFactory, parent=news),
        "/about/": partial(factories.StandardPageFactory, parent=home),
        "/people/ada/": partial(factories.ProfilePageFactory, parent=collection),
    }
    for path, factory in make.items():
        factory(slug=path.strip("/").split("/")[-1], title=f"Here is {path}")
    for path in [*make, "/", "/news/", "/people/"]:
        answer = reader.get(path)
        assert answer.status == 200, path
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        (title,) = answer.page.xpath("//h1")
        assert path not in make or title.text_content() == f"Here is {path}"
        assert answer.page.get("lang") == "en"
        assert answer.page.xpath("//a[@href='#content'][1]")[0].text_content() == "Skip to content"


def test_every_block_is_shown(reader, news):
    page, document = factories.StandardPageFactory(parent=news), factories.DocumentFactory()
    content = bodies.every_block(
        page=page,
        document=document,
        image=factories.ImageFactory(),
        person=factories.PersonFactory(),
        contact=factories.PressContactFactory(),
        boilerplate=factories.BoilerplateFactory(),
    )
    body = [*content, bodies.section(content)]
    factories.FactSheetPageFactory(parent=news, slug="all", body=body)
    answer = reader.get("/news/all/")
    assert answer.status == 200
    shown = " ".join([answer.words, *answer.page.xpath("//@alt")])
    for block in content:
        for words in texts_of(block["value"]):
            assert shown.count(words) >= 2, (block["type"], words)
    levels = [
        int(found.tag[1])
        for found in answer.page.xpath(
            "//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]"
        )
    ]
    assert levels[0] == 1
    assert all(now - before <= 1 for before, now in pairwise(levels)), levels
    ids = answer.page.xpath("//@id")
    assert len(ids) == len(set(ids))


def texts_of(value: Any) -> list[str]:
    """What an editor wrote into a block, without addresses, ids, dates and marks of rich text."""
    if isinstance(value, dict):
        silent = ("type", "id", "kind", "level", "date", "media", "page", "email", "columns")
        return [text for key, item in value.items() if key not in silent for text in texts_of(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts_of(item)]
    if not isinstance(value, str) or value.count("-") == 4 or not value:
        return []
    if value.startswith("<"):
        return [
            " ".join(
                lxml.html.fromstring(f"<div>{value}</div>")
                .xpath("//p[1]")[0]
                .text_content()
                .split()
            )
        ]
    return [value] if " " in value else []


def test_picture_is_offered_in_formats_and_widths(reader, news):
    image = {
        "image": bodies.picture(factories.ImageFactory(), alt="A “crane”"),
        "caption": "",
        "credit": "",
    }
    factories.StandardPageFactory(parent=news, slug="crane", body=[bodies.block("image", image)])
    (picture,) = reader.get("/news/crane/").page.xpath("//picture")
    types = [source.get("type") for source in picture.xpath(".//source")]
    assert types == ["image/avif", "image/webp", "image/jpeg"]
    assert all("320w" in source.get("srcset") for source in picture.xpath(".//source"))
    (image,) = picture.xpath(".//img")
    assert image.get("alt") == "A “crane”"
    assert (image.get("width"), image.get("height")) == ("640", "480")


def test_what_editors_write_is_words_and_never_markup(reader, home, news):
    evil = "<script>alert(1)</script>\"'>&amp;"
    quote = {"quotation": evil, "person": None, "name": evil, "post": evil, "organisation": evil}
    factories.PressReleasePageFactory(
        parent=news,
        slug="evil",
        title=evil,
        deck=evil,
        summary=evil,
        dateline_place=evil,
        body=[bodies.block("quote", quote), bodies.block("heading", {"text": evil, "level": "h2"})],
    )
    settings = models.NewsroomSettings.objects.get()
    settings.name = evil
    settings.save()
    for path in ("/news/evil/", "/news/", "/"):
        answer = reader.get(path)
        assert evil in answer.page.text_content()
        assert not answer.page.xpath("//script | //*[@onerror]")
        assert "<script>alert" not in answer.html


def test_links_that_lead_nowhere_good_are_words():
    for address in ("javascript:alert(1)", "data:text/html,x", "", " javascript:x", "JAVASCRIPT:x"):
        assert anchor(address, "words") == "words"
    assert (
        anchor("https://x.example/?a=1&b=2", "w")
        == '<a href="https://x.example/?a=1&amp;b=2">w</a>'
    )


def test_element_without_content_is_left_out():
    assert tag("p", None, "", []) == ""
    assert tag("p", 0) == "<p>0</p>"
    assert tag("img", alt="") == '<img alt="">'


def test_lists_nest_as_their_levels_say():
    def item(words: str, level: int, kind: str = "bullet") -> dict[str, Any]:
        span = {"_type": "span", "_key": "s", "text": words, "marks": []}
        return {
            "_type": "block",
            "style": "normal",
            "listItem": kind,
            "level": level,
            "children": [span],
            "markDefs": [],
        }

    one = [item("a", 1), item("b", 2), item("c", 1)]
    assert prose(one) == "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"
    two = [item("a", 1), item("b", 1, "number")]
    assert prose(two) == "<ul><li>a</li></ul><ol><li>b</li></ol>"
    jump = [item("a", 3), item("b", 1)]
    assert prose(jump) == "<ul><li><ul><li><ul><li>a</li></ul></li></ul></li><li>b</li></ul>"


def test_links_and_footnotes_in_prose(reader, news):
    target = factories.StandardPageFactory(parent=news, slug="target")
    draft = factories.StandardPageFactory(parent=news, slug="draft", title="Secret", live=False)
    page = factories.FactSheetPageFactory(parent=news, slug="prose")
    note = Footnote.objects.create(page=page, uuid=uuid.uuid4(), text="A <b>note</b>")
    page.body = [
        bodies.block(
            "paragraph",
            f'<p><a linktype="page" id="{target.pk}">here <b>and</b></a> '
            f'<a linktype="page" id="{draft.pk}">there</a>'
            f'<footnote id="{note.uuid}">[1]</footnote></p>',
        )
    ]
    page.save()
    answer = reader.get("/news/prose/")
    (link,) = answer.page.xpath("//article//p/a")
    assert link.text_content() == "here and"
    assert link.get("href") == f"http://localhost:{reader.port}/news/target/"
    (reference,) = answer.page.xpath("//sup/a")
    (footnote,) = answer.page.xpath(f"//*[@id='{reference.get('href')[1:]}']")
    assert footnote.text_content() == "A note"
    assert "there" in answer.words
    assert "Secret" not in answer.html


def test_front_page_and_sections_list_what_is_newest_first(reader, home, news):
    for year in (2015, 2018, 2016):
        factories.PressReleasePageFactory(
            parent=news, title=f"Of {year}", publication_date=date(year, 1, 1)
        )
    factories.PressReleasePageFactory(parent=news, title="A draft", live=False)
    for path in ("/", "/news/"):
        answer = reader.get(path)
        titles = [found.text_content() for found in answer.page.xpath("//main//li/h3")]
        assert titles == ["Of 2018", "Of 2016", "Of 2015"]
        assert "January 1, 2018" in answer.words


def test_long_section_goes_on(reader, news):
    for number in range(21):
        factories.PressReleasePageFactory(parent=news, title=f"Number {number}")
    first = reader.get("/news/")
    (older,) = first.page.xpath("//a[@rel='next']")
    second = reader.get("/news/" + older.get("href"))
    titles = [
        found.text_content()
        for answer in (first, second)
        for found in answer.page.xpath("//main//li/h3")
    ]
    assert len(set(titles)) == 21
    assert not second.page.xpath("//a[@rel='next']")
    for odd in ("0", "-1", "x", "99999999999999999999", "²"):
        assert reader.get("/news/", page=odd).status == 200


def test_menus_come_from_the_site(reader, home, news):
    settings = models.NewsroomSettings.objects.get()
    entry = {"text": "Read", "link": bodies.link(page=news.pk), "children": []}
    dead = {"text": "Gone", "link": bodies.link(page=99999), "children": []}
    settings.header_navigation = [bodies.block("item", entry), bodies.block("item", dead)]
    settings.save()
    answer = reader.get("/")
    (menu,) = answer.page.xpath("//nav[@aria-label='Main']")
    assert [(link.text_content(), link.get("href")) for link in menu.iter("a")] == [
        ("Read", f"http://localhost:{reader.port}/news/")
    ]
    assert answer.page.xpath("//header/a")[0].text_content() == "The Harbour"


def test_page_in_another_language_says_so(reader, home):
    spanish = Locale.objects.create(language_code="es")
    translated = home.copy_for_translation(spanish)
    translated.title = "Noticias del puerto"
    translated.save_revision().publish()
    answer = reader.get("/es/")
    assert answer.page.get("lang") == "es"
    assert answer.page.xpath("//h1")[0].text_content() == "Noticias del puerto"
    (other,) = reader.get("/").page.xpath("//nav[@aria-label='Other languages']//a")
    assert (other.get("href"), other.get("hreflang")) == ("/es/", "es")


def test_redirects_are_passed_on(reader, home, news):
    Redirect.objects.create(old_path="/old", redirect_page=news, is_permanent=True)
    Redirect.objects.create(
        old_path="/soon", redirect_link="https://x.example/ä?a=1", is_permanent=False
    )
    answer = reader.get("/old/")
    assert (answer.status, answer.headers["Location"]) == (
        301,
        f"http://localhost:{reader.port}/news/",
    )
    answer = reader.get("/soon")
    assert (answer.status, answer.headers["Location"]) == (302, "https://x.example/%C3%A4?a=1")


def test_missing_and_former_pages_are_told_apart(reader, news):
    page = factories.PressReleasePageFactory(parent=news, slug="brief")
    page.save_revision().publish()
    page.refresh_from_db()
    assert reader.get("/news/brief/").status == 200
    page.unpublish()
    former, missing = reader.get("/news/brief/"), reader.get("/news/nothing/")
    assert (former.status, missing.status) == (410, 404)
    assert former.page.xpath("//h1")[0].text_content() == "No longer here"
    assert missing.page.xpath("//h1")[0].text_content() == "Not found"
    assert "The Harbour" in missing.html


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "/%00",
        "/%ff/",
        "/news/%0d%0aSet-Cookie:x",
        "/..%2f..%2fetc",
        "/" + "a" * 3000,
    ],
)
def test_odd_paths_are_answered(reader, home, path):
    answer = reader.get(path)
    assert 400 <= answer.status < 500
    assert "Set-Cookie" not in answer.headers


def test_draft_is_shown_with_a_banner_and_kept_by_nobody(reader, news):
    page = factories.PressReleasePageFactory(parent=news, slug="draft", live=False)
    page.title = "Not yet"
    page.body = [
        bodies.block("quote", {"quotation": "", "name": "Ada"}),
        bodies.block("callout", {"kind": "note", "text": "<p>A remark</p>"}),
    ]
    token = page.create_page_preview().token
    answer = reader.get("/preview/", content_type="pages.pressreleasepage", token=token)
    assert answer.status == 200
    assert answer.page.xpath("//h1")[0].text_content() == "Not yet"
    assert (
        answer.page.find_class("preview")[0].text_content() == "Preview. This draft is not public."
    )
    assert "Quote, not finished. Still missing: quotation." in answer.words
    assert "A remark" in answer.words
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Content-Security-Policy"] == (
        f"frame-ancestors http://127.0.0.1:{reader.cms_port}"
    )


def test_unfinished_block_is_shown_to_nobody_else(reader, news):
    quote = bodies.block("quote", {"quotation": "", "name": "Ada"})
    factories.PressReleasePageFactory(parent=news, slug="public", body=[quote])
    answer = reader.get("/news/public/")
    assert answer.status == 200
    assert "not finished" not in answer.html
    assert not answer.page.find_class("unfinished")


def test_preview_without_a_good_token_shows_nothing(reader, home):
    for query, status in (
        ({}, 400),
        ({"content_type": "pages.pressreleasepage"}, 404),
        ({"content_type": "pages.pressreleasepage", "token": "x:y:z"}, 404),
        ({"content_type": "auth.user", "token": "x:y:z"}, 400),
    ):
        answer = reader.get("/preview/", **query)
        assert answer.status == status
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_head_is_a_get_without_its_page(reader, home):
    got, head = reader.get("/"), reader.get("/", "HEAD")
    assert head.html == ""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert reader.get("/", "POST").status == 501


def test_outage_is_not_a_missing_page(lonely_reader):
    answer = lonely_reader.get("/news/")
    assert answer.status == 502
    assert answer.headers["Cache-Control"] == "no-store"
    assert "does not answer" in answer.html
    assert "Not found" not in answer.html


class Broken(BaseHTTPRequestHandler):
    """An API that has gone wrong, in the way that the path of the page asks for."""

    def do_GET(self) -> None:
        status, body = 200, b"<html>A page of the proxy</html>"
        if "server-error" in self.path:
            status, body = 500, b'{"detail": "oops"}'
        elif "hang-up" in self.path:
            self.close_connection = True
            return
        elif "half" in self.path:
            body = b'{"type": "pa'
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.mark.parametrize("fault", ["server-error", "hang-up", "half", "proxy-page"])
def test_answer_that_is_none_of_the_apis_is_an_outage(lonely_reader, fault):
    broken = HTTPServer(("127.0.0.1", lonely_reader.cms_port), Broken)
    thread = threading.Thread(target=broken.serve_forever, daemon=True)
    thread.start()
    try:
        assert lonely_reader.get(f"/{fault}/").status == 502
    finally:
        broken.shutdown()
        broken.server_close()


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_reader_ends_when_told_to(sent):
    reader = start_reader(free_port())
    reader.process.send_signal(sent)
    assert reader.process.wait(10) == 0


def test_reader_knows_nothing_of_the_newsroom():
    """It runs with Python alone: no Django, nothing installed, nothing of ours but itself."""
    code = "import sys; import frontend_contract.reader.__main__; print(*sys.modules)"
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            "-S",
            "-c",
            f"import sys; sys.path.insert(0, {str(CHECKOUT)!r}); {code}",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    roots = {name.partition(".")[0] for name in done.stdout.split()}
    assert roots <= {*sys.stdlib_module_names, "frontend_contract", "__main__", "__mp_main__"}


def test_release_is_in_the_order_in_which_it_is_read(reader, news):
    release = factories.PressReleasePageFactory(
        parent=news,
        slug="letter",
        kind=models.PressReleasePage.Kind.MEDIA_ADVISORY,
        event_what="A tour of the quay",
        recipient="The Harbour Board\nThe Quay",
        salutation="Dear members:",
        body=[bodies.block("paragraph", "<p>Let us in.</p>")],
    )
    release.signatories.add(models.Signatory(name="Ada Quay"))
    release.save()
    shown = reader.get("/news/letter/").words
    order = [
        "A tour of the quay",
        "The Harbour Board",
        "Dear members:",
        "Let us in.",
        "Ada Quay",
        "###",
    ]
    assert sorted(order, key=shown.index) == order
