"""`python -m bench.queries QUESTIONS RESULTS TIMES`: what the product asks its database, and how long.

In a process of its own with the server's settings, through the whole middleware. Both are JSON files:
`{measure: [[path, headers], …]}`, and `{measure: {"queries": …, "db_ms": …, "query_ms": …}}`.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from statistics import median
from typing import Any

import django


def main(questions: Path, results: Path, times: int) -> None:
    django.setup()
    asked = json.loads(questions.read_text())
    results.write_text(json.dumps({name: of(asked[name], times) for name in asked}))


def of(questions: list[tuple[str, dict[str, str]]], times: int) -> dict[str, float]:
    """The most queries of any of the questions; the milliseconds of all of the slowest question's
    queries together and of its slowest query, each the median of several times."""
    counts, sums, slowest = [], [], []
    for path, headers in questions:
        _times_of(path, headers)
        runs = [_times_of(path, headers) for _ in range(times)]
        counts.append(max(map(len, runs)))
        sums.append(median(map(sum, runs)))
        slowest.append(median(max(run, default=0) for run in runs))
    return {"queries": max(counts), "db_ms": max(sums) * 1000, "query_ms": max(slowest) * 1000}


def _times_of(path: str, headers: dict[str, str]) -> list[float]:
    """Seconds of each query."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    found: list[float] = []

    def timed(execute: Any, *args: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(*args)
        finally:
            found.append(time.perf_counter() - began)

    with connection.execute_wrapper(timed):
        response = Client().get(path, headers=headers, HTTP_HOST=settings.ALLOWED_HOSTS[0])
        response.close()
    if response.status_code not in (200, 302, 304):
        raise RuntimeError(f"{path}: {response.status_code}")
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
