"""One request to an address that somebody has typed in: guarded, and over in time."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import certifi
import httpcore

from api.reply import MOST_SHOWN, Reply, readable
from api.webhooks.addresses import Refused, check_address

# Seconds for the whole request, from the first look at the name to the last byte that is read.
TIMEOUT = 15.0
# Of an answer, in octets.
MOST_READ = MOST_SHOWN


def post(url: str, headers: Mapping[str, str], body: bytes, timeout: float = TIMEOUT) -> Reply:
    """Sends it once, and follows nowhere. Never raises: the reply says what was wrong."""
    began = time.monotonic()
    reply = Reply()
    try:
        with httpcore.ConnectionPool(
            ssl_context=ssl.create_default_context(cafile=certifi.where()),
            network_backend=_Guarded(url.startswith("https:"), began + timeout),
            max_connections=1,
        ) as pool:
            # Each step has all the time at first; the guard lets it have what is left.
            limits = dict.fromkeys(("connect", "read", "write", "pool"), timeout)
            with pool.stream(
                "POST",
                url,
                headers=[("host", urlsplit(url).netloc), *headers.items()],
                content=body,
                extensions={"timeout": limits},
            ) as response:
                reply.status = response.status
                reply.headers = {
                    name.decode("latin-1").lower(): value.decode("latin-1")
                    for name, value in response.headers
                }
                reply.text = _beginning(response.iter_stream())
    except Refused as reason:
        reply.error = str(reason)
    except (httpcore.TimeoutException, TimeoutError):
        reply.error = f"There was no answer within {timeout:g} seconds."
    except Exception as error:
        # Whatever it is, it is this request's, and is written down as such.
        reply.error = str(error) or type(error).__name__
    if reply.error:
        # Half an answer is none.
        reply.status = None
    # Being sent elsewhere is not to arrive.
    reply.ok = reply.status is not None and 200 <= reply.status < 300
    reply.milliseconds = round((time.monotonic() - began) * 1000)
    return reply


def _beginning(parts: Iterable[bytes]) -> str:
    read = b""
    for part in parts:
        read += part
        if len(read) >= MOST_READ:
            break
    return readable(read[:MOST_READ].decode("utf-8", "replace"))


class _Guarded(httpcore.NetworkBackend):
    """Connects to the very address that it has checked: a name may lead elsewhere a moment later."""

    def __init__(self, secure: bool, deadline: float) -> None:
        self.secure, self.deadline = secure, deadline
        self.backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(where[0]) for *_, where in found))
        for address in addresses:
            # If one of them is within, the name is not to be trusted.
            check_address(address, secure=self.secure)
        for number, address in enumerate(addresses, 1):
            try:
                stream = self.backend.connect_tcp(
                    address, port, _left(self.deadline), local_address, socket_options
                )
                return _Timed(stream, self.deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
        raise httpcore.ConnectError(f"{host} has no address.")

    def connect_unix_socket(self, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        raise Refused("Requests go over the network.")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _Timed(httpcore.NetworkStream):
    """A connection that ends in time, though each of its bytes comes soon after the last."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self.stream, self.deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self.stream.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self.stream.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self.stream.start_tls(ssl_context, server_hostname, _left(self.deadline))
        return _Timed(stream, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
