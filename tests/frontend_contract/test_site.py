"""The reference site: what people see of the newsroom, with nothing but HTTP in between."""

import json
import signal
import threading
import uuid
from collections.abc import Iterator
from datetime import date
from functools import partial
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from typing import Any

import lxml.html  # type: ignore[import-untyped]  # publishes no types
import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Locale
from wagtail_footnotes.models import Footnote

from bench.servers import free_port
from frontend_contract.situations.drafts import preview_of
from pages import models
from tests import bodies, factories
from tests.frontend_contract.frontends import Frontend, start_site, stop
from tests.servers import serving

# The site knows no database. On one worker: the sites below serve all tests of this file.
pytestmark = [pytest.mark.once]


@pytest.fixture(scope="module")
def site_of_the_cms(django_db_setup) -> Iterator[Frontend]:
    with serving() as port:
        started = start_site(port)
        yield started
        stop(started)


@pytest.fixture
def site(site_of_the_cms: Frontend, db) -> Frontend:
    """The site, and a newsroom without anything in it."""
    return site_of_the_cms


@pytest.fixture(scope="module")
def lonely_site() -> Iterator[Frontend]:
    """A site whose CMS is out."""
    started = start_site(free_port())
    yield started
    stop(started)


@pytest.fixture
def home(site: Frontend) -> models.HomePage:
    """The front page of a site that the site shows."""
    made = factories.make_site("localhost", site.port, title="Harbour news")
    settings = models.NewsroomSettings.for_site(made)
    settings.name = "The Harbour"
    settings.save()
    return made.root_page.specific


@pytest.fixture
def news(home: models.HomePage) -> models.SectionPage:
    return factories.SectionPageFactory(parent=home, title="News", slug="news")


def test_page_of_every_type_is_shown(site, home, news):
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
        answer = site.get(path)
        assert answer.status == 200, path
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        (title,) = answer.page.xpath("//h1")
        assert path not in make or title.text_content() == f"Here is {path}"
        assert answer.page.get("lang") == "en"
        assert answer.page.xpath("//a[@href='#content'][1]")[0].text_content() == "Skip to content"


def test_every_block_is_shown(site, news):
    page, document = factories.StandardPageFactory(parent=news), factories.DocumentFactory()
    once, again = (
        bodies.every_block(
            page=page,
            document=document,
            image=factories.ImageFactory(),
            person=factories.PersonFactory(),
            contact=factories.PressContactFactory(),
            boilerplate=factories.BoilerplateFactory(),
        )
        for _ in range(2)
    )
    body = [*once, bodies.section(again)]
    factories.FactSheetPageFactory(parent=news, slug="all", body=body)
    answer = site.get("/news/all/")
    assert answer.status == 200
    shown = " ".join([answer.words, *answer.page.xpath("//@alt")])
    for block in once:
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


def test_picture_is_offered_in_formats_and_widths(site, news):
    image = {
        "image": bodies.picture(factories.ImageFactory(), alt="A “crane”"),
        "caption": "",
        "credit": "",
    }
    factories.StandardPageFactory(parent=news, slug="crane", body=[bodies.block("image", image)])
    (picture,) = site.get("/news/crane/").page.xpath("//picture")
    types = [source.get("type") for source in picture.xpath(".//source")]
    assert types == ["image/avif", "image/webp", "image/jpeg"]
    assert all("320w" in source.get("srcset") for source in picture.xpath(".//source"))
    (image,) = picture.xpath(".//img")
    assert image.get("alt") == "A “crane”"
    assert (image.get("width"), image.get("height")) == ("640", "480")


def test_what_editors_write_is_words_and_never_markup(site, home, news):
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
        answer = site.get(path)
        assert evil in answer.page.text_content()
        assert not answer.page.xpath("//script[not(@type='application/ld+json')] | //*[@onerror]")


def test_links_and_footnotes_in_prose(site, news):
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
    answer = site.get("/news/prose/")
    (link,) = answer.page.xpath("//article//p/a")
    assert link.text_content() == "here and"
    assert link.get("href") == "/news/target/"
    (reference,) = answer.page.xpath("//sup/a")
    (footnote,) = answer.page.xpath(f"//*[@id='{reference.get('href')[1:]}']")
    assert footnote.xpath("./p")[0].text_content() == "A note"
    (back,) = footnote.xpath("./a")
    assert back.get("href") == f"#{reference.get('id')}"
    assert "there" in answer.words
    assert "Secret" not in answer.html


def test_front_page_and_sections_list_what_is_newest_first(site, home, news):
    for year in (2015, 2018, 2016):
        factories.PressReleasePageFactory(
            parent=news, title=f"Of {year}", publication_date=date(year, 1, 1)
        )
    factories.PressReleasePageFactory(parent=news, title="A draft", live=False)
    for path in ("/", "/news/"):
        answer = site.get(path)
        titles = [found.text_content() for found in answer.page.xpath("//main//li/h3")]
        assert titles == ["Of 2018", "Of 2016", "Of 2015"]
        assert "January 1, 2018" in answer.words


