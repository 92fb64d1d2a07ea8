"""The reference site, as reviewers meet it: with any eyes, on any screen, on paper, without scripts."""

import pytest
from axe_playwright_python import sync_playwright  # type: ignore[import-untyped]  # no types
from playwright.sync_api import Browser, Page, expect

from tests.browser import newsroom as process
from tests.browser.test_sharing import open_draft, share

pytestmark = [pytest.mark.browser]

DRAFT, LOCKED = f"/review/{process.TOKEN}/", f"/review/{process.LOCKED}/"
PATHS = {"draft": DRAFT, "passcode": LOCKED, "no link": "/review/dlr_none/"}


def open_page(browser: Browser, address: str, **options) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_reviewing(browser: Browser, newsroom, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for path in PATHS.values():
        page.goto(newsroom.site + path)
        for summary in page.locator("details.say > summary").all()[:3]:
            summary.click()
        results = sync_playwright.Axe().run(page)
        assert len(results.response["passes"]) > 10
        assert results.violations_count == 0, f"{path}\n{results.generate_report()}"
    context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_telephone_shows_all_of_it(browser: Browser, newsroom, path):
    page = open_page(browser, newsroom.site + PATHS[path], viewport={"width": 320, "height": 640})
    for summary in page.locator("details.say > summary").all()[:3]:
        summary.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_a_review_without_scripts_and_without_a_mouse(browser: Browser, newsroom):
    """As Chromium sends it: from a page that tells no referrer."""
    page = open_page(browser, newsroom.site + LOCKED, java_script_enabled=False)
    field = page.get_by_label("Passcode")
    field.fill("eight-cranes")
    field.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("This is not the passcode.")
    page.get_by_label("Passcode").fill(process.PASSCODE)
    page.get_by_label("Passcode").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Draft")

    comment = page.get_by_text("Comment on this paragraph").first
    comment.focus()
    comment.press("Enter")
    page.get_by_label("Your comment on this paragraph").first.fill("Whose words?")
    page.get_by_label("Your comment on this paragraph").first.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".thread:target")).to_contain_text("Whose words?")

    page.get_by_label("I approve it as it is").check()
    page.get_by_role("button", name="Send your verdict").press("Enter")
    expect(page.locator("#verdict")).to_contain_text("You approved this draft")
    assert process.LOCKED in page.url
    page.context.close()


def test_who_comes_again_from_webmail_goes_on_with_their_visit(
    browser: Browser, page: Page, newsroom
):
    open_draft(page, newsroom, "Draft")
    address = share(page)
    reader = browser.new_context().new_page()
    mail = "https://mail.example/"
    reader.route(mail, lambda route: route.fulfill(body=f'<a href="{address}">The draft</a>'))
    for _ in range(2):
        reader.goto(mail)
        reader.get_by_role("link", name="The draft").click()
        expect(reader.get_by_role("heading", level=1)).to_have_text("Draft")
    reader.context.close()
    page.goto(page.url)
    link = page.locator(".review-links li", has_text="Jo Lawyer")
    expect(link).to_contain_text(", opened once")


def test_a_draft_on_paper_says_what_it_is(browser: Browser, newsroom):
    page = open_page(browser, newsroom.site + DRAFT)
    page.emulate_media(media="print")
    head = page.locator(".heads")
    expect(head).to_contain_text("Draft for review, for Jo")
    # That of a table is repeated on every sheet.
    assert head.evaluate("(found) => getComputedStyle(found).display") == "table-header-group"
    for hidden in ("details.say", "#verdict form", ".away"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.context.close()
