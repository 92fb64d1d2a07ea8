"""`python -m bench`: measures, prints, writes `bench/latest.json`; 1 if something is not as it must be."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import databases
from bench.cell import FULL, QUICK, Effort, measure
from bench.machine import machine
from bench.report import LATEST, VENDORS, report
from bench.verdicts import verdicts

SIZES = [1_000, 10_000]
QUICK_SIZE = 40


def main() -> None:
    options = arguments()
    # Everything that was started is ended on the way out.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    for run in bench(options.databases, options.sizes, QUICK if options.quick else FULL):
        # After each cell: the next may take half an hour, and fail.
        if options.output:
            options.output.write_text(json.dumps(run, indent=1, ensure_ascii=False) + "\n")
    print(report(run))
    found = verdicts(run["cells"])
    # A line that was not measured fails a run that was to measure all.
    whole = set(SIZES) <= set(options.sizes) and "postgresql" in options.databases
    sys.exit(any(one.passed is False or (whole and one.passed is None) for one in found))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measures the product beside a bare view, stock Wagtail and nginx.",
    )
    parser.add_argument(
        "--databases", nargs="+", choices=list(VENDORS), help="default: both, or SQLite if quick"
    )
    parser.add_argument(
        "--sizes",
        nargs="+",
        type=int,
        help=f"numbers of pages; default: {SIZES}, or {QUICK_SIZE} if quick",
    )
    parser.add_argument(
        "--quick", action="store_true", help="see that everything works; the numbers mean nothing"
    )
    parser.add_argument(
        "--output", type=Path, help=f"file for the numbers; default: {LATEST.name}, none if quick"
    )
    options = parser.parse_args()
    options.databases = options.databases or (["sqlite"] if options.quick else list(VENDORS))
    options.sizes = sorted(options.sizes or ([QUICK_SIZE] if options.quick else SIZES))
    options.output = options.output or (None if options.quick else LATEST)
    return options


def bench(vendors: list[str], sizes: list[int], effort: Effort) -> Iterator[dict[str, Any]]:
    """The run so far, after each cell: each size on each database, which grows from one to the next."""
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", file=sys.stderr, flush=True)

    cells = []
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="dateline-bench-")))
        used = []
        for vendor in vendors:
            (folder / vendor).mkdir()
            used.append(stack.enter_context(databases.made(vendor, folder / vendor)))
        on = machine(used)
        for database in used:
            for size in sizes:
                cells.append(measure(database, size, folder / database.vendor, effort, say))
                yield {"machine": on, "cells": cells}


if __name__ == "__main__":
    try:
        main()
    except databases.Unavailable as reason:
        sys.exit(str(reason))
    except KeyboardInterrupt:
        sys.exit(130)
