import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from cms.settings.environment import CHECKOUT, Environment
from tests.browser import newsroom as process
from tests.migrated import make_migrated

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Milliseconds. Only a failing test, or a machine with much else to do, waits that long.
PATIENCE = 30_000


@dataclass(frozen=True)
class Newsroom:
    """Where the CMS and the site that shows its pages are: two origins."""

    cms: str
    site: str

    def ask(self, endpoint: str, **parameters: str) -> tuple[int, Any]:
        """Status and document of an answer of the API."""
        status, text = self.get(f"{self.cms}/api/v2/{endpoint}?{urlencode(parameters)}")
        return status, json.loads(text)

    def get(self, address: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(address, timeout=30) as response:
                return response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()

    def pages(self, **parameters: str) -> list[dict[str, Any]]:
        """Public pages."""
        return self.ask("pages/", **parameters)[1]["items"]


@pytest.fixture(scope="session")
def newsroom(tmp_path_factory) -> Iterator[Newsroom]:
    var = tmp_path_factory.mktemp("newsroom")
    make_migrated(var / "dateline.sqlite3")
    with socket.socket() as first, socket.socket() as second:
        first.bind(("127.0.0.1", 0))
        second.bind(("127.0.0.1", 0))
        port, site_port = first.getsockname()[1], second.getsockname()[1]
    ours = Environment.model_fields.keys() | {"DJANGO_SETTINGS_MODULE"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    output = var / "output.txt"
    with output.open("w") as file:
        running = subprocess.Popen(
            [sys.executable, "-m", process.__name__],
            cwd=CHECKOUT,
            env=inherited
            | {
                "VAR": str(var),
                "PORT": str(port),
                "SITE_PORT": str(site_port),
                "WORKERS": "1",
            },
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        here = Newsroom(f"http://localhost:{port}", f"http://localhost:{site_port}")
        wait_for([f"{here.cms}/health/ready", here.site], running, output)
        yield here
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(20)


def wait_for(addresses: list[str], running: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + 120
    for address in addresses:
        while True:
            assert running.poll() is None, output.read_text()
            assert time.monotonic() < deadline, output.read_text()
            try:
                urllib.request.urlopen(address, timeout=10).close()
                break
            except OSError:
                time.sleep(0.1)


# While Playwright is there, Django takes the thread for one that must not ask the database. So it goes
# with each module, and after the newsroom has come.
@pytest.fixture(scope="module")
def browser(newsroom: Newsroom) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("chromium-browser")
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def cookies(browser: Browser, newsroom: Newsroom) -> Any:
    """What a browser has in which the editor has signed in, by the form."""
    expect.set_options(timeout=PATIENCE)
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{newsroom.cms}/admin/")
    page.get_by_label("Username").fill(process.NAME)
    page.get_by_label("Password").fill(process.PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    state = {"cookies": context.cookies(), "origins": []}
    context.close()
    return state


# Wagtail checks a preview while it still checks the one before; the next check finds what there is.
BUSY = "Axe is already running."


@pytest.fixture
def faults() -> list[str]:
    """What went wrong in the page's scripts, as the browser's console has it."""
    return []


@pytest.fixture
def page(browser: Browser, cookies: Any, faults: list[str]) -> Iterator[Page]:
    """A tab of the signed-in editor, in a browser that remembers nothing else."""

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error":
            faults.append(f"{said.text} ({said.location})")

    context = browser.new_context(storage_state=cookies, viewport={"width": 1500, "height": 1000})
    context.set_default_timeout(PATIENCE)
    tab = context.new_page()
    tab.on(
        "pageerror",
        lambda error: None if str(error).startswith(BUSY) else faults.append(str(error)),
    )
    tab.on("console", hear)
    yield tab
    context.close()
