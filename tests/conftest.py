import gc
import os
import shutil
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
# What the database does not see is tested on one of them: pure functions, and the admin's forms.
ONCE = (
    "api/codecs/rich_text",
    "pages/test_blocks.py",
    "pages/test_editor.py",
    "pages/test_tree.py",
)
# Migrations define every model hundreds of times over, and tests make many thousand objects that are
# soon gone. Looking for cycles among all of them at Python's pace takes a third of the time.
gc.set_threshold(100_000, 50, 100)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skips what this machine cannot run, unless it was told that it must."""
    if CHROMIUM is None and os.environ.get("REQUIRE_CHROMIUM") == "1":
        raise pytest.UsageError("REQUIRE_CHROMIUM=1, and there is no chromium on the PATH.")
    here = Path(__file__).parent
    for item in items:
        if item.path.relative_to(here).as_posix().startswith(ONCE):
            item.add_marker(pytest.mark.once)
        if CHROMIUM is None and item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no chromium on the PATH"))
        if not SHARED.is_dir() and item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="no ../shared"))


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no use looking through it for garbage."""
    gc.collect()
    gc.freeze()
