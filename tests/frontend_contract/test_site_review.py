"""The reference site's side for reviewers: drafts by their links, and what they answer."""

import http.client
import re
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Workflow, WorkflowTask

from cms.review import entry, links
from cms.review.models import VISIT, Remark, ReviewLink, Verdict, Visit
from cms.review.workflow import ExternalReviewTask
from pages import models
from tests import bodies, factories
from tests.cms.review.reviewing import editor, share
from tests.frontend_contract.frontends import Answer, Frontend, start_site, stop
from tests.servers import serving

# The site knows no database. On one worker: the site below serves all tests of this file.
pytestmark = [pytest.mark.once]

PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": "frame-ancestors 'none'; base-uri 'none'",
}


@pytest.fixture(scope="module")
def reviewed_site(django_db_setup, tmp_path_factory) -> Iterator[Frontend]:
    said = tmp_path_factory.mktemp("site") / "said"
    with serving() as port:
        started = start_site(port, log=said)
        yield started
        stop(started)


@pytest.fixture
def site(reviewed_site: Frontend, db) -> Frontend:
    cache.clear()  # Wrong links are counted in it.
    return reviewed_site


@pytest.fixture
def news(site: Frontend) -> models.SectionPage:
    home = factories.make_site("localhost", site.port, title="Harbour news").root_page
    return factories.SectionPageFactory(parent=home, title="News", slug="news")


def draft_below(section: models.SectionPage, title: str, *blocks: Any) -> models.StandardPage:
    page = factories.StandardPageFactory(
        parent=section, title=title, slug=title.lower(), live=False, body=list(blocks)
    )
    page.save_revision()
    return page


@pytest.fixture
def draft(news: models.SectionPage) -> models.StandardPage:
    inner = [bodies.block("paragraph", "<p>Within.</p>")]
    return draft_below(
        news,
        "Draft",
        bodies.block("paragraph", "<p>It opens in May.</p>"),
        bodies.block("paragraph", "<p>It will go.</p>"),
        bodies.block("paragraph", "<p>It stays.</p>"),
        bodies.section(inner),
    )


class Reader:
    """Somebody with a link and a browser that keeps cookies."""

    def __init__(self, site: Frontend, token: str) -> None:
        self.site, self.address, self.cookie = site, f"/review/{token}/", ""

    def ask(
        self, method: str, path: str = "", form: dict[str, Any] | None = None, **headers: str
    ) -> Answer:
        connection = http.client.HTTPConnection("localhost", self.site.port, timeout=30)
        sent = {"Cookie": self.cookie} if self.cookie else {}
        if form is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        body = urlencode(form) if form is not None else None
        connection.request(method, self.address + path, body, {**sent, **headers})
        response = connection.getresponse()
        answer = Answer(response.status, response.headers, response.read().decode())
        connection.close()
        if told := answer.headers["Set-Cookie"]:
            (morsel,) = SimpleCookie(told).values()
            self.cookie = f"{morsel.key}={morsel.value}"
        return answer

    def read(self, path: str = "") -> Answer:
        return self.ask("GET", path)

    def send(self, path: str = "", **form: Any) -> Answer:
        return self.ask("POST", path, form)

    def fill(self, answer: Answer, do: str, which: int = 0, path: str = "", **form: Any) -> Answer:
        """Sends one of the forms of a page, filled in as a browser does it."""
        forms = answer.page.xpath(f"//form[input[@name='do' and @value='{do}']]")
        filled = {
            field.get("name"): field.get("value") or field.text
            for field in forms[which].xpath("./input | ./textarea")
        }
        return self.send(path, **{name: value for name, value in filled.items() if value} | form)


@pytest.fixture
def reading(site: Frontend) -> Any:
    return lambda token: Reader(site, token)


def words(answer: Answer, path: str) -> list[str]:
    """Texts of what is found."""
    return [" ".join(found.text_content().split()) for found in answer.page.xpath(path)]


def test_a_draft_is_shown_to_whoever_has_its_link(reading, draft):
    link, token = share(draft)
    answer = reading(token).read()
    assert answer.status == 200
    for name, value in PRIVATE.items():
        assert answer.headers[name] == value, name
    assert words(answer, "//h1") == ["Draft"]
    assert "It opens in May.Comment on this paragraph" in answer.words
    (banner,) = words(answer, "//*[contains(@class, 'heads')]")
    assert banner.startswith("Draft for review, for Jo Lawyer, shared by ada, until ")
    assert str(link.expires_at.year) in banner
    assert "Preview." not in answer.html
    assert not answer.page.xpath("//script")
    # Not changed since: nobody was here before.
    assert not answer.page.xpath("//*[contains(@class, 'change')]")


