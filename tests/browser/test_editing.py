"""The editor's day: a press release from the first word to the last."""

import re
import time

import pytest
from playwright.sync_api import FrameLocator, Locator, Page, Route, expect

pytestmark = [pytest.mark.browser]

PATH = "/news/harbour-to-be-dredged/"

# Two seconds after an edit view has come, Wagtail takes what is in it for what is saved. Only what
# is written from then on counts as a change.
WATCHING = "() => window.wagtail?.app?.queryController('w-unsaved')?.initialFormData"

# Every answer takes a little longer, so that people get to write before it comes.
SLOW_NETWORK = """
const quick = window.fetch;
window.fetch = async (...request) => {
  const answer = await quick(...request);
  await new Promise((done) => setTimeout(done, 250));
  return answer;
};
"""


def begin_release(page: Page, newsroom) -> None:
    """From the admin's front page to an empty press release, as an editor goes there."""
    (news,) = newsroom.pages(slug="news")
    page.goto(f"{newsroom.cms}/admin/pages/{news['id']}/")
    page.get_by_role("link", name="Add child page").first.click()
    page.get_by_role("link", name=re.compile("^Press release")).click()
    page.wait_for_function(WATCHING)


def body(page: Page) -> Locator:
    return page.locator("#panel-child-content-body-section")


def add_block(page: Page, label: str) -> None:
    body(page).get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name=label, exact=True).click()


def write(page: Page, words: str) -> None:
    """Types into the last paragraph, key by key: Draftail hears nothing else."""
    editor = body(page).locator("[contenteditable=true]").last
    editor.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def open_preview(page: Page) -> FrameLocator:
    page.get_by_role("button", name="Toggle preview").click()
    return page.frame_locator("#w-preview-iframe")


def choose_action(page: Page, name: str) -> None:
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name=name, exact=True).click()


def test_press_release_from_first_word_to_last(page: Page, newsroom, faults, tmp_path):
    begin_release(page, newsroom)
    page.get_by_placeholder("Page title").fill("Harbour to be dredged")
    page.get_by_label("Kind").select_option("Statement")
    page.get_by_label("Deck").fill("Ships wait outside")
    page.get_by_label("Dateline place").fill("SAN DIEGO")
    add_block(page, "Paragraph")
    write(page, "Boats are ready at the quay.")
    add_block(page, "Quotation")
    said = body(page).get_by_label("Quotation").last
    said.fill("We begin on Monday.")
    body(page).get_by_label("Name").last.fill("Jordan Reyes")

    # The panel shows the frontend, on an origin of its own.
    preview = open_preview(page)
    for words in ("Harbour to be dredged", "Ships wait outside", "SAN DIEGO"):
        expect(preview.get_by_text(words)).to_be_visible()
    expect(preview.get_by_text("Boats are ready at the quay.")).to_be_visible()
    expect(preview.locator("blockquote")).to_have_text("“We begin on Monday.”")
    expect(preview.locator(".preview")).to_contain_text("not public")
    assert any(frame.url.startswith(f"{newsroom.site}/preview/") for frame in page.frames)

    # It follows.
    said.fill("We begin on Friday.")
    expect(preview.locator("blockquote")).to_have_text("“We begin on Friday.”")
    write(page, " Cranes too.")
    expect(preview.get_by_text("Boats are ready at the quay. Cranes too.")).to_be_visible()

    # A block that lacks something is named; the rest is still shown.
    said.fill("")
    expect(preview.get_by_role("note")).to_have_text(
        "Quote, not finished. Still missing: quotation."
    )
    expect(preview.get_by_text("Cranes too.")).to_be_visible()
    page.screenshot(path=tmp_path / "preview.png")

    # What is not finished cannot be published, and the editor reads why.
    choose_action(page, "Publish")
    expect(page.get_by_text("could not be saved due to validation errors").first).to_be_visible()
    expect(body(page).get_by_text("This field is required.")).to_be_visible()
    page.screenshot(path=tmp_path / "refused.png")
    assert newsroom.ask("route/", path=PATH)[0] == 404

    # Mended, it is public.
    body(page).get_by_label("Quotation").last.fill("We begin on Tuesday.")
    choose_action(page, "Publish")
    expect(page.get_by_text("Page 'Harbour to be dredged' has been published.")).to_be_visible()
    status, found = newsroom.ask("route/", path=PATH)
    assert status == 200
    assert found["page"]["title"] == "Harbour to be dredged"
    assert [block["type"] for block in found["page"]["body"]] == ["paragraph", "quote"]
    assert found["page"]["meta"]["preview"] is False

    # The link in the admin leads to it on the frontend.
    page.goto(f"{newsroom.cms}/admin/pages/{found['page']['id']}/edit/")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Visit the live page").first.click()
    live = popup.value
    live.wait_for_url(newsroom.site + PATH)
    expect(live.get_by_role("heading", level=1)).to_have_text("Harbour to be dredged")
    expect(live.locator("blockquote")).to_have_text("“We begin on Tuesday.”")
    expect(live.locator(".preview")).to_have_count(0)
    live.screenshot(path=tmp_path / "live.png")
    live.close()

    # And gone again.
    page.goto(f"{newsroom.cms}/admin/pages/{found['page']['id']}/unpublish/")
    page.get_by_role("button", name="Yes, unpublish it").click()
    expect(page.get_by_text("Page 'Harbour to be dredged' unpublished.")).to_be_visible()
    assert newsroom.ask("route/", path=PATH)[0] == 410
    # The site keeps it until it is told, which a worker does at once.
    until = time.monotonic() + 5
    while (status := newsroom.get(newsroom.site + PATH)[0]) == 200 and time.monotonic() < until:
        time.sleep(0.1)
    assert status == 410
    _, html = newsroom.get(newsroom.site + PATH)
    assert "No longer here" in html
    assert "dredged" not in html
    assert not [fault for fault in faults if "Failed to load resource" not in fault]


