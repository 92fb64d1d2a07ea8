"""Draws the README's pictures: the editor with the preview panel, a press release, a fact sheet.

`make pictures` calls it, against a newsroom with the demo content that `make run` has started.
"""

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
DESK = {"width": 1600, "height": 1000}
PAGE = {"width": 1000, "height": 1250}


def main(cms: str, passwords: str) -> None:
    """`passwords` is the file in which the newsroom keeps its demo sign-ins."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        release = newest(browser, cms, "press_release", "press_release")
        paper = newest(browser, cms, "fact_sheet", "fact_sheet")
        draw_editor(browser, cms, password_of("editor", passwords), release["id"])
        draw_page(browser, release["meta"]["html_url"], "press-release.png", "light")
        draw_page(browser, paper["meta"]["html_url"], "fact-sheet.png", "dark")
        browser.close()


def newest(browser: Browser, cms: str, page_type: str, kind: str) -> dict:
    """The newest page of a type and kind."""
    query = f"type={page_type}&kind={kind}&order=-publication_date&limit=1"
    answer = browser.new_page().request.get(f"{cms}/api/v2/pages/?{query}")
    return answer.json()["items"][0]


def password_of(name: str, file: str) -> str:
    for line in Path(file).read_text().splitlines():
        user, _, password = line.partition(" ")
        if user == name:
            return password.strip()
    sys.exit(f"{file} has no password of {name}")


def draw_editor(browser: Browser, cms: str, password: str, page_id: int) -> None:
    page = browser.new_page(viewport=DESK)
    page.goto(f"{cms}/admin/login/")
    page.fill("input[name=username]", "editor")
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.goto(f"{cms}/admin/pages/{page_id}/edit/")
    page.click("[data-side-panel-toggle=preview]")
    page.frame_locator("#w-preview-iframe").locator("h1").wait_for()
    page.wait_for_timeout(3000)
    page.screenshot(path=HERE / "editor.png")


def draw_page(browser: Browser, address: str, name: str, scheme: str) -> None:
    page = browser.new_page(viewport=PAGE, color_scheme=scheme)
    page.goto(address, wait_until="networkidle")
    page.screenshot(path=HERE / name)


if __name__ == "__main__":
    main(*sys.argv[1:])