def test_the_visit_is_in_a_cookie_for_this_link_alone(reading, draft):
    link, token = share(draft)
    reader = reading(token)
    (told,) = reader.read().headers.get_all("Set-Cookie")
    flags = set(told.split("; ")[1:])
    assert {f"Path=/review/{token}/", "HttpOnly", "SameSite=Lax"} < flags
    assert "Secure" not in flags
    assert reader.read().headers["Set-Cookie"] is None
    link.refresh_from_db()
    assert link.visit_count == 1
    behind = reading(token).ask("GET", **{"X-Forwarded-Proto": "https"})
    assert "; Secure" in behind.headers["Set-Cookie"]


def test_a_passcode_is_asked_for(reading, draft):
    _, token = share(draft, passcode="open sesame")
    reader = reading(token)
    asked = reader.read()
    assert (asked.status, words(asked, "//h1")) == (401, ["A passcode, please"])
    assert asked.headers["Cache-Control"] == "private, no-store"
    assert "May" not in asked.words
    wrong = reader.fill(asked, "enter", passcode="sesame")
    assert (wrong.status, words(wrong, "//*[@role='alert']")) == (
        403,
        ["This is not the passcode. Please look again at what you were sent."],
    )
    for _ in range(entry.TRIES):
        wrong = reader.fill(asked, "enter", passcode="sesame")
    assert wrong.status == 429
    assert int(wrong.headers["Retry-After"]) == 15 * 60
    assert "try again in 15 minutes" in words(wrong, "//*[@role='alert']")[0]
    ReviewLink.objects.update(locked_until=None)
    right = reader.fill(asked, "enter", passcode="open sesame")
    assert (right.status, right.headers["Location"]) == (303, reader.address)
    assert words(reader.read(), "//h1") == ["Draft"]


def test_a_link_that_opens_a_number_of_times_opens_when_its_reader_says_so(reading, draft):
    link, token = share(draft, max_visits=1)
    reader = reading(token)
    for _ in range(2):
        asked = reader.read()
        assert (asked.status, words(asked, "//h1")) == (401, ["A draft for you"])
        assert words(asked, "//form//button") == ["Read the draft"]
    assert not link.visits.exists()
    before = reader.cookie
    for _ in range(2):
        # A second click goes before the answer to the first has come.
        reader.cookie = before
        entered = reader.fill(asked, "enter")
        assert (entered.status, entered.headers["Location"]) == (303, reader.address)
    for _ in range(2):
        assert words(reader.read(), "//h1") == ["Draft"]
    assert reading(token).read().status == 410


def test_whoever_keeps_no_cookies_is_told_before_a_visit_is_counted(reading, draft):
    link, token = share(draft, max_visits=1)
    reader = reading(token)
    asked = reader.read()
    reader.cookie = ""
    refused = reader.fill(asked, "enter")
    assert (refused.status, words(refused, "//h1")) == (400, ["A draft for you"])
    assert "keep a cookie" in words(refused, "//*[@role='alert']")[0]
    assert not link.visits.exists()
    assert reader.fill(refused, "enter").status == 303


def test_drafts_of_a_bundle_lead_to_each_other(reading, news, draft):
    related = bodies.block("related_pages", {"title": "", "pages": bodies.items(draft.pk)})
    prose = f'<p><a linktype="page" id="{draft.pk}">the draft</a></p>'
    other = draft_below(news, "Other", related, bodies.block("paragraph", prose))
    _, token = share(other, draft)
    reader = reading(token)
    first = reader.read()
    there = f"{reader.address}{draft.pk}/"
    assert first.page.xpath("//article//a[text()='Draft']/@href") == [there]
    assert first.page.xpath("//article//a[text()='the draft']/@href") == [there]
    assert words(first, "//nav[@aria-label='Drafts']//a[@aria-current]") == ["Other"]
    second = reader.read(f"{draft.pk}/")
    assert words(second, "//h1") == ["Draft"]
    assert words(second, "//nav[@aria-label='Drafts']//a[@aria-current]") == ["Draft"]
    for path in (f"{news.pk}/", "x/", f"{draft.pk}/more/"):
        assert reader.read(path).status == 404, path


