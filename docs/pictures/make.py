"""Draws `editor.png`: the demo's press release in the admin, with the preview panel open.

Needs a newsroom with the demo content (`make run`) and Debian's chromium:
`python docs/pictures/make.py http://localhost:8000 PASSWORD-OF-EDITOR`.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main(cms: str, password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_page(viewport={"width": 1600, "height": 1000})
        page.goto(f"{cms}/admin/login/")
        page.fill("input[name=username]", "editor")
        page.fill("input[name=password]", password)
        page.click("button[type=submit]")
        listing = page.request.get(f"{cms}/api/v2/pages/?type=press_release&kind=press_release")
        release = listing.json()["items"][0]["id"]
        page.goto(f"{cms}/admin/pages/{release}/edit/")
        page.click("[data-side-panel-toggle=preview]")
        page.wait_for_timeout(6000)
        page.screenshot(path=Path(__file__).with_name("editor.png"))
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
