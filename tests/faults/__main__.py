"""`make faults`: what happens to a newsroom whose processes are killed, whose receivers are dead, and
which is busy when something is planned. On each database; 1 if something is not as it must be.

Nothing may be lost through 300 publications; what is planned appears within two seconds of its time, and
not before; ten thousand changes for a dead endpoint make a publication at most 1.1 times as long.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults import dead, killed, on_time
from tests.postgresql import candidates


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--acts", type=int, default=300, help="publications, 300 if not given")
    parser.add_argument("--changes", type=int, default=10_000, help="for the dead endpoint, 10000")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=["killed", "on_time", "dead"])
    options = parser.parse_args()
    runs: dict[str, Callable[..., dict[str, Any]]] = {
        "killed": partial(killed.run, acts=options.acts, seed=options.seed),
        "on_time": partial(on_time.run, times=5),
        "dead": partial(dead.run, changes=options.changes),
    }
    passed = True
    for name, run in runs.items():
        for vendor, server in (("SQLite", ""), ("PostgreSQL", candidates()[0])):
            if options.only not in (None, name):
                continue
            began = time.monotonic()
            with tempfile.TemporaryDirectory(prefix="dateline-faults-") as folder:
                found = run(Path(folder), server=server)
            print(f"{name}, {vendor}, {time.monotonic() - began:.0f} s: {found}", flush=True)
            passed &= _is_good(name, found)
    sys.exit(not passed)


def _is_good(name: str, found: dict[str, Any]) -> bool:
    if name == "on_time":
        return found["earliest"] >= 0 and max(found[w] for w in ("api", "feed", "webhook")) <= 2
    if name == "dead":
        told = found["waiting"] >= 0.9 * found["changes"]
        return bool(
            told and found["ratio"] <= 1.1 and found["memory"][-1] <= 1.1 * found["memory"][1]
        )
    # Whatever was lost has ended the run.
    return bool(found["killed"] and found["received"])


if __name__ == "__main__":
    main()