def test_preview_stays_where_the_editor_was_reading(page: Page, newsroom, faults):
    """The frontend tells the panel, from the other origin, how far it was scrolled."""
    (release,) = newsroom.pages(slug="release")
    page.goto(f"{newsroom.cms}/admin/pages/{release['id']}/edit/")
    preview = open_preview(page)
    expect(preview.get_by_role("heading", name="Release", exact=True)).to_be_visible()
    preview.locator("html").evaluate("() => scrollTo(0, 300)")
    # Wagtail takes what it finds in the form two seconds after opening for what was saved.
    page.wait_for_timeout(3000)
    page.get_by_placeholder("Page title").fill("Release of today")
    expect(preview.get_by_role("heading", name="Release of today")).to_have_count(1)
    assert preview.locator("html").evaluate("() => scrollY") == 300
    assert not faults


def test_a_click_in_the_preview_leads_to_where_it_is_written(page: Page, newsroom, faults):
    """And what is being written is outlined there, though it is on another origin."""
    (release,) = newsroom.pages(slug="release")
    page.goto(f"{newsroom.cms}/admin/pages/{release['id']}/edit/")
    preview = open_preview(page)
    preview.locator("blockquote").first.click()
    expect(body(page).get_by_role("textbox", name="Quotation").first).to_be_focused()
    expect(preview.locator(".edited blockquote")).to_be_visible()
    page.get_by_placeholder("Page title").focus()
    expect(preview.locator("h1.edited")).to_be_visible()
    expect(preview.locator(".edited")).to_have_count(1)
    # Links lead away from the draft, where there is nothing to see: they lead to the form as well.
    preview.locator("main [data-edit] a").first.click()
    expect(preview.locator("h1")).to_be_visible()
    assert any("/preview" in frame.url for frame in page.frames)
    assert not faults


def test_no_word_is_lost_without_saving(page: Page, newsroom, faults):
    """Neither what was written while an earlier save was under way."""
    page.add_init_script(SLOW_NETWORK)
    begin_release(page, newsroom)
    page.get_by_placeholder("Page title").fill("Kept")
    add_block(page, "Paragraph")
    with page.expect_request(lambda sent: "pressed save" in (sent.post_data or "")):
        write(page, "Nobody pressed save.")
    with page.expect_request(lambda sent: "Nor here" in (sent.post_data or "")) as last:
        write(page, " Nor here.")
    answer = last.value.response()
    assert answer is not None
    assert answer.ok
    page.reload()
    expect(page.get_by_placeholder("Page title")).to_have_value("Kept")
    expect(body(page).locator("[contenteditable=true]")).to_have_text(
        "Nobody pressed save. Nor here."
    )
    assert not faults


def test_who_else_is_editing_is_not_oneself(page: Page, newsroom, faults):
    """A question asked before an autosave and answered after it tells of no other window."""
    pings = "**/editing-sessions/ping/**"
    held: list[Route] = []
    begin_release(page, newsroom)
    page.route(pings, lambda ping: held.append(ping))
    with page.expect_request(pings):
        page.get_by_placeholder("Page title").fill("Edited by one")
        add_block(page, "Paragraph")
        write(page, "Boats are ready.")
    with page.expect_response(lambda answer: "Ships wait" in (answer.request.post_data or "")):
        page.get_by_label("Deck").fill("Ships wait outside")
    page.route(pings, lambda ping: ping.continue_())
    # Another window would be hidden until the next answer: it is asked for at once.
    with page.expect_request(pings, timeout=7000) as again:
        # The last one: a question that is asked anew ends the one before.
        held[-1].continue_()
    assert again.value.response()
    # For the page to have read the answer.
    page.wait_for_timeout(500)
    choose_action(page, "Publish")
    expect(page.get_by_text("Page 'Edited by one' has been published.")).to_be_visible()
    assert not faults


def test_the_checks_of_the_editor_look_at_the_draft(page: Page, newsroom, faults):
    """Though it is on another origin: Wagtail's user bar is in it, and is not seen."""
    (release,) = newsroom.pages(slug="release")
    page.goto(f"{newsroom.cms}/admin/pages/{release['id']}/edit/")
    preview = open_preview(page)
    expect(preview.locator("h1")).to_be_visible()
    expect(preview.locator("wagtail-userbar")).to_have_count(1)
    page.get_by_role("button", name="Toggle checks").click()
    words = page.locator("[data-content-word-count]")
    expect(words).to_have_text(re.compile(r"^\s*[1-9]\d+\s*$"))
    assert not faults
