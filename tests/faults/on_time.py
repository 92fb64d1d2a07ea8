"""What is planned appears at its time, in the API, the feed and the webhook, while others read."""

from __future__ import annotations

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from tests.faults.newsroom import newsroom
from tests.receiver import Receiver, receiver

PAGES = 20
# Readers at a time: more than a server of one process answers at once.
READERS = 6
AHEAD = 4.0


def run(var: Path, times: int, *, server: str = "") -> dict[str, Any]:
    """Plans so many pages, one after another. Gives the seconds after their time, the longest of each
    way to learn of it, and how many requests a second were answered meanwhile."""
    late: dict[str, list[float]] = {"api": [], "feed": [], "webhook": []}
    stopped, answered = threading.Event(), [0] * READERS
    with newsroom(var, server) as there, receiver() as hook:
        made = there.inside("fill", hook.url, PAGES)
        there.start_web()
        there.start_worker()
        readers = [
            threading.Thread(
                target=_read, args=[there.url, made["pages"], stopped, answered, number]
            )
            for number in range(READERS)
        ]
        for reader in readers:
            reader.start()
        began = time.monotonic()
        try:
            for _ in range(times):
                planned = there.inside("plan", made["home"], AHEAD)
                seen = _watch(there.url, planned["id"])
                seen["webhook"] = _wait(partial(_arrived, hook, planned["id"]))
                for way, at in seen.items():
                    late[way].append(at - planned["at"])
        finally:
            seconds = time.monotonic() - began
            stopped.set()
            for reader in readers:
                reader.join()
    early = min(min(found) for found in late.values())
    return {
        **{way: round(max(found), 2) for way, found in late.items()},
        "earliest": round(early, 2),
        "requests/s meanwhile": round(sum(answered) / seconds),
    }


def _arrived(hook: Receiver, page_id: int) -> float | None:
    """When a message about the page came, if one did."""
    about = (got for got in list(hook.received) if got.json["data"]["page"]["id"] == page_id)
    return next((got.at for got in about), None)


def _read(
    url: str, pages: list[int], stopped: threading.Event, answered: list[int], number: int
) -> None:
    while not stopped.is_set():
        page_id = pages[(answered[number] * READERS + number) % len(pages)]
        with urllib.request.urlopen(f"{url}/api/v2/pages/{page_id}/", timeout=30) as response:
            response.read()
        answered[number] += 1


def _watch(url: str, page_id: int) -> dict[str, float]:
    """When the page was there first, for a reader of pages and one of changes."""
    with urllib.request.urlopen(f"{url}/api/v2/changes/?cursor=now", timeout=30) as response:
        cursor = json.load(response)["meta"]["next_cursor"]
    found: dict[str, float] = {}

    def detail() -> float | None:
        try:
            urllib.request.urlopen(f"{url}/api/v2/pages/{page_id}/", timeout=30).close()
        except urllib.error.HTTPError as error:
            error.close()
            return None
        return time.time()

    def feed() -> float | None:
        address = f"{url}/api/v2/changes/?cursor={cursor}"
        with urllib.request.urlopen(address, timeout=30) as response:
            items = json.load(response)["items"]
        return time.time() if any(item["page"]["id"] == page_id for item in items) else None

    def watch(way: str, look: Callable[[], float | None]) -> None:
        found[way] = _wait(look)

    watching = [
        threading.Thread(target=watch, args=each) for each in (("api", detail), ("feed", feed))
    ]
    for thread in watching:
        thread.start()
    for thread in watching:
        thread.join()
    return found


def _wait(look: Callable[[], float | None], seconds: float = 30) -> float:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if (at := look()) is not None:
            return at
        time.sleep(0.02)
    raise AssertionError("it did not come")
