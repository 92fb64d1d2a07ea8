"""One cell of the bench: a database with so many pages, measured from end to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.asking import Client
from bench.databases import Database
from bench.load import load
from bench.measures import Measure, check, prepare, with_nginx_etags
from bench.publishing import publishing
from bench.servers import DJANGO, environment, free_port, nginx, run_module, started
from bench.timing import cpu_of


@dataclass(frozen=True)
class Effort:
    """How long everything takes: rounds of batches of `seconds`, and `load` seconds of wrk.

    Queries are counted for `counted` questions of each measure, so many times.
    """

    rounds: int
    seconds: float
    load: int
    publishings: int
    counted: int
    times: int


FULL = Effort(rounds=5, seconds=0.6, load=2, publishings=5, counted=10, times=5)
QUICK = Effort(rounds=1, seconds=0.02, load=0, publishings=1, counted=2, times=1)

Say = Callable[[str], None]


def measure(
    database: Database, size: int, folder: Path, effort: Effort, say: Say
) -> dict[str, Any]:
    """Brings the database to `size` pages and measures. Returns numbers by measure and contestant.

    The product's also have `queries`, `db_ms` and `query_ms`; `publish` stands beside the measures.
    """
    port = free_port()
    env = environment(database, folder, port)
    say(f"{database.vendor}, {size} pages: making them")
    manifest = folder / "content.json"
    run_module("bench.content", [str(size), str(manifest)], env)
    there = json.loads(manifest.read_text())
    say("making the documents of all of them")
    run_module("django", ["documents", "rebuild", "--jobs", "2"], env)
    database.settle()
    files = folder / "files"
    files.mkdir(exist_ok=True)
    with ExitStack() as stack:
        servers = stack.enter_context(started(env, folder, DJANGO))
        served = stack.enter_context(nginx(folder, files))
        if served is not None:
            servers["nginx"] = served
        clients = {name: Client(server.port) for name, server in servers.items()}
        for client in clients.values():
            stack.callback(client.renew)
        say("reading all of them, and copying the answers")
        measures = prepare(clients["product"], there, database, files)
        database.settle()
        if served is not None:
            with_nginx_etags(measures, clients["nginx"])
        found: dict[str, Any] = {
            "size": size,
            "database": database.vendor,
            "compared": 0,
            "measures": {},
        }
        say("holding the copies against the answers")
        found["compared"] = check(measures, clients)
        say("counting queries")
        counted = queries(measures, env, folder, effort)
        for one in measures:
            say(one.title)
            rows: dict[str, Any] = cpu_of(
                one, servers, clients, database, rounds=effort.rounds, seconds=effort.seconds
            )
            for name, row in rows.items():
                if "missing" in row:
                    continue
                row |= load(servers[name].port, one.questions[name], folder, effort.load)
            for name, reason in one.missing.items():
                rows[name] = {"missing": reason}
            rows["product"] = rows.get("product", {}) | counted.get(one.name, {})
            found["measures"][one.name] = {"title": one.title, "contestants": rows}
        say("publishing a page that others show")
        found["publish"] = publishing(
            servers["product"], database, there, rounds=effort.publishings
        )
    return found


def queries(
    measures: Sequence[Measure], env: dict[str, str], folder: Path, effort: Effort
) -> dict[str, Any]:
    """What the product asks its database, by measure."""
    asked = {
        one.name: [
            [question.path, dict(question.headers)]
            for question in one.questions["product"][: effort.counted]
        ]
        for one in measures
        if "product" in one.questions
    }
    questions, results = folder / "questions.json", folder / "queries.json"
    questions.write_text(json.dumps(asked))
    run_module("bench.queries", [str(questions), str(results), str(effort.times)], env)
    found: dict[str, Any] = json.loads(results.read_text())
    return found
