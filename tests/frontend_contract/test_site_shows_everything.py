"""The reference site shows whatever the contract allows: every example, and what chance makes of it."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html  # type: ignore[import-untyped]  # publishes no types
import pytest
from pydantic import TypeAdapter

from api.codecs.pages import any_page
from frontend_contract.random_documents import random_document
from frontend_contract.version import PUBLISHED
from tests.frontend_contract.frontends import Frontend, start_site, stop

pytestmark = pytest.mark.once

EXAMPLES = PUBLISHED / "examples"
INDEX = json.loads((EXAMPLES / "index.json").read_bytes())
RANDOM = range(200)
# What the site does not ask for: changes, and files and redirects one by one, or all of them.
NOT_SHOWN = {
    *("ImageItem", "ImageListing", "DocumentItem", "DocumentListing"),
    *("RedirectItem", "RedirectListing", "ChangeListing"),
    # Answers to what is sent, after which the draft is read again.
    *("ReviewedThreads", "ReviewVerdictGiven", "ReviewVisit"),
}
NOTHING = {"meta": {"total_count": 0, "next_cursor": None}, "items": []}


def example(found: dict[str, Any]) -> Any:
    return json.loads((EXAMPLES / found["file"]).read_bytes())


def of_schema(*names: str) -> list[Any]:
    """Examples as parameters of a test."""
    wanted = [one for one in INDEX if one["schema"] in names]
    return [pytest.param(one, id=one["name"]) for one in wanted]


PAGES = [one["schema"] for one in INDEX if one["schema"].endswith("Page")]


class Api(ThreadingHTTPServer):
    """An API that answers what a test says."""

    status = 200
    route: Any
    site: Any = None
    listing: Any = NOTHING


class Answers(BaseHTTPRequestHandler):
    server: Api

    def do_GET(self) -> None:
        status = 200
        match urlsplit(self.path).path.removeprefix("/api/v2/"):
            case "route/" | "page_preview/" | "review/" as endpoint:
                status, answer = self.server.status, self.server.route
                if endpoint == "route/" and status == 200 and "uuid" in answer:
                    answer = {"type": "page", "page": answer}
            case "site/":
                answer = self.server.site
            case "pages/":
                answer = self.server.listing
                if "facets" not in parse_qs(self.path):
                    answer = answer | {"meta": answer["meta"] | {"facets": {}}}
            case _:
                raise AssertionError(self.path)
        body = json.dumps(answer).encode()
        kind = "application/json" if status == 200 else "application/problem+json"
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def api() -> Iterator[Api]:
    with Api(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def frontend(api) -> Iterator[Frontend]:
    started = start_site(api.server_port)
    yield started
    stop(started)


@pytest.fixture(autouse=True)
def answers(api) -> Api:
    """The API with a site that has everything, and nothing in it."""
    (full,) = [one for one in INDEX if one["schema"] == "Site"][:1]
    api.status, api.site, api.listing = 200, example(full), NOTHING
    return api


def shown(frontend: Frontend, api: Api, page: Any, path: str = "/") -> Any:
    """The page as the site shows it, which has to be whole."""
    api.route = page
    answer = frontend.get(path)
    assert answer.status == 200, answer.html
    html = lxml.html.fromstring(answer.html)
    (heading,) = html.xpath("//h1")
    wanted = page.get("headline") or page["title"]
    assert heading.text_content().split() == wanted.split()
    assert html.xpath("//footer"), "the end is missing"
    for script in html.xpath("//script[@type='application/ld+json']"):
        json.loads(script.text)
    return html


def test_everything_that_is_published_is_looked_at():
    looked_at = {*PAGES, "Site", "PageListing", "Route", "PageRoute", "RedirectRoute", "Problem"}
    looked_at |= {"Review", "ReviewProblem"}

    assert {one["schema"] for one in INDEX} <= looked_at | NOT_SHOWN


@pytest.mark.parametrize("found", of_schema(*PAGES))
def test_a_page_is_shown(frontend, answers, found):
    page = example(found)
    path = "/preview/" if page["meta"]["preview"] else "/"

    ids = shown(frontend, answers, page, path).xpath("//@id")

    # Chance, below, numbers notes as the newsroom never would.
    assert len(ids) == len(set(ids)) > 1


@pytest.mark.parametrize("found", of_schema("Site"))
def test_a_site_is_around_every_page(frontend, answers, found):
    answers.site = example(found)
    (page,) = [one for one in INDEX if one["name"] == "standard/full"]

    html = shown(frontend, answers, example(page))

    assert html.xpath("//header/a")[0].text_content() == (
        answers.site["name"] or answers.site["hostname"]
    )


@pytest.mark.parametrize("found", of_schema("PageListing"))
def test_a_listing_is_shown(frontend, answers, found):
    answers.listing = example(found)
    for item in answers.listing["items"]:
        # What the site asks for, where the example is of another question.
        item.setdefault("summary", "")
        item.setdefault("publication_date", "2026-10-17")
        item.setdefault("date_precision", "day")
    (page,) = [one for one in INDEX if one["name"] == "section/full"]

    html = shown(frontend, answers, example(page))

    titles = [card.text_content() for card in html.xpath("//*[@class='listing']//h3")]
    assert titles == [item["title"] for item in answers.listing["items"]]


@pytest.mark.parametrize("found", of_schema("Route", "PageRoute", "RedirectRoute", "Problem"))
def test_what_is_at_a_path_is_told(frontend, answers, found):
    answers.route, answers.status = example(found), found["status"]

    answer = frontend.get(f"/{found['name']}/")

    if answers.route.get("type") == "redirect":
        assert answer.status == answers.route["status"]
        assert answer.headers["Location"] == answers.route["location"]
    elif found["status"] == 200:
        assert answer.status == 200
    else:
        assert answer.status == {404: 404, 400: 404, 410: 410}.get(found["status"], 503)


@pytest.mark.parametrize("found", of_schema("Review"))
def test_a_draft_is_shown_to_its_reviewer(frontend, answers, found):
    answers.route = example(found)
    state, document = answers.route["review"], answers.route["document"]

    html = lxml.html.fromstring(frontend.get("/review/dlr_any/").html)

    assert html.xpath("//h1")[0].text_content() == document["title"]
    assert len(state["threads"]) == len(html.xpath("//*[starts-with(@id, 'thread-')]")) > 0
    assert len(html.xpath("//p[@class='change']")) == len(state["changes"]["blocks"]) > 0
    assert html.xpath("//section[@id='verdict']//*[@class='words']")
    ids = html.xpath("//@id")
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("found", of_schema("ReviewProblem"))
def test_what_is_needed_is_asked_for(frontend, answers, found):
    answers.route, answers.status = example(found), found["status"]

    def fields() -> tuple[int, str, list[str]]:
        answer = frontend.get("/review/dlr_any/")
        return answer.status, answer.words, answer.page.xpath("//main//input/@name")

    asked = {"review/passcode_needed": ["passcode"], "review/visit_needed": []}
    status, _, names = fields()
    assert (status, names) == (401, ["do", "key", *asked[found["name"]]])
    answers.route["needs"] = ["visit"]
    status, _, names = fields()
    assert (status, names) == (401, ["do", "key"])
    answers.route["needs"] = ["passcode", "terms"]
    answers.route["embargo"] = {
        "until": "2026-11-27T15:00:00.000Z",
        "time_zone": "America/New_York",
        "terms": "Tell nobody <before>.",
        "accepted_at": None,
    }
    status, words, names = fields()
    assert (status, names) == (401, ["do", "key", "read", "name", "outlet", "passcode", "terms"])
    assert "until November 27, 2026 at 10:00 AM (New York time)" in words.replace("\u202f", " ")
    assert "Tell nobody <before>." in words


def test_an_embargo_is_in_the_banner(frontend, answers):
    (found,) = [one for one in INDEX if one["schema"] == "Review"]
    answers.route = example(found)
    answers.route["review"] |= {
        "purpose": "embargo",
        "embargo": {
            "until": "2026-11-27T15:00:00.000Z",
            "time_zone": "America/New_York",
            "terms": "",
            "accepted_at": "2026-11-20T15:00:00.000Z",
        },
    }

    html = frontend.get("/review/dlr_any/").page

    (banner,) = html.xpath("//*[contains(@class, 'heads')]")
    told = " ".join(banner.text_content().replace("\u202f", " ").split())
    assert told.startswith("Embargoed until November 27, 2026 at 10:00 AM (New York time)")
    assert "For Noor Haddad, shared by Ines Valdane" in told
    assert not html.xpath("//section[@id='verdict']")


@pytest.mark.parametrize("seed", RANDOM)
def test_a_random_page_is_shown(frontend, answers, schema, seed):
    page = random_document(schema, seed)

    shown(frontend, answers, page, "/preview/" if seed % 2 else "/")


@pytest.fixture(scope="module")
def schema() -> Any:
    return TypeAdapter(any_page()).json_schema()


def test_what_was_read_is_served_while_the_newsroom_is_out():
    (page,) = [example(one) for one in INDEX if one["name"] == "standard/full"]
    with Api(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.route, server.site = page, example(next(o for o in INDEX if o["schema"] == "Site"))
        frontend = start_site(server.server_port)
        before = frontend.get("/about/")
        server.shutdown()
    try:
        during, never = frontend.get("/about/"), frontend.get("/never/")
    finally:
        stop(frontend)

    assert (before.status, before.headers["Cache-Status"]) == (200, None)
    assert (during.status, during.html) == (200, before.html)
    assert during.headers["Cache-Status"] == "newsroom; hit; ttl=-1; detail=stale-if-error"
    assert never.status == 503
    assert never.headers["Cache-Control"] == "no-store"
    assert "Not found" not in never.html
