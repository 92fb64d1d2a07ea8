"""Processor time of a request: batches of all contestants in turn, and the median of the rounds."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import cycle
from statistics import median
from typing import Any

from bench.asking import LONG, LONGEST, Client, Question
from bench.databases import Database
from bench.measures import Measure
from bench.processes import cpu_seconds
from bench.servers import Server


def cpu_of(
    measure: Measure,
    servers: Mapping[str, Server],
    clients: Mapping[str, Client],
    database: Database,
    *,
    rounds: int,
    seconds: float,
) -> dict[str, dict[str, Any]]:
    """By contestant: `cpu_ms` of its server and database for a request, and `bytes` of an answer.

    In each round each contestant is asked, one request after the other, for `seconds`: whatever
    else the machine does meets all of them. Each begins a round with the same pages. Who takes longer
    than `LONG` for one request is asked in that round only; one that is compared with the product and
    lets wait for longer than `LONGEST` is `missing`.
    """
    batches: dict[str, list[float]] = {}
    sizes: dict[str, float] = {}
    names = [name for name in measure.questions if name in servers]
    slow: set[str] = set()
    done: set[str] = set()
    endless = {name: cycle(measure.questions[name]) for name in names}
    for _ in range(rounds):
        for name in [name for name in names if name not in slow | done]:
            clients[name].renew()
            before = cpu_seconds(servers[name].pids(database))
            began = time.monotonic()
            try:
                count, size = _ask_for(seconds * measure.weight, clients[name], endless[name])
            except TimeoutError:
                if name == "product":
                    raise
                slow.add(name)
                _wait_until_idle(servers[name], database)
                continue
            after = cpu_seconds(servers[name].pids(database))
            used = sum(after.values()) - sum(before.get(pid, 0) for pid in after)
            batches.setdefault(name, []).append(used / count * 1000)
            sizes[name] = size / count
            if (time.monotonic() - began) / count > LONG:
                done.add(name)
    return {
        name: {
            "cpu_ms": median(batches[name]),
            "bytes": sizes[name],
            "spread": _spread(batches[name]),
        }
        for name in names
        if name not in slow
    } | {name: {"missing": f"no answer in {LONGEST} s"} for name in slow}


def _wait_until_idle(server: Server, database: Database) -> None:
    """Until a server has given up what nobody waits for any more: it would take time from others."""
    used, before = 1.0, 0.0
    while used > 0.05:
        time.sleep(1)
        now = sum(cpu_seconds(server.pids(database)).values())
        used, before = now - before, now


def _ask_for(seconds: float, client: Client, questions: Iterator[Question]) -> tuple[int, int]:
    """How many were asked in that time, at least one, and the bytes of their answers."""
    count = size = 0
    until = time.monotonic() + seconds
    while not count or time.monotonic() < until:
        size += len(client.ask(next(questions)).body)
        count += 1
    return count, size


def _spread(batches: Sequence[float]) -> float:
    """From the lowest to the highest batch, as a part of the median."""
    middle = median(batches)
    return (max(batches) - min(batches)) / middle if middle else 0.0
