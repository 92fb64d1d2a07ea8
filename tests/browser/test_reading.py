"""The reference site, as readers meet it: with any eyes, on any screen, on paper, without scripts."""

import pytest
from axe_playwright_python import sync_playwright  # type: ignore[import-untyped]  # no types
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser]

# One of each type, and what the site has of its own.
PATHS = [
    *("/", "/news/", "/about/", "/news/release/", "/news/facts/", "/people/", "/people/jordan/"),
    *("/search/?q=release", "/nothing/"),
]
KILOBYTE = 1000


def open_page(browser: Browser, address: str, **options) -> Page:
    page = browser.new_context(**options).new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_reading(browser: Browser, newsroom, scheme):
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    for path in PATHS:
        page.goto(newsroom.site + path)
        results = sync_playwright.Axe().run(page)
        assert len(results.response["passes"]) > 10
        assert results.violations_count == 0, f"{path}\n{results.generate_report()}"
    context.close()


def test_axe_would_notice(browser: Browser, newsroom):
    page = open_page(browser, newsroom.site)
    page.evaluate("document.documentElement.removeAttribute('lang')")
    assert sync_playwright.Axe().run(page).violations_count == 1
    page.context.close()


def test_without_scripts_everything_is_there(browser: Browser, newsroom):
    page = open_page(browser, newsroom.site + "/news/", java_script_enabled=False)
    page.get_by_role("link", name="Release").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Release")
    for words in ("blockquote", "table", "figure.embed a", "main img"):
        expect(page.locator(words).first).to_be_visible()
    expect(page.locator("figure.embed button")).to_have_count(0)
    page.get_by_role("searchbox").fill("facts")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    page.context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_telephone_shows_all_of_it(browser: Browser, newsroom, path):
    page = open_page(browser, newsroom.site + path, viewport={"width": 320, "height": 640})
    too_wide = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
            .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
            .filter((element) => !element.closest(".scroll, .skip, .hidden"))
            .map((element) => element.outerHTML.slice(0, 200))"""
    )
    assert too_wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_on_paper_there_is_what_is_to_be_read(browser: Browser, newsroom, tmp_path):
    page = open_page(browser, newsroom.site + "/news/release/")
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for left_out in ("nav[aria-label=Main]", "form[role=search]", "footer", ".embed button"):
        for element in page.locator(left_out).all():
            expect(element).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )
    page.context.close()


def test_a_page_is_light_and_keeps_still(browser: Browser, newsroom):
    """Budgets: no script without a player, 40 kB of HTML, nothing that moves when pictures come."""
    context = browser.new_context()
    page = context.new_page()
    page.add_init_script(
        """window.shift = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) window.shift += entry.value;
        }).observe({ type: "layout-shift", buffered: true });"""
    )
    loaded: dict[str, int] = {}
    page.on("response", lambda answer: loaded.update({answer.url: len(answer.body())}))
    page.goto(newsroom.site + "/about/", wait_until="networkidle")
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    assert [url for url in loaded if url.endswith(".js")] == []

    page.goto(newsroom.site + "/news/release/", wait_until="networkidle")
    page.mouse.wheel(0, 20_000)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)
    scripts = page.locator("script:not([type='application/ld+json'])").all_inner_texts()
    assert sum(map(len, scripts)) < 60 * KILOBYTE
    # That page has one block of every kind that there is.
    assert loaded[newsroom.site + "/news/release/"] < 40 * KILOBYTE
    assert page.locator("main img").count() > 0
    assert page.evaluate("window.shift") == 0
    context.close()


def test_a_player_waits_for_consent(browser: Browser, newsroom):
    page = open_page(browser, newsroom.site + "/news/release/")
    asked: list[str] = []
    page.route(lambda url: not url.startswith("http://localhost"), lambda route: route.abort())
    page.on("request", lambda request: asked.append(request.url))
    figure = page.locator("figure.embed").first
    expect(figure.locator("iframe")).to_have_count(0)
    figure.scroll_into_view_if_needed()
    assert all(url.startswith("http://localhost") for url in asked)
    page.context.close()
