"""What it costs an editor that a hundred pages show the one that is published, and who sees it when."""

from __future__ import annotations

import time
from collections.abc import Mapping
from http.client import HTTPConnection
from statistics import median
from typing import Any
from urllib.parse import urlencode

from bench.asking import LONGEST, Client, Question, WrongAnswer
from bench.databases import Database
from bench.measures import PAGES
from bench.servers import HERE, Server

RELATIONS = ("bylines", "related_pages", "downloads", "footnotes")
TOKEN = "a" * 32


def publishing(
    server: Server, database: Database, there: Mapping[str, Any], *, rounds: int
) -> dict[str, float]:
    """Publishes the hub in the admin, with the product's triggers and without, in turn.

    `with_ms` and `without_ms` are the editor's requests, medians; `added_ms` is what the triggers
    add. `fresh` is how many of the `dependents` showed the new title when they were next read, in
    the worst round; `next_read_ms` is how long such a read took, in the median.
    """
    client, triggers = Client(server.port), database.triggers()
    _read(client, there)
    times: dict[bool, list[float]] = {True: [], False: []}
    reads: list[float] = []
    fresh = len(there["dependents"])
    _publish(server, there, "Hub, the first")
    for number in range(rounds):
        client.renew()
        _read(client, there)
        with database.without(triggers):
            times[False].append(_publish(server, there, f"Hub, unseen {number}"))
        title = f"Hub, edition {number}"
        times[True].append(_publish(server, there, title))
        bodies, took = _read(client, there)
        reads += took
        fresh = min(fresh, sum(title.encode() in body for body in bodies))
    plain, watched = median(times[False]), median(times[True])
    return {
        "triggers": len(triggers),
        "dependents": len(there["dependents"]),
        "without_ms": plain,
        "with_ms": watched,
        "added_ms": watched - plain,
        "fresh": fresh,
        "next_read_ms": median(reads),
    }


def _read(client: Client, there: Mapping[str, Any]) -> tuple[list[bytes], list[float]]:
    """All dependents, and milliseconds for each."""
    bodies, took = [], []
    for pk in there["dependents"]:
        began = time.perf_counter()
        bodies.append(client.ask(Question(f"{PAGES}{pk}/")).body)
        took.append((time.perf_counter() - began) * 1000)
    return bodies, took


def _publish(server: Server, there: Mapping[str, Any], title: str) -> float:
    """Milliseconds of an editor's click on Publish. Raises WrongAnswer if the form is refused."""
    form = {
        "csrfmiddlewaretoken": TOKEN,
        "title": title,
        "slug": "hub",
        "publication_date": "2016-10-17",
        "date_precision": "day",
        "body-count": "0",
        "action-publish": "publish",
    }
    for relation in RELATIONS:
        form |= {
            f"{relation}-TOTAL_FORMS": "0",
            f"{relation}-INITIAL_FORMS": "0",
            f"{relation}-MIN_NUM_FORMS": "0",
            f"{relation}-MAX_NUM_FORMS": "1000",
        }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={there['session']}; csrftoken={TOKEN}",
    }
    connection = HTTPConnection(HERE, server.port, timeout=LONGEST)
    began = time.perf_counter()
    connection.request("POST", f"/admin/pages/{there['hub']}/edit/", urlencode(form), headers)
    response = connection.getresponse()
    body = response.read()
    took = (time.perf_counter() - began) * 1000
    connection.close()
    if response.status != 302 or "login" in response.headers.get("location", ""):
        raise WrongAnswer(f"publishing: {response.status} {response.headers} {body[:300]!r}")
    return took
