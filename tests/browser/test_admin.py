"""Every edit view, as the browser has it."""

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser]


def test_page_types_say_what_they_are_for(page: Page, newsroom):
    (news,) = newsroom.pages(slug="news")
    page.goto(f"{newsroom.cms}/admin/pages/{news['id']}/")
    page.get_by_role("link", name="Add child page").first.click()
    for name, description in {
        "Press release": "A release, media advisory, statement or sign-on letter.",
        "Fact sheet": "A fact sheet, backgrounder, comparison, summary, report or Q&A.",
        "Profile collection": "A collection of profiles.",
        "Section": "Lists releases, fact sheets and other pages.",
        "Standard page": "About, Contact and the like.",
    }.items():
        link = page.get_by_role("link", name=re.compile(f"^{name}"))
        expect(link).to_contain_text(description)


def test_edit_views_run_without_a_fault(page: Page, newsroom, faults):
    """Of a page of every type, with every block in it, and each tab and panel opened."""
    pages = newsroom.pages()
    assert len({found["type"] for found in pages}) == 7
    for found in pages:
        page.goto(f"{newsroom.cms}/admin/pages/{found['id']}/edit/")
        expect(page.get_by_placeholder("Page title")).to_be_visible()
        page.get_by_role("tab", name="Promote").click()
        expect(page.get_by_label("Slug")).to_be_visible()
        page.get_by_role("tab", name="Content").click()
        page.get_by_role("button", name="Toggle preview").click()
        preview = page.frame_locator("#w-preview-iframe")
        expect(preview.locator(".preview")).to_be_visible()
        page.get_by_role("button", name="Toggle preview").click()
        assert not faults, found["type"]


def test_a_choice_with_long_words_stays_within_the_screen_of_a_telephone(page: Page, newsroom):
    (release,) = newsroom.pages(slug="release")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{newsroom.cms}/admin/pages/{release['id']}/edit/")
    expect(page.get_by_placeholder("Page title")).to_be_visible()

    panel = page.locator("#panel-child-content-media_advisory_who_what_when_where-section")
    panel.locator("button.w-panel__toggle").click()
    zone = panel.locator("select")
    expect(zone).to_be_visible()

    found, room = zone.bounding_box(), panel.bounding_box()
    assert found
    assert room
    assert found["x"] + found["width"] <= room["x"] + room["width"]
