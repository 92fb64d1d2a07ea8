"""A draft goes out to people without an account, and what they say comes back."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser]


def open_draft(page: Page, newsroom, title: str) -> None:
    """In the editor, as one goes there from the listing."""
    (news,) = newsroom.pages(slug="news")
    page.goto(f"{newsroom.cms}/admin/pages/{news['id']}/")
    page.get_by_role("link", name=title, exact=True).click()
    expect(page.get_by_placeholder("Page title")).to_have_value(title)


def share(page: Page, *choices: str, passcode: str = "") -> str:
    """From the editor's header. Gives the address that the editor copies."""
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Share for review").click()
    page.get_by_label("For whom").fill("Jo Lawyer")
    page.get_by_label("Passcode").fill(passcode)
    for choice in choices:
        page.get_by_label(choice).check()
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", name="The link for Jo Lawyer")).to_be_visible()
    return page.get_by_label("Address", exact=True).input_value()


def somebody(browser: Browser, address: str, **options) -> Page:
    """Without cookies, at an address that they were given."""
    tab = browser.new_context(**options).new_page()
    tab.goto(address)
    return tab


def test_a_draft_is_shared_answered_approved_and_published(
    browser: Browser, page: Page, newsroom, faults, tmp_path
):
    open_draft(page, newsroom, "For review")
    address = share(page)
    assert re.fullmatch(rf"{newsroom.site}/review/dlr_[\w-]{{43}}/", address)
    page.screenshot(path=tmp_path / "shared.png", full_page=True)

    phone = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}
    reviewer = somebody(browser, address, **phone)
    expect(reviewer.get_by_role("heading", level=1)).to_have_text("For review")
    expect(reviewer.get_by_text("Twelve cranes stand at the quay.")).to_be_visible()
    expect(reviewer.locator(".heads")).to_contain_text("Draft for review, for Jo Lawyer")
    reviewer.screenshot(path=tmp_path / "draft.png", full_page=True)
    reviewer.get_by_text("Comment on this paragraph", exact=True).click()
    reviewer.get_by_label("Your comment on this paragraph").fill("I count eleven.")
    reviewer.get_by_role("button", name="Send", exact=True).first.click()
    expect(reviewer.locator(".thread")).to_contain_text("I count eleven.")

    # The editor sees it beside the paragraph, answers and mends it.
    open_draft(page, newsroom, "For review")
    page.get_by_role("button", name="Toggle comments").click()
    comment = page.locator(".comment").filter(has_text="I count eleven.").first
    comment.scroll_into_view_if_needed()
    expect(comment).to_be_visible()
    expect(comment).to_contain_text("Jo Lawyer")
    page.screenshot(path=tmp_path / "comment.png")

    reviewer.reload()
    reviewer.get_by_label("I approve it as it is").check()
    reviewer.get_by_role("button", name="Send your verdict").click()
    expect(reviewer.locator("#verdict")).to_contain_text("You approved this draft")
    reviewer.screenshot(path=tmp_path / "approved.png", full_page=True)
    page.get_by_role("button", name="Actions").first.click()
    page.get_by_role("link", name="Share for review").click()
    expect(page.locator(".review-links")).to_contain_text("Approves")

    open_draft(page, newsroom, "For review")
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Page 'For review' has been published.")).to_be_visible()
    gone = reviewer.reload()
    assert gone is not None
    assert gone.status == 410
    expect(reviewer.get_by_role("heading", level=1)).to_contain_text("ended")
    reviewer.screenshot(path=tmp_path / "ended.png", full_page=True)
    assert faults == []
    reviewer.context.close()


def test_a_journalist_reads_under_embargo_once_they_accepted_its_terms(
    browser: Browser, page: Page, newsroom, tmp_path
):
    open_draft(page, newsroom, "For Friday")
    expect(page.get_by_text("Under embargo until")).to_be_visible()
    address = share(page, "Reading under embargo", passcode="nine cranes")

    reader = somebody(browser, address)
    assert "publish none of it" not in reader.content()
    reader.get_by_label("Passcode").fill("nine cranes")
    reader.get_by_role("button", name="Read the draft").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Before you read")
    expect(reader.get_by_text("Until then, publish none of it.")).to_be_visible()
    assert "For Friday" not in reader.content()
    reader.screenshot(path=tmp_path / "terms.png", full_page=True)
    reader.get_by_label("Your name").fill("Kim Press")
    reader.get_by_label("For whom you write").fill("The Courier")
    reader.get_by_label("I accept these terms").check()
    reader.get_by_role("button", name="Accept and read").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("For Friday")
    expect(reader.locator(".heads")).to_contain_text("Embargoed until")
    expect(reader.locator("#verdict")).to_have_count(0)
    reader.screenshot(path=tmp_path / "embargoed.png", full_page=True)
    with reader.expect_download() as download:
        reader.get_by_role("link", name="Take it away as text").click()
    text = download.value.path().read_text()
    assert text.startswith("EMBARGOED UNTIL 20")
    assert "America/New York" in text
    assert "Twelve cranes stand at the quay." in text
    reader.context.close()

    # Published, it waits for its moment.
    open_draft(page, newsroom, "For Friday")
    page.get_by_role("button", name="More actions").last.click()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("will be published when its embargo ends")).to_be_visible()
    page.screenshot(path=tmp_path / "planned.png")
    titles = [item["title"] for item in newsroom.pages(type="press_release")]
    assert "Release" in titles
    assert "For Friday" not in titles
    assert newsroom.ask("pages/", search="Friday")[1]["meta"]["total_count"] == 0
