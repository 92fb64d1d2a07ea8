"""The site as it will be, as an editor meets it."""

import pytest
from axe_playwright_python import sync_playwright  # type: ignore[import-untyped]  # no types
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser]


def test_the_site_says_that_it_is_a_preview_until_it_is_left(page: Page, newsroom, faults):
    page.goto(f"{newsroom.cms}/admin/")
    page.get_by_role("link", name="Preview the site").first.click()
    page.get_by_role("button", name="Preview", exact=True).click()
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open localhost").click()
    site = opened.value
    expect(site).to_have_url(f"{newsroom.site}/")
    banner = site.locator(".ahead")
    for scheme in ("light", "dark"):
        site.emulate_media(color_scheme=scheme)
        site.goto(f"{newsroom.site}/news/")
        expect(banner).to_contain_text("The site as it will be on")
        results = sync_playwright.Axe().run(site)
        assert len(results.response["passes"]) > 10
        assert results.violations_count == 0, results.generate_report()
    site.emulate_media(media="print")
    expect(banner).to_be_visible()
    expect(banner.get_by_role("button")).to_be_hidden()
    site.emulate_media(media="screen")
    site.get_by_role("button", name="Leave").click()
    expect(site).to_have_url(f"{newsroom.site}/")
    expect(banner).to_have_count(0)
    assert faults == []
