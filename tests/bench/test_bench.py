"""The bench runs from end to end, and says what it found."""

import json
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest

from bench import timing
from bench.asking import Question
from bench.measures import Measure
from bench.report import BEGIN, END, PAGE, report
from bench.verdicts import verdicts
from cms.settings.environment import CHECKOUT

pytestmark = pytest.mark.once

CONTESTANTS = {"product", "bare", "stock", "stock_resolved"}
MEASURES = {
    "detail",
    "not_modified",
    "find",
    "route",
    "list",
    "deep",
    "list_anew",
    "deep_anew",
    "filtered",
    "search",
    "search_rare",
    "site",
}


def cell(size=10_000, *, cpu_ms=1.0, database="postgresql", **publish):
    """A cell in which everything costs the same, but for stock Wagtail."""
    product = {"cpu_ms": cpu_ms, "bytes": 1000, "queries": 2, "db_ms": 3.0, "query_ms": 2.0}
    contestants = {
        "product": product,
        "bare": {"cpu_ms": 1.0},
        "stock": {"cpu_ms": 80.0},
        "stock_resolved": {"cpu_ms": 100.0},
    }
    published = {"triggers": 9, "dependents": 100, "fresh": 100, "added_ms": 9.0, "with_ms": 29.0}
    return {
        "database": database,
        "size": size,
        "measures": {name: {"title": name, "contestants": contestants} for name in MEASURES},
        "publish": {**published, "without_ms": 20.0, "next_read_ms": 30.0, **publish},
    }


def test_a_quick_run_measures_every_contestant(tmp_path):
    output = tmp_path / "numbers.json"
    run = subprocess.run(
        [sys.executable, "-m", "bench", "--quick", "--output", str(output)],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    (found,) = json.loads(output.read_text())["cells"]
    assert set(found["measures"]) == MEASURES
    assert set(found["measures"]["detail"]["contestants"]) >= CONTESTANTS
    # Each copy was the product's answer to the byte: a bare view's at least of each page.
    assert found["compared"] >= found["size"]
    assert found["publish"]["fresh"] == found["publish"]["dependents"] == found["size"]
    assert "SQLite, 40 pages" in run.stdout


def test_a_run_within_all_bounds_passes():
    found = verdicts([cell(1_000), cell(10_000)])

    assert len(found) == 10
    assert [one.wanted for one in found if not one.passed] == []


def test_every_line_can_fail():
    slow = cell(10_000, cpu_ms=7.0, added_ms=51.0, fresh=99)
    slow["measures"]["list"] = {
        "title": "list",
        "contestants": {"product": {"cpu_ms": 6.1, "queries": 4, "db_ms": 26.0}},
    }
    slow["measures"]["deep_anew"] = {"title": "deep", "contestants": {"product": {"cpu_ms": 9.2}}}

    found = verdicts([cell(1_000), slow])

    assert [one.wanted for one in found if one.passed is not False] == []


def test_what_was_not_measured_is_no_pass():
    found = cell(10_000)
    found["measures"]["not_modified"] = {
        "title": "304",
        "contestants": {"product": {"missing": "the product gives no ETag"}},
    }

    lines = {one.wanted: one for one in verdicts([found])}

    assert lines["304 ≤ 1.2 × the bare view's"].passed is None
    assert lines["304 ≤ 1.2 × the bare view's"].found == "the product gives no ETag"
    assert lines["search for common words ≤ 2 × that in a tenth of the pages"].passed is None


def test_a_run_without_postgresql_shows_nothing():
    assert [one.passed for one in verdicts([cell(database="sqlite")])] == [None]


def test_the_report_tells_ratios():
    text = report({"machine": {"processor": "one"}, "cells": [cell(cpu_ms=2.0)]})

    assert "- processor: one" in text
    assert "100.00 (50×)" in text


def test_the_page_has_a_place_for_the_numbers():
    text = PAGE.read_text()

    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)


def test_one_that_lets_wait_too_long_is_left_out(monkeypatch):
    """All but the product, which nobody is to wait for."""
    servers: dict[str, Any] = {
        name: SimpleNamespace(pids=lambda database: []) for name in ("product", "stock")
    }
    clients: dict[str, Any] = {
        name: SimpleNamespace(name=name, renew=lambda: None) for name in servers
    }
    slow = ["stock"]

    def ask(seconds, client, questions):
        if client.name in slow:
            raise TimeoutError
        return 1, 10

    monkeypatch.setattr(timing, "_ask_for", ask)
    monkeypatch.setattr(timing, "cpu_seconds", lambda pids: {1: 0.0})
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    database: Any = None
    measure = Measure("search", "search", {name: [Question("/")] for name in servers})

    rows = timing.cpu_of(measure, servers, clients, database, rounds=3, seconds=1)

    assert rows["product"]["bytes"] == 10
    assert rows["stock"] == {"missing": "no answer in 120 s"}
    slow.append("product")
    with pytest.raises(TimeoutError):
        timing.cpu_of(measure, servers, clients, database, rounds=3, seconds=1)
