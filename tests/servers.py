"""A server in a thread of the tests, which answers from within the transaction of the test that asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Any

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connections
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler


class Server(ThreadedWSGIServer):
    """Leaves the connection to the database alone when a client goes: it is the test's."""

    def _close_connections(self) -> None:
        pass


class Handler(QuietWSGIRequestHandler):
    """Each line of an answer's head is a packet; the next would wait for the last to be received."""

    disable_nagle_algorithm = True


class OneAtATime(StaticFilesHandler):
    """Requests share the test's connection, and with it one stack of savepoints."""

    def __init__(self, application: Any) -> None:
        super().__init__(application)
        self.lock = Lock()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        with self.lock:
            return super().__call__(environ, start_response)


class ServerThread(LiveServerThread):
    def _create_server(self, connections_override: Any = None) -> Server:
        return Server(
            (self.host, self.port),
            Handler,
            allow_reuse_address=False,
            connections_override=connections_override,
        )


@contextmanager
def serving() -> Iterator[int]:
    """The port that it listens on, on any database. Longer than a test: its end closes connections."""
    for connection in connections.all():
        connection.inc_thread_sharing()
    # The test may be over when the server comes to look after its connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    thread = ServerThread(
        "127.0.0.1",
        OneAtATime,
        connections_override={name: connections[name] for name in connections},
    )
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None, thread.error
    try:
        yield thread.port
    finally:
        thread.terminate()
        for signal in (request_started, request_finished):
            signal.connect(close_old_connections)
        for connection in connections.all():
            connection.dec_thread_sharing()