def test_long_section_goes_on(site, news):
    for number in range(21):
        factories.PressReleasePageFactory(parent=news, title=f"Number {number}")
    first = site.get("/news/")
    (older,) = first.page.xpath("//a[@rel='next']")
    second = site.get("/news/" + older.get("href"))
    titles = [
        found.text_content()
        for answer in (first, second)
        for found in answer.page.xpath("//main//li/h3")
    ]
    assert len(set(titles)) == 21
    assert not second.page.xpath("//a[@rel='next']")
    assert "21 pages" in first.words
    for name, odd in (("year", "x"), ("kind", "nonsense"), ("after", "x"), ("topic", "²")):
        assert site.get("/news/", **{name: odd}).status in (200, 404), name


def test_menus_come_from_the_site(site, home, news):
    settings = models.NewsroomSettings.objects.get()
    entry = {"text": "Read", "link": bodies.link(page=news.pk), "children": []}
    dead = {"text": "Gone", "link": bodies.link(page=99999), "children": []}
    settings.header_navigation = [bodies.block("item", entry), bodies.block("item", dead)]
    settings.save()
    answer = site.get("/")
    (menu,) = answer.page.xpath("//nav[@aria-label='Main']")
    assert [(link.text_content(), link.get("href")) for link in menu.iter("a")] == [
        ("Read", "/news/")
    ]
    assert answer.page.xpath("//header/a")[0].text_content() == "The Harbour"


def test_page_in_another_language_says_so(site, home):
    spanish = Locale.objects.create(language_code="es")
    translated = home.copy_for_translation(spanish)
    translated.title = "Noticias del puerto"
    translated.save_revision().publish()
    answer = site.get("/es/")
    assert answer.page.get("lang") == "es"
    assert answer.page.xpath("//h1")[0].text_content() == "Noticias del puerto"
    (other,) = site.get("/").page.xpath("//nav[@aria-label='Other languages']//a")
    assert (other.get("href"), other.get("hreflang")) == ("/es/", "es")


def test_redirects_are_passed_on(site, home, news):
    Redirect.objects.create(old_path="/old", redirect_page=news, is_permanent=True)
    Redirect.objects.create(
        old_path="/soon", redirect_link="https://x.example/ä?a=1", is_permanent=False
    )
    answer = site.get("/old/")
    assert (answer.status, answer.headers["Location"]) == (
        301,
        f"http://localhost:{site.port}/news/",
    )
    answer = site.get("/soon")
    assert (answer.status, answer.headers["Location"]) == (302, "https://x.example/%C3%A4?a=1")


def test_missing_and_former_pages_are_told_apart(site, news):
    page = factories.PressReleasePageFactory(parent=news, slug="brief")
    page.save_revision().publish()
    page.refresh_from_db()
    assert site.get("/news/brief/").status == 200
    page.unpublish()
    former, missing = site.get("/news/brief/"), site.get("/news/nothing/")
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
def test_odd_paths_are_answered(site, home, path):
    answer = site.get(path)
    assert 400 <= answer.status < 500
    assert "Set-Cookie" not in answer.headers


def test_draft_is_shown_with_a_banner_and_kept_by_nobody(site, news):
    page = factories.PressReleasePageFactory(parent=news, slug="draft", live=False)
    page.title = "Not yet"
    page.body = [
        bodies.block("quote", {"quotation": "", "name": "Ada"}),
        bodies.block("callout", {"kind": "note", "text": "<p>A remark</p>"}),
    ]
    token = preview_of(page).token
    answer = site.get("/preview/", content_type="pages.pressreleasepage", token=token)
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
        f"frame-ancestors http://127.0.0.1:{site.cms_port}; base-uri 'none'"
    )


def test_unfinished_block_is_shown_to_nobody_else(site, news):
    quote = bodies.block("quote", {"quotation": "", "name": "Ada"})
    factories.PressReleasePageFactory(parent=news, slug="public", body=[quote])
    answer = site.get("/news/public/")
    assert answer.status == 200
    assert "not finished" not in answer.html
    assert not answer.page.find_class("unfinished")


def test_preview_without_a_good_token_shows_nothing(site, home):
    for query in (
        {},
        {"content_type": "pages.pressreleasepage"},
        {"content_type": "pages.pressreleasepage", "token": "x:y:z"},
        {"content_type": "auth.user", "token": "x:y:z"},
    ):
        answer = site.get("/preview/", **query)
        assert answer.status == 404
        assert answer.headers["Cache-Control"] == "private, no-store"


def test_head_is_a_get_without_its_page(site, home):
    got, head = site.get("/"), site.get("/", "HEAD")
    assert head.html == ""
    assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert site.get("/", "POST").status in (403, 405)


def test_outage_is_not_a_missing_page(lonely_site):
    answer = lonely_site.get("/news/")
    assert answer.status == 503
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
def test_answer_that_is_none_of_the_apis_is_an_outage(lonely_site, fault):
    broken = HTTPServer(("127.0.0.1", lonely_site.cms_port), Broken)
    thread = threading.Thread(target=broken.serve_forever, daemon=True)
    thread.start()
    try:
        assert lonely_site.get(f"/{fault}/").status == 503
    finally:
        broken.shutdown()
        broken.server_close()


