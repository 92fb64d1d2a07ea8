"""The server: from a path to the API's answer to a page."""

import os
import signal
import socket
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from frontend_contract.reader.api import CMS_ORIGIN, Outage, ask
from frontend_contract.reader.html import Html
from frontend_contract.reader.pages import notice, outage, page

HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("SITE_PORT", "4321"))

Answer = tuple[int, Html, dict[str, str]]

# The editor's preview panel shows this site in a frame; nobody else may.
HEADERS = {"Content-Security-Policy": f"frame-ancestors {CMS_ORIGIN}", "Cache-Control": "no-cache"}
# A draft is for whoever has its address, which nobody else is to learn.
PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}
# Characters that an address may hold as they are.
ADDRESS = "!#$%&'()*+,/:;=?@[]~"


def answer(address: str) -> Answer:
    """Status, page and headers for what a reader asks for. Raises Outage."""
    path, query = urlsplit(address).path, parse_qs(urlsplit(address).query)
    if path.rstrip("/") == "/preview":
        return draft({name: query.get(name, [""])[0] for name in ("content_type", "token")})
    status, found = ask("route/", path=path)
    if status != HTTPStatus.OK:
        return status, missing(status, found), {}
    if found["type"] == "redirect":
        # Without control characters, and without letters that a header cannot hold.
        location = quote(found["location"], safe=ADDRESS)
        return found["status"], Html(), {"Location": location}
    wanted = query.get("page", [""])[0]
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 6 else 1
    return status, page(found["page"], preview=False, number=max(1, number)), {}


def draft(parameters: dict[str, str]) -> Answer:
    """A draft of the editor's preview panel, by its token."""
    status, found = ask("page_preview/", **parameters)
    if status != HTTPStatus.OK:
        return status, missing(status, found), PRIVATE
    return status, page(found, preview=True), PRIVATE


def missing(status: int, problem: dict[str, Any]) -> Html:
    """What the API says of it, under a title that people know."""
    titles = {404: "Not found", 410: "No longer here"}
    return notice(titles.get(status, problem["title"]), problem["detail"])


class Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD; the server refuses the rest."""

    server_version, sys_version = "reader", ""
    timeout = 30

    def do_GET(self) -> None:
        try:
            status, html, headers = answer(self.path)
        except Outage as error:
            self.log_error("The API at %s is out: %s", CMS_ORIGIN, error)
            status, html, headers = HTTPStatus.BAD_GATEWAY, outage(), {"Cache-Control": "no-store"}
        body = html.encode()
        self.send_response(status)
        for name, value in (HEADERS | headers).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_request(self, *args: object) -> None:
        """Nothing: a log of what was read would hold the tokens of drafts."""


class Server(ThreadingHTTPServer):
    address_family = socket.AF_INET6 if ":" in HOST else socket.AF_INET


def main() -> None:
    for end in (signal.SIGTERM, signal.SIGINT):
        signal.signal(end, lambda *_: sys.exit())
    with Server((HOST, PORT), Handler) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
