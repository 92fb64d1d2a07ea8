"""A web server and workers in processes of their own, which can be killed at any moment."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from bench.servers import free_port
from cms.settings.environment import CHECKOUT, Environment
from tests.browser.newsroom import NAME, PASSWORD
from tests.migrated import make_migrated

# How long a server may take to be there again on a busy machine.
PATIENCE = 60


@dataclass
class Faulty:
    """`web` and `worker` are there until they are killed; `start_*` begin others."""

    var: Path
    environment: dict[str, str]
    url: str
    web: subprocess.Popen[bytes] = field(init=False)
    worker: subprocess.Popen[bytes] = field(init=False)
    respawned_at: float = 0

    def inside(self, act: str, *arguments: Any) -> Any:
        """What `tests.faults.inside` says."""
        command = [sys.executable, "-m", "tests.faults.inside", act, *map(json.dumps, arguments)]
        done = subprocess.run(
            command, env=self.environment, cwd=CHECKOUT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(
            command, env=self.environment, cwd=CHECKOUT, capture_output=True, text=True
        )

    def start_web(self) -> None:
        self.web = self._start("run")
        self.wait_for_web()

    def wait_for_web(self) -> None:
        """Returns when the server answers by a process that it has started."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.web.poll() is None:
            with suppress(OSError):
                urllib.request.urlopen(f"{self.url}/health/ready", timeout=5).close()
                if children_of(self.web.pid):
                    return
            time.sleep(0.05)
        raise AssertionError((self.var / "output.txt").read_text())

    def start_worker(self) -> None:
        self.worker = self._start("work")

    def _start(self, command: str) -> subprocess.Popen[bytes]:
        with (self.var / "output.txt").open("ab") as output:
            return subprocess.Popen(
                [sys.executable, "manage.py", command],
                env=self.environment,
                cwd=CHECKOUT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def end(self) -> None:
        for name in ("web", "worker"):
            if process := getattr(self, name, None):
                kill(process)


def kill(process: subprocess.Popen[bytes], *, alone: bool = False) -> None:
    """Kills a process, `alone` or with those it has started, as -9 does: nobody can clear up."""
    left = [] if alone else children_of(process.pid)
    process.kill()
    for pid in left:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def children_of(pid: int) -> list[int]:
    """The processes that it has started, of which some may have ended just now."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, task.read_text().split())
    return found


@contextmanager
def newsroom(var: Path, server: str = "") -> Iterator[Faulty]:
    """Not started yet. `server` is the address of a PostgreSQL server; without, it is SQLite."""
    port = free_port()
    with _database(server, var) as database:
        ours = Environment.model_fields.keys()
        environment = {name: value for name, value in os.environ.items() if name not in ours}
        environment |= {
            "DJANGO_SETTINGS_MODULE": "cms.settings.development",
            "VAR": str(var),
            "PORT": str(port),
            "SITE": "0",
            "WORKER": "0",
            "WORKERS": "1",
            "DATABASE_URL": database,
        }
        there = Faulty(var, environment, f"http://127.0.0.1:{port}")
        try:
            yield there
        finally:
            there.end()


@contextmanager
def _database(server: str, var: Path) -> Iterator[str]:
    if not server:
        make_migrated(var / "dateline.sqlite3")
        yield ""
        return
    name = f"dateline_faults_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield urllib.parse.urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
            )


class Editor:
    """Somebody at the admin, whose browser tries again until there is an answer."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.cookies = CookieJar()
        processor = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(processor)

    def sign_in(self) -> None:
        self.opener.open(f"{self.url}/admin/login/", timeout=30).close()
        self._post("/admin/login/", username=NAME, password=PASSWORD, next="/admin/")

    def act(self, name: str, page_id: int) -> float:
        """`publish` or `unpublish` of a page, by the listing's bulk action. Gives the seconds."""
        address = f"/admin/bulk/wagtailcore/page/{name}/?id={page_id}&next=/admin/pages/"
        until = time.monotonic() + PATIENCE
        while True:
            began = time.perf_counter()
            try:
                self._post(address)
            except OSError:
                # Nobody knows whether it was done.
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return time.perf_counter() - began

    def _post(self, address: str, **values: str) -> None:
        token = next(one.value for one in self.cookies if one.name == "csrftoken")
        data = urllib.parse.urlencode({**values, "csrfmiddlewaretoken": token}).encode()
        with self.opener.open(f"{self.url}{address}", data, timeout=30) as response:
            assert "/login/" not in response.url, response.url
            response.read()
