"""The contestants' servers: `manage.py run` with one worker for each, and nginx for files."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from bench.databases import Database
from bench.processes import start, stop, tree
from cms.settings.environment import CHECKOUT, Environment

HERE = "127.0.0.1"
# Seconds for a server to come up.
PATIENCE = 60
FRONTEND = "http://localhost:4321"
DJANGO = ("product", "bare", "stock", "stock_resolved")


@dataclass(frozen=True)
class Server:
    """One that answers. `name` is the contestant's."""

    name: str
    port: int
    process: subprocess.Popen[bytes]

    def pids(self, database: Database) -> list[int]:
        """Its processes, and those of the database that work for it."""
        return [*tree(self.process.pid), *database.backends(self.name)]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port


def environment(database: Database, folder: Path, port: int) -> dict[str, str]:
    """What production is told, for the product at `port`. Of the caller's settings none counts."""
    ours = Environment.model_fields.keys() | {"DJANGO_SETTINGS_MODULE", "BENCH_CONTESTANT"}
    inherited = {name: value for name, value in os.environ.items() if name not in ours}
    (folder / "static").mkdir(parents=True, exist_ok=True)
    return inherited | {
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "BENCH_CONTESTANT": "product",
        "VAR": str(folder),
        "DATABASE_URL": database.url,
        "ALLOW_SQLITE": "true",
        "SECRET_KEY": "no secret, but as long as production wants it to be",
        # Not where it is: it is in documents, and they should outlive this server.
        "CMS_URL": f"http://{HERE}:8000",
        "FRONTEND_URL": FRONTEND,
        "HOST": HERE,
        "PORT": str(port),
        "WORKERS": "1",
        "SITE": "0",
        # What it does would count as the product's.
        "WORKER": "0",
    }


def run_module(module: str, arguments: list[str], env: Mapping[str, str]) -> None:
    """Runs a part of the bench that needs Django, in the product's settings. Raises if it fails."""
    subprocess.run(
        [sys.executable, "-m", module, *arguments],
        env=dict(env),
        cwd=CHECKOUT,
        check=True,
        stdin=subprocess.DEVNULL,
    )


@contextmanager
def started(
    env: Mapping[str, str], folder: Path, names: tuple[str, ...]
) -> Iterator[dict[str, Server]]:
    """The servers of these contestants, by name; all are ended afterwards."""
    with ExitStack() as stack:
        servers = {}
        for name in names:
            port = int(env["PORT"]) if name == "product" else free_port()
            output = folder / f"{name}.txt"
            process = start(
                [sys.executable, "manage.py", "run"],
                {**env, "BENCH_CONTESTANT": name, "PORT": str(port)},
                CHECKOUT,
                output,
            )
            stack.callback(stop, process)
            servers[name] = Server(name, port, process)
        for server in servers.values():
            _wait_for(server, folder / f"{server.name}.txt")
        yield servers


NGINX = """
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/nginx-errors.txt;
events {{ worker_connections 256; }}
http {{
    access_log off;
    default_type application/json;
    keepalive_requests 10000000;
    sendfile on;
    client_body_temp_path {folder}/temp;
    proxy_temp_path {folder}/temp;
    fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp;
    scgi_temp_path {folder}/temp;
    server {{
        listen {here}:{port};
        root {files};
    }}
}}
"""


@contextmanager
def nginx(folder: Path, files: Path) -> Iterator[Server | None]:
    """An nginx that serves `files`; None where it is not installed."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        yield None
        return
    port = free_port()
    configuration = folder / "nginx.conf"
    user = "user root;" if os.geteuid() == 0 else ""
    configuration.write_text(
        NGINX.format(folder=folder, files=files, here=HERE, port=port, user=user)
    )
    output = folder / "nginx.txt"
    process = start(
        [program, "-c", str(configuration), "-p", str(folder)], os.environ, folder, output
    )
    try:
        server = Server("nginx", port, process)
        _wait_for(server, output)
        yield server
    finally:
        stop(process)


def _wait_for(server: Server, output: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"{server.name} did not start: {output.read_text()[-2000:]}")
        try:
            connection = HTTPConnection(HERE, server.port, timeout=10)
            connection.request("GET", "/")
            connection.getresponse().read()
            connection.close()
            return
        except OSError:
            time.sleep(0.05)
