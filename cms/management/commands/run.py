import errno
import importlib
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server
from wagtail.models import Site

from api.documents import triggers
from cms import sign_ins
from cms.garbage import collected_rarely
from cms.health import unapplied_migrations
from cms.settings.environment import CHECKOUT
from cms.webhooks.reference_site import webhook_secret
from frontend_contract.node import node
from frontend_contract.site import SERVER

logger = logging.getLogger(__name__)

# A worker spends most of a request in Python, one thread at a time; the others keep it busy while
# one waits for the database or a slow client. Each keeps a database connection.
BLOCKING_THREADS = 4
# Seconds that a request under way, or the frontend, gets to finish when the newsroom is stopped or killed.
GRACE = 5
# Seconds between two looks whether what runs beside the server still does.
PAUSE = 0.5
# Seconds until one that ended is started again.
REST = 1
# Seconds that a port may still be that of a newsroom which was killed.
LEAVING = 2

Start = Callable[[], subprocess.Popen[bytes]]


class Command(BaseCommand):
    help = (
        "Starts the newsroom: brings the database up to date, loads the demo content into an "
        "empty one, and serves the admin, the API and the reference frontend until stopped."
    )
    # They are part of `make test`, and would double the time it takes to start.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        # Until the server listens to signals there is nothing to end but this process itself.
        signal.signal(signal.SIGINT, signal.SIG_DFL)

        environment = settings.ENVIRONMENT
        frontend = environment.SITE
        require_free_port(environment.HOST, "PORT", environment.PORT)
        if frontend:
            if environment.SITE_PORT == environment.PORT:
                raise CommandError(
                    f"PORT and SITE_PORT are both {environment.PORT}. "
                    f"{choose_another('SITE_PORT', environment.PORT)}"
                )
            require_free_port(environment.HOST, "SITE_PORT", environment.SITE_PORT)
            if not SERVER.exists():
                raise CommandError("The reference site is not built: make site, or SITE=0.")

        self.prepare_database()
        # Before anybody publishes: the site is told of what comes from now on.
        secret = os.environ.get("WEBHOOK_SECRET") or (webhook_secret() if frontend else None)
        self.announce(frontend)
        # Workers are forked from this process: what is loaded here is loaded once.
        importlib.import_module("cms.wsgi")
        importlib.import_module(settings.ROOT_URLCONF)
        # A forked worker must not share it.
        connection.close()
        serve(partial(start_frontend_server, secret) if frontend else None)

    def prepare_database(self) -> None:
        settings.VAR.mkdir(parents=True, exist_ok=True)
        if unapplied_migrations(connection):
            self.say("Bringing the database up to date...")
            with collected_rarely():
                call_command("migrate", interactive=False, verbosity=0)
        # Other rules may need no migration.
        triggers.install()
        if settings.DEMO_CONTENT:
            self.load_demo()
        settle_site()

    def load_demo(self) -> None:
        """Once: into a database that holds nothing else, not even what is left of the demo."""
        from pages.demo import SiteInUse
        from pages.models import HomePage

        if HomePage.objects.exists():
            return
        self.say("Loading the demo content...")
        try:
            call_command("load_demo", stdout=self.stdout)
        except SiteInUse as error:
            self.say(f"Starting without it: {error}")

    def announce(self, frontend: bool) -> None:
        self.say(f"Admin     {settings.CMS_URL}/admin/")
        self.say(f"API       {settings.CMS_URL}/api/v2/")
        if frontend:
            self.say(f"Frontend  {settings.FRONTEND_URL}/")
        site = Site.objects.filter(is_default_site=True).first()
        if site and (site.hostname, site.port) != host_and_port(settings.FRONTEND_URL):
            self.say(
                f"Links and previews go to {site.root_url}: Settings, Sites in the admin says so."
            )
        for name, password in sign_ins.read().items():
            self.say(f"Sign in   {name:9} {password}")
        self.say("Ctrl-C stops it.")

    def say(self, line: str) -> None:
        """At once, also when standard output is a file."""
        self.stdout.write(line)
        self.stdout.flush()


def settle_site() -> None:
    """Gives the frontend's address to the site that Wagtail's migrations made, once."""
    site = Site.objects.filter(hostname="localhost", port=80, is_default_site=True).first()
    if site is None:
        return
    site.hostname, site.port = host_and_port(settings.FRONTEND_URL)
    site.save()


def host_and_port(address: str) -> tuple[str, int]:
    """An address as Wagtail's sites keep it, whether or not it tells a port that goes without."""
    parts = urlsplit(address)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