class Listening(Broken):
    """The same, which knows what it was asked."""

    asked: list[tuple[str, str | None]] = []

    def do_GET(self) -> None:
        self.asked.append((self.path, self.headers["Authorization"]))
        self.send_error(500)


def test_what_opens_a_draft_is_in_no_address_and_no_log(tmp_path):
    token = "dlp_" + "a-_9" * 5 + ".b" * 40
    listening = HTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    site = start_site(listening.server_port, tmp_path / "log")
    try:
        answer = site.get("/preview/", content_type="pages.homepage", token=token)
    finally:
        stop(site)
        listening.shutdown()
        listening.server_close()
    assert (answer.status, answer.headers["Referrer-Policy"]) == (503, "no-referrer")
    assert answer.headers["Cache-Control"] == "private, no-store"
    address = "/api/v2/page_preview/?content_type=pages.homepage"
    assert (address, f"Bearer {token}") in Listening.asked
    assert not [path for path, _ in Listening.asked if token in path]
    written = (tmp_path / "log").read_text()
    assert address in written
    assert "dlp_" not in written
    assert "dlp_" not in answer.html


@pytest.mark.parametrize("sent", [signal.SIGTERM, signal.SIGINT])
def test_site_ends_when_told_to(sent):
    site = start_site(free_port())
    site.process.send_signal(sent)
    assert site.process.wait(10) in (0, -sent, 128 + sent)


def test_release_is_in_the_order_in_which_it_is_read(site, news):
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
    shown = site.get("/news/letter/").words
    order = [
        "A tour of the quay",
        "The Harbour Board",
        "Dear members:",
        "Let us in.",
        "Ada Quay",
        "###",
    ]
    assert sorted(order, key=shown.index) == order


def test_search_topics_and_people_have_pages(site, home, news):
    topic = models.Topic.objects.create(name="Harbour safety", slug="harbour-safety")
    person = factories.PersonFactory(name="Jordan Reyes", post="Harbour master")
    quote = bodies.block("quote", {"quotation": "Words.", "person": person.pk, "name": person.name})
    release = factories.PressReleasePageFactory(parent=news, title="A <crane>", body=[quote])
    release.topics.add(topic)
    release.save()
    for path, query, heading in (
        ("/search/", {"q": "crane"}, "Search"),
        ("/topics/harbour-safety/", {}, "Harbour safety"),
        (f"/people/{person.pk}/", {}, "Jordan Reyes"),
    ):
        answer = site.get(path, **query)
        assert answer.status == 200, path
        assert answer.page.xpath("//h1")[0].text_content() == heading
        assert [card.text_content() for card in answer.page.xpath("//main//li/h3")] == ["A <crane>"]
    (link,) = site.get(release.url).page.xpath("//figcaption//a")
    assert link.get("href") == f"/people/{person.pk}/"
    for path in ("/topics/nothing/", "/people/99999/", "/people/ada/"):
        assert site.get(path).status == 404
    assert site.get("/search/").status == 200


def test_pages_of_the_newsroom_come_first(site, home):
    factories.StandardPageFactory(parent=home, slug="search", title="How to search")
    assert site.get("/search/").page.xpath("//h1")[0].text_content() == "How to search"


def test_programs_find_their_way(site, home, news):
    page = factories.PressReleasePageFactory(parent=news, slug="new", title="R&D <news>")
    address = f"http://localhost:{site.port}{page.url}"
    rss = lxml.etree.fromstring(site.get("/feed.xml").html.encode())
    assert [found.text for found in rss.findall(".//item/title")] == ["R&D <news>"]
    assert rss.findtext(".//item/link") == address
    (item,) = json.loads(site.get("/feed.json").html)["items"]
    assert (item["title"], item["url"]) == ("R&D <news>", address)
    sitemap = lxml.etree.fromstring(site.get("/sitemap.xml").html.encode())
    assert address in sitemap.xpath("//*[local-name()='loc']/text()")
    assert f"http://localhost:{site.port}/sitemap.xml" in site.get("/robots.txt").html
    html = site.get(page.url)
    (canonical,) = html.page.xpath("//link[@rel='canonical']/@href")
    assert canonical == address
    things = [json.loads(one) for one in html.page.xpath("//script/text()")]
    assert [thing["@type"] for thing in things] == ["NewsArticle", "BreadcrumbList"]
    assert things[0]["headline"] == "R&D <news>"


def test_narrowing_down(site, news):
    kinds = models.PressReleasePage.Kind
    for kind in (kinds.STATEMENT, kinds.PRESS_RELEASE, kinds.PRESS_RELEASE):
        factories.PressReleasePageFactory(parent=news, title=f"A {kind}", kind=kind)
    (link,) = site.get("/news/").page.xpath("//details//a[starts-with(., 'Statement')]")
    narrowed = site.get("/news/" + link.get("href"))
    assert [card.text_content() for card in narrowed.page.xpath("//main//li/h3")] == ["A statement"]
    (back,) = narrowed.page.xpath("//a[@aria-current]")
    assert back.get("href") == "?"
