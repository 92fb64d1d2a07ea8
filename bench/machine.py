"""What a run ran on."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.databases import Database
from bench.report import VENDORS
from cms.settings.environment import CHECKOUT

PACKAGES = ("django", "wagtail", "djangorestframework", "granian", "psycopg")


def machine(databases: Iterable[Database]) -> dict[str, str]:
    """Names and values, for people."""
    load = ", ".join(f"{value:.2f}" for value in os.getloadavg())
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
        "revision": _first_line(["git", "-C", str(CHECKOUT), "rev-parse", "--short", "HEAD"]),
        "processor": f"{_processor()}, {len(os.sched_getaffinity(0))} cores",
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "load when it began": load,
        "Python": platform.python_version(),
        "packages": ", ".join(f"{name} {version(name)}" for name in PACKAGES),
        "databases": ", ".join(f"{VENDORS[one.vendor]} {one.version}" for one in databases),
        "nginx": _first_line(["nginx", "-v"]),
        "wrk": _first_line(["wrk", "-v"]),
    }


def _processor() -> str:
    found = re.search(r"^model name\s*:\s*(.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    return found[1] if found else platform.machine()


def _first_line(command: list[str]) -> str:
    """What a program says of itself; "–" where it is not installed."""
    if shutil.which(command[0]) is None:
        return "–"
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    return next(iter((run.stdout + run.stderr).splitlines()), "–").strip() or "–"