def test_every_draft_of_a_bundle_takes_answers_and_is_taken_away(reading, news, draft):
    link, token = share(draft_below(news, "Other"), draft)
    reader = reading(token)
    path = f"{draft.pk}/"
    answer = reader.read(path)
    (away,) = answer.page.xpath("//a[contains(., 'as text')]/@href")
    assert "It opens in May." in reader.read(away.removeprefix(reader.address)).html
    sent = reader.fill(answer, "comment", path=path, text="May, or June?")
    remark = Remark.objects.get()
    assert sent.headers["Location"] == f"{reader.address}{path}#thread-{remark.pk}"
    assert remark.page_id == draft.pk
    sent = reader.fill(answer, "verdict", path=path, says="approved")
    assert sent.headers["Location"] == f"{reader.address}{path}#verdict"
    assert Verdict.objects.get().page_id == draft.pk
    link.refresh_from_db()
    assert link.visit_count == 1


def test_what_changed_since_the_last_visit_is_marked_and_listed(reading, draft):
    _, token = share(draft)
    reading(token).read()
    opens, goes, stays, section = draft.body.raw_data
    draft.title = "Later"
    draft.body = [
        stays,
        {**opens, "value": "<p>It opens in June.</p>"},
        section,
        bodies.block("paragraph", "<p>It is new.</p>"),
    ]
    draft.save_revision()
    answer = reading(token).read()
    assert words(answer, "//p[@class='change']") == [
        "Moved since your last visit",
        "Changed since your last visit",
        "Added since your last visit",
    ]
    listed = words(answer, "//*[contains(@class, 'changes')]//li")
    assert sorted(listed) == [
        "Added: paragraph “It is new.”",
        "Changed: paragraph “It opens in June.”",
        "Changed: title",
        "Moved: paragraph “It stays.”",
        "Removed: paragraph",
    ]
    for place in answer.page.xpath("//*[contains(@class, 'changes')]//a/@href"):
        assert answer.page.get_element_by_id(place[1:]) is not None
    assert goes["id"] not in answer.html
    again = reading(token).read()
    assert "Nothing has changed since your last visit" in again.words


def test_comments_stand_at_their_blocks_with_what_is_answered(reading, draft):
    _, token = share(draft)
    reader = reading(token)
    answer = reader.read()
    block, inner = draft.body.raw_data[0]["id"], draft.body[3].value["content"].raw_data[0]["id"]
    places = answer.page.xpath("//form[input[@value='comment']]/input[@name='block']/@value")
    assert {block, inner} < set(places)
    assert len(places) == 5
    sent = reader.fill(answer, "comment", text="May, or June?")
    remark = Remark.objects.get()
    assert (remark.block, remark.text) == (block, "May, or June?")
    assert (sent.status, sent.headers["Location"]) == (
        303,
        f"{reader.address}#thread-{remark.pk}",
    )
    CommentReply.objects.create(comment=remark.comment, user=editor(), text="<June> it is.")
    (place,) = reader.read().page.xpath(f"//div[@id='block-{block}']")
    (thread,) = place.xpath(f".//*[@id='thread-{remark.pk}']")
    assert [" ".join(said.text_content().split()) for said in thread.xpath(".//p")][1::2] == [
        "May, or June?",
        "<June> it is.",
    ]
    answered = reader.fill(reader.read(), "comment", text="So be it.")
    assert answered.status == 303
    assert Remark.objects.get(thread=remark).text == "So be it."
    Comment.objects.update(resolved_at=remark.created_at)
    (folded,) = reader.read().page.xpath(f"//details[@id='thread-{remark.pk}']/summary")
    assert folded.text_content() == "Resolved: May, or June?"


def test_comments_on_the_whole_and_on_what_is_gone(reading, draft):
    _, token = share(draft)
    reader = reading(token)
    answer = reader.read()
    assert reader.fill(answer, "comment", -1, text="Well done.").status == 303
    draft.body = draft.body.raw_data[1:]
    draft.save_revision()
    late = reader.fill(answer, "comment", text="May, or\r\nJune?")
    assert late.status == 409
    assert "The draft has changed meanwhile" in words(late, "//*[@role='alert']")[0]
    (whole,) = late.page.xpath("//textarea[@id='say-whole']")
    assert whole.text_content() == "May, or\nJune?"
    assert "Well done." in words(late, "//section[@id='comments']")[0]
    empty = reader.fill(late, "comment", -1, text=" ")
    assert empty.status == 400
    assert "Something is missing" in words(empty, "//*[@role='alert']")[0]


def test_without_comments_there_are_no_forms_for_them(reading, draft):
    _, token = share(draft, comments_welcome=False)
    reader = reading(token)
    answer = reader.read()
    assert "omment" not in answer.words
    assert not answer.page.xpath("//form[input[@value='comment']]")
    refused = reader.send(do="comment", page=draft.pk, text="Still.")
    assert (refused.status, Remark.objects.count()) == (403, 0)
    _, token = share(draft, purpose=ReviewLink.Purpose.EMBARGO)
    assert not reading(token).read().page.xpath("//*[@id='verdict']")


def test_a_verdict_is_given_on_the_draft_that_was_read(reading, draft):
    _, token = share(draft)
    reader = reading(token)
    answer = reader.read()
    nothing = reader.fill(answer, "verdict", says="changes_requested")
    assert nothing.status == 400
    assert "Something is missing" in nothing.words
    sent = reader.fill(answer, "verdict", says="changes_requested", text="Say when.")
    assert (sent.status, sent.headers["Location"]) == (303, f"{reader.address}#verdict")
    (said,) = words(reader.read(), "//*[@id='verdict']//*[@class='said']")
    assert said.startswith("You asked for changes on ")
    assert said.endswith("It has not changed since.Say when.")
    draft.title = "Later"
    draft.save_revision()
    late = reader.fill(answer, "verdict", says="approved", text="Fine.")
    assert late.status == 409
    assert words(late, "//h1") == ["Later"]
    assert "The draft has changed since." in words(late, "//*[@id='verdict']")[0]
    assert late.page.xpath("//textarea[@id='say-verdict']")[0].text_content() == "Fine."
    assert Verdict.objects.count() == 1
    assert reader.fill(late, "verdict", says="approved").status == 303
    assert "You approved this draft" in reader.read().words


def test_whose_verdict_ends_the_link_is_told_that_it_was_taken(
    reading, draft, django_capture_on_commit_callbacks
):
    task = ExternalReviewTask.objects.create(name="The lawyer", reviewers="Jo <jo@law.example>")
    workflow = Workflow.objects.create(name="With a lawyer")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    with django_capture_on_commit_callbacks(execute=True):
        workflow.start(draft, editor())
    reader = reading(re.findall(r"/review/(dlr_[\w-]+)/", str(mail.outbox[-1].body))[0])
    answer = reader.read()
    taken = reader.fill(answer, "verdict", says="approved")
    assert (taken.status, words(taken, "//h1")) == (200, ["Your verdict was taken"])
    assert "Thank you. The link has ended with it." in taken.words
    assert Verdict.objects.get().says == "approved"
    late = reader.fill(answer, "verdict", says="approved", text="Well done.")
    assert (late.status, words(late, "//h1")) == (410, ["This link has ended"])
    assert words(late, "//*[@role='alert']") == [
        "Your verdict was not taken. Copy it before you leave."
    ]
    assert words(late, "//textarea") == ["Well done."]
    assert Verdict.objects.count() == 1


@pytest.mark.parametrize("keeps_cookies", [True, False], ids=["run out", "no visit"])
@pytest.mark.parametrize("do", ["comment", "verdict"])
def test_what_was_written_is_sent_on_once_its_reader_has_entered(reading, draft, do, keeps_cookies):
    _, token = share(draft, passcode="open sesame")
    reader = reading(token)
    reader.fill(reader.read(), "enter", passcode="open sesame")
    answer = reader.read()
    Visit.objects.update(begun_at=timezone.now() - VISIT)
    if not keeps_cookies:
        reader.cookie = ""
    text = "<May>, or\r\nJune?"
    asked = reader.fill(answer, do, says="changes_requested", text=text)
    assert (asked.status, words(asked, "//h1")) == (401, ["A passcode, please"])
    assert "Your visit has run out" in words(asked, "//*[@role='alert']")[0]
    wrong = reader.fill(asked, "enter", passcode="sesame")
    assert wrong.status == 403
    assert words(wrong, "//form//button") == [f"Send your {do}"]
    sent = reader.fill(wrong, "enter", passcode="open sesame")
    (said,) = (Remark if do == "comment" else Verdict).objects.all()
    place = f"thread-{said.pk}" if do == "comment" else do
    assert (sent.status, sent.headers["Location"]) == (303, f"{reader.address}#{place}")
    assert said.text == "<May>, or\nJune?"
    if isinstance(said, Remark):
        assert said.block == draft.body.raw_data[0]["id"]
    assert "<May>, or" in reader.read().words


def test_what_was_sent_on_is_kept_where_the_draft_is_another_now(reading, draft):
    _, token = share(draft, passcode="open sesame")
    reader = reading(token)
    reader.fill(reader.read(), "enter", passcode="open sesame")
    answer = reader.read()
    reader.cookie = ""
    asked = reader.fill(answer, "verdict", says="approved", text="Fine.")
    draft.title = "Later"
    draft.save_revision()
    late = reader.fill(asked, "enter", passcode="open sesame")
    assert (late.status, words(late, "//h1")) == (409, ["Later"])
    assert words(late, "//textarea[@id='say-verdict']") == ["Fine."]
    assert reader.fill(late, "verdict", says="approved").status == 303


def test_links_that_lead_nowhere_say_what_to_do(reading, draft):
    link, token = share(draft)
    for wrong in ("dlr_nothing", "a", "%00", "%22x"):
        answer = reading(wrong).read()
        assert (answer.status, words(answer, "//h1")) == (404, ["No such link"]), wrong
        assert "ask whoever sent it" in answer.words
        assert answer.headers["Set-Cookie"] is None
    links.end([link], ReviewLink.Ended.REVOKED)
    for answer in (reading(token).read(), reading(token).send(do="comment", text="x")):
        assert (answer.status, words(answer, "//h1")) == (410, ["This link has ended"])
        assert "Ask whoever sent it" in answer.words
        for name, value in PRIVATE.items():
            assert answer.headers[name] == value, name


def test_a_draft_is_taken_away_as_text(reading, draft):
    _, token = share(draft, passcode="open sesame")
    reader = reading(token)
    refused = reader.read("text")
    assert (refused.status, refused.headers["Location"]) == (303, reader.address)
    reader.fill(reader.read(), "enter", passcode="open sesame")
    (link,) = reader.read().page.xpath("//a[contains(., 'as text')]/@href")
    answer = reader.read(link.removeprefix(reader.address))
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.html.startswith("DRAFT, NOT FOR PUBLICATION")
    assert "It opens in May." in answer.html


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
        ({"Origin": "null"}, 303),
        ({}, 303),
    ],
    ids=["another site", "another origin", "a page without referrer", "an old browser", "none"],
)
def test_forms_are_taken_from_the_sites_own_pages(reading, draft, headers, status):
    _, token = share(draft)
    form = {"do": "comment", "page": draft.pk, "text": "Hm"}
    assert reading(token).ask("POST", "", form, **headers).status == status
    assert Remark.objects.count() == (status == 303)
    assert reading(token).ask("PUT").status == 405


def test_the_address_needs_its_slash(reading, draft):
    _, token = share(draft)
    answer = reading(token).site.get(f"/review/{token}")
    assert (answer.status, answer.headers["Location"]) == (308, f"/review/{token}/")


def test_the_sites_server_never_says_the_token(draft, tmp_path):
    """Also where the newsroom is out, or answers what it should not."""
    _, token = share(draft)
    said = tmp_path / "said"
    lonely = start_site(1, log=said)
    try:
        reader = Reader(lonely, token)
        for path in ("", "7/", "text"):
            assert reader.read(path).status in (303, 503)
        sent = reader.send(do="comment", text="Hm", page="7")
        assert (sent.status, words(sent, "//textarea")) == (503, ["Hm"])
        assert "Your comment may not have been taken." in sent.words
        assert reader.ask("POST", "", {"text": "x" * 300_000}).status in (413, 503)
    finally:
        stop(lonely)
    told = said.read_text()
    assert "review" in told.lower(), "it says that something is wrong"
    assert token not in told
    assert not re.search(r"dlr_", told)


def test_what_the_public_is_shown_has_nothing_of_it(site, news):
    draft_below(news, "Public").get_latest_revision().publish()
    answer = site.get("/news/public/")
    assert answer.status == 200
    assert not answer.page.xpath("//form[@method='post']")
    assert "reviewed" not in answer.html
    assert site.get("/news/public/", "POST").status == 405
    assert "Disallow: /review/" in site.get("/robots.txt").html