def require_free_port(host: str, variable: str, port: int) -> None:
    """Raises CommandError with one line if the port stays taken. The servers below share theirs."""
    until = time.monotonic() + LEAVING
    while error := binding_error(host, port):
        if error.errno != errno.EADDRINUSE or time.monotonic() > until:
            raise CommandError(
                f"Cannot listen on {host}:{port}: {os.strerror(error.errno or 0)}. "
                f"{choose_another(variable, port)}"
            ) from error
        time.sleep(0.1)


def binding_error(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def choose_another(variable: str, port: int) -> str:
    return f"Choose another port, for example {variable}={port % 65535 + 1}"


def serve(start_frontend: Start | None) -> None:
    """Serves until SIGINT, SIGTERM or the end of the terminal, and leaves no process behind."""
    environment = settings.ENVIRONMENT
    children = Children()
    hangup = signal.getsignal(signal.SIGHUP)
    server = Server(
        "cms.wsgi:application",
        address=environment.HOST,
        port=environment.PORT,
        interface=Interfaces.WSGI,
        workers=environment.WORKERS,
        blocking_threads=BLOCKING_THREADS,
        # As long as it lets us: with an idle thread goes its database connection.
        blocking_threads_idle_timeout=600,
        workers_kill_timeout=GRACE,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.warning,
    )

    @server.on_startup
    def start_children() -> None:
        # The server has just taken SIGHUP for reloading, which would survive `nohup` and outlive
        # the terminal; a forked worker has nothing to reload.
        signal.signal(
            signal.SIGHUP,
            signal.SIG_IGN if hangup is signal.SIG_IGN else server.signal_handler_interrupt,
        )
        if start_frontend:
            children.keep(start_frontend)
        if environment.WORKER:
            children.keep(start_worker)

    try:
        server.serve(target_loader=partial(load_application, os.getpid()))
    finally:
        children.stop()


def load_application(parent: int, target: str) -> Any:
    """The WSGI application, in a worker that Ctrl-C in the terminal does not reach.

    A worker that got it would next be told to stop by the server, and hang on that second signal.
    """
    os.setpgrp()
    threading.Thread(target=end_with, args=[parent], daemon=True).start()
    module, _, name = target.partition(":")
    return getattr(importlib.import_module(module), name)


def end_with(parent: int) -> None:
    """Stops this process when the one that started it is gone: killed, it could tell nobody."""
    while os.getppid() == parent:
        time.sleep(PAUSE)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    # A request takes longer, or the signal came before there was anybody to hear it.
    os._exit(1)


class Children:
    """Processes beside the server. One that ends is started again."""

    def __init__(self) -> None:
        self.stopped = threading.Event()
        self.watchers: list[threading.Thread] = []

    def keep(self, start: Start) -> None:
        """Starts one, and again whenever it has ended."""
        watcher = threading.Thread(target=self._watch, args=[start, start()])
        watcher.start()
        self.watchers.append(watcher)

    def _watch(self, start: Start, child: subprocess.Popen[bytes]) -> None:
        while not self.stopped.wait(PAUSE):
            if child.poll() is not None and not self.stopped.wait(REST):
                try:
                    child = start()
                except OSError as error:
                    # No memory, no process number: perhaps at the next look.
                    logger.error("A process could not be started again: %s", error)
        stop(child)

    def stop(self) -> None:
        self.stopped.set()
        for watcher in self.watchers:
            watcher.join()


def start_worker() -> subprocess.Popen[bytes]:
    """A worker as a process, in a group of its own: Ctrl-C reaches it through this process alone."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", f"--with-parent={os.getpid()}"],
        cwd=CHECKOUT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def start_frontend_server(secret: str | None) -> subprocess.Popen[bytes]:
    """The reference site as a process, in a group of its own so that its children can be ended too."""
    environment = settings.ENVIRONMENT
    return subprocess.Popen(
        [*node(), f"--import=data:text/javascript,{quote(ending_with(os.getpid()))}", str(SERVER)],
        env=os.environ
        | {
            "CMS_URL": environment.CMS_URL,
            "HOST": environment.HOST,
            "PORT": str(environment.SITE_PORT),
            "NODE_ENV": "production",
            "WEBHOOK_SECRET": secret or "",
        },
        stdin=subprocess.DEVNULL,
        # It says where it listens, which has been said; what goes wrong goes to standard error.
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def ending_with(parent: int) -> str:
    """JavaScript by which the site ends, at once, when the one that started it is gone."""
    look = f"process.ppid === {parent} || process.exit(1)"
    return f"setInterval(() => {look}, {PAUSE * 1000:.0f}).unref()"


def stop(child: subprocess.Popen[bytes]) -> None:
    for signal_number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(child.pid, signal_number)
            child.wait(GRACE)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue
