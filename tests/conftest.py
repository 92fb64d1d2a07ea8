import gc
import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from hypothesis.internal.conjecture import providers
from hypothesis.internal.constants_ast import Constants
from xdist.scheduler import LoadFileScheduling

from cms.garbage import RARELY
from tests.migrated import begin_migrated

SHARED = Path(__file__).resolve().parents[2] / "shared"
# What the database does not see is tested on one of them: pure functions, the admin's forms, how
# often it is asked, which depends on what is asked for alone, and the shape of answers: whether each
# database gives them at all, what is asked of both shows.
ONCE = (
    "api/codecs/",
    "api/test_bounded_queries.py",
    "api/test_nothing_untyped.py",
    "api/test_openapi_is_kept.py",
    "api/test_same_bytes.py",
    "api/purge/test_backends.py",
    "api/views/",
    "cms/as_of/test_seen.py",
    "cms/embargo/test_times.py",
    "cms/review/test_reading.py",
    "cms/review/test_workflow.py",
    "cms/test_environment.py",
    "cms/test_project_files.py",
    "cms/test_urls.py",
    "frontend_contract/",
    "pages/demo/",
    "pages/test_blocks.py",
    "pages/test_editor.py",
    "pages/test_previews.py",
    "pages/test_tree.py",
    "test_readme.py",
)
# Begun first, so that no worker is left alone with one of them in the end.
LONG = (
    "browser/",
    "cms/test_run.py",
    "api/test_nothing_leaks.py",
    "wagtail_v2/",
    "bench/",
    "api/test_openapi_is_kept.py",
    "api/test_bad_input.py",
    "api/documents/test_state_machine.py",
    "frontend_contract/test_typescript.py",
    "api/codecs/test_any_stored_value.py",
    "pages/demo/test_demo_load.py",
    "frontend_contract/test_site",
    "cms/review/test_reading.py",
    "cms/review/test_who_sees_what.py",
    "cms/review/test_sharing.py",
    "cms/as_of/test_seen.py",
    "pages/test_previews.py",
)
gc.set_threshold(*RARELY)
# Hypothesis tries the constants of the modules that are loaded, which in a worker are those of the
# tests before: what is derandomized would be something else in each run. `tests/test_same_tries.py`
# tells when a new version goes past this.
providers._get_local_constants = Constants
NO_CHROMIUM = "no chromium on the PATH"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what this machine cannot run, unless it was told that it must."""
    if CHROMIUM is None and os.environ.get("REQUIRE_CHROMIUM") == "1":
        raise pytest.UsageError(f"REQUIRE_CHROMIUM=1, and there is {NO_CHROMIUM}.")
    items.sort(key=lambda item: next((n for n, part in enumerate(LONG) if is_in(item, part)), 99))
    for item in items:
        if any(is_in(item, part) for part in ONCE):
            item.add_marker(pytest.mark.once)
        if CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))
        if not SHARED.is_dir() and item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="no ../shared"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says loudly what was not tried: a skip is one letter among thousands."""
    missing = [
        one for one in terminalreporter.getreports("skipped") if NO_CHROMIUM in one.longrepr[2]
    ]
    if missing:
        terminalreporter.section("NOT TESTED IN A BROWSER", sep="!", red=True, bold=True)
        terminalreporter.line(
            f"{len(missing)} tests were skipped: {NO_CHROMIUM} (`make chromium`)."
        )


def is_in(item: pytest.Item, part: str) -> bool:
    return item.path.relative_to(Path(__file__).parent).as_posix().startswith(part)


class Files(LoadFileScheduling):
    """A worker gets a file at a time, and all that need the browser: they share a newsroom."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return "tests/browser" if file.startswith("tests/browser/") else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Files:
    return Files(config, log)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no use looking through it for garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Lets Django find its migrations applied, on SQLite: its first connection is to an empty database."""

    def begin(connection: BaseDatabaseWrapper, **_: Any) -> None:
        connection_created.disconnect(begin)
        begin_migrated(connection.connection)

    if connection.vendor == "sqlite":
        connection_created.connect(begin, weak=False)


@pytest.fixture(scope="session", autouse=True)
def the_contract_comes_first() -> None:
    """Names of the contract belong to the newsroom's types, before a test gives one to another."""
    from api.codecs.pages import any_page

    any_page()
