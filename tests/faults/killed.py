"""Processes are killed while pages are published, and nothing is lost."""

from __future__ import annotations

import json
import os
import random
import signal
import threading
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from standardwebhooks import Webhook

from tests.faults.newsroom import PATIENCE, Editor, Faulty, children_of, kill, newsroom
from tests.receiver import Receiver, receiver

PAGES = 12
# The server with its process that answers; the server alone, whose process has to leave by itself; that
# process, in whose place the server puts another; the worker.
VICTIMS = ["server", "server alone", "web process", "worker"]
# Seconds within which a process that dies again is taken to crash, and its server gives up.
CRASHING = 6
# How long what is under way may take to end: what a dead worker held is free after half a minute.
SETTLING = 120


@dataclass
class Follower:
    """Keeps a copy over HTTP, from before anything happens."""

    url: str
    cursor: str = ""
    held: dict[int, str] = field(default_factory=dict)
    told: list[int] = field(default_factory=list)

    def read_on(self) -> bool:
        """One part more. Gives whether there is more; None of it counts if the answer was cut off."""
        address = f"{self.url}/api/v2/changes/?limit=7" + self.cursor
        with urllib.request.urlopen(address, timeout=10) as response:
            answer = json.load(response)
        for change in answer["items"]:
            self.told.append(change["sequence"])
            if change["path"] is None:
                self.held.pop(change["page"]["id"], None)
            else:
                self.held[change["page"]["id"]] = change["etag"]
        self.cursor = f"&cursor={answer['meta']['next_cursor']}"
        return bool(answer["meta"]["more"])

    def follow(self, stopped: threading.Event) -> None:
        while not stopped.is_set():
            try:
                if not self.read_on():
                    stopped.wait(0.1)
            except (OSError, ValueError):
                stopped.wait(0.1)


def run(
    var: Path, acts: int, *, server: str = "", seed: int = 0, kills: float = 0.15
) -> dict[str, int]:
    """So many publications, with kills at random points in a part of them. Raises AssertionError if anything is lost.

    Gives counts: `acts`, `killed`, `changes`, `received`, `twice`.
    """
    chance = random.Random(seed)  # no secret
    stopped = threading.Event()
    with newsroom(var, server) as there, receiver() as hook:
        # Now and then it is the receiver that fails.
        hook.answer = lambda got: (500 if chance.random() < 0.05 else 204, {}, b"")
        made = there.inside("fill", hook.url, PAGES)
        there.start_web()
        there.start_worker()
        follower = Follower(there.url)
        following = threading.Thread(target=follower.follow, args=[stopped])
        following.start()
        try:
            live, killed = _publish(there, made["pages"], acts, chance, kills)
            hook.answer = lambda got: (204, {}, b"")
            there.inside("hurry")
            state = _settled(there)
            stopped.set()
            following.join()
            while follower.read_on():
                pass
            verified = there.manage("documents", "verify")
            assert verified.returncode == 0, verified.stdout + verified.stderr
            public = {int(page_id): etag for page_id, etag in state["public"].items()}
            assert set(public) - {made["home"]} == live == _listed(there) - {made["home"]}
            assert follower.held == public
            twice = _check_received(hook, made, state, public)
        finally:
            stopped.set()
            following.join()
    return {
        "acts": acts,
        "killed": killed,
        "changes": len(state["log"]),
        "received": len(hook.received),
        "twice": twice,
    }


def _publish(
    there: Faulty, page_ids: list[int], acts: int, chance: random.Random, kills: float
) -> tuple[set[int], int]:
    """Publishes and unpublishes, and kills. Gives what has to be public, and how many it killed."""
    editor = Editor(there.url)
    editor.sign_in()
    live, killed = set(page_ids), 0
    with ThreadPoolExecutor(1) as thread:
        for _ in range(acts):
            page_id = chance.choice(page_ids)
            killing = None
            if chance.random() < kills:
                victim, after = chance.choice(VICTIMS), chance.uniform(0, 0.15)
                killing = thread.submit(_kill_and_start, there, victim, after)
                killed += 1
            editor.act("unpublish" if page_id in live else "publish", page_id)
            live ^= {page_id}
            if killing:
                killing.result()
    return live, killed


def _kill_and_start(there: Faulty, victim: str, after: float) -> None:
    time.sleep(after)
    process = there.worker if victim == "worker" else there.web
    # What is dead cannot be killed: then something else has answered.
    assert process.poll() is None
    if victim == "worker":
        kill(process)
        there.start_worker()
    elif victim == "web process" and time.monotonic() > there.respawned_at + CRASHING:
        (answering,) = children_of(process.pid)
        os.kill(answering, signal.SIGKILL)
        there.respawned_at = time.monotonic()
        there.wait_for_web()
    else:
        kill(process, alone=victim == "server alone")
        there.start_web()


def _settled(there: Faulty) -> Any:
    """The newsroom's state when nothing is left to do."""
    until = time.monotonic() + SETTLING
    while True:
        state = there.inside("state")
        if not state["left"]:
            return state
        assert time.monotonic() < until, state["left"]
        time.sleep(1)


def _listed(there: Faulty) -> set[int]:
    address = f"{there.url}/api/v2/pages/?limit=20&fields=_,id"
    with urllib.request.urlopen(address, timeout=PATIENCE) as response:
        return {item["id"] for item in json.load(response)["items"]}


def _check_received(
    hook: Receiver, made: dict[str, Any], state: dict[str, Any], public: dict[int, str]
) -> int:
    """Each change has arrived, signed and in order; what came twice was the same. Gives how many did."""
    verifier = Webhook(made["secret"])
    first: dict[str, Any] = {}
    for got in hook.received:
        message = verifier.verify(got.body, got.headers)
        assert first.setdefault(got.message_id, message) == message
    prefix = f"msg_{made['uuid']}_"
    log = {pk: (page_id, path, etag) for pk, page_id, path, etag in state["log"]}
    assert set(first) == {f"{prefix}{pk}" for pk in log if pk > made["position"]}
    assert state["failed"] == 0

    last: dict[int, int] = {}
    copy = {page_id: etag for pk, (page_id, _, etag) in log.items() if pk <= made["position"]}
    for message in first.values():
        change = message["data"]
        page_id = change["page"]["id"]
        # In the order in which they came first.
        assert last.get(page_id, 0) < change["sequence"]
        last[page_id] = change["sequence"]
        copy[page_id] = change["etag"]
    assert {page_id: etag for page_id, etag in copy.items() if etag} == public
    return len(hook.received) - len(first)
