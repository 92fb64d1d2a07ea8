"""The reference site as a process, and what it answers."""

import http.client
import os
import socket
import subprocess
import threading
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import lxml.html  # type: ignore[import-untyped]  # publishes no types
import pytest

from bench.servers import free_port
from frontend_contract.node import node
from frontend_contract.site import SERVER


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    html: str

    @property
    def page(self) -> Any:
        return lxml.html.fromstring(self.html)

    @property
    def words(self) -> str:
        """What a person reads between the site's header and footer."""
        return " ".join(self.page.get_element_by_id("content").text_content().split())


@dataclass
class Frontend:
    process: subprocess.Popen[bytes]
    port: int
    cms_port: int

    def get(self, path: str, method: str = "GET", **query: str) -> Answer:
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        connection.request(method, f"{path}?{urlencode(query)}" if query else path)
        response = connection.getresponse()
        html = response.read().decode()
        connection.close()
        return Answer(response.status, response.headers, html)


def start_site(cms_port: int, log: Path | None = None, **environment: str) -> Frontend:
    """The site as `manage.py run` starts it, once it listens. All that it says goes to `log`."""
    port = free_port()
    output: AbstractContextManager[Any] = log.open("wb") if log else nullcontext(subprocess.DEVNULL)
    with output as said:
        process = subprocess.Popen(
            [*node(), str(SERVER)],
            env=os.environ
            | {
                "CMS_URL": f"http://127.0.0.1:{cms_port}",
                "HOST": "127.0.0.1",
                "PORT": str(port),
                # A newsroom's machine may have a proxy for the world outside; the CMS is not there.
                "http_proxy": "http://127.0.0.1:9",
                **environment,
            },
            stdout=said,
            stderr=said,
        )
    for _ in range(200):
        assert process.poll() is None
        with socket.socket() as probe:
            probe.settimeout(0.1)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return Frontend(process, port, cms_port)
        threading.Event().wait(0.05)
    pytest.fail("the site does not listen")


def stop(site: Frontend) -> None:
    site.process.terminate()
    site.process.wait(10)
