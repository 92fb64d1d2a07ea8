"""Questions, and a client that asks them one after the other over one connection."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, RemoteDisconnected
from typing import Any
from urllib.parse import urlsplit

from bench.servers import HERE

# Seconds that stock Wagtail may take for the slowest of its lists.
LONGEST = 120
# Seconds for one, after which one is enough.
LONG = 5


@dataclass(frozen=True)
class Question:
    """A GET. `status` is what it is expected to be answered with; `follow` its redirect as well."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    follow: bool = False


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def etag(self) -> str:
        """Empty if there is none."""
        return self.headers.get("etag", "")

    def json(self) -> Any:
        return json.loads(self.body)


class WrongAnswer(Exception):
    """A contestant answers something else than what is measured."""


class Client:
    """One connection, kept; `renew` it where it may have been idle for longer than servers wait."""

    def __init__(self, port: int) -> None:
        self.connection = HTTPConnection(HERE, port, timeout=LONGEST)

    def renew(self) -> None:
        self.connection.close()

    def ask(self, question: Question) -> Answer:
        """The answer. Raises WrongAnswer for another status than expected."""
        answer = self.get(question.path, question.headers)
        if question.follow:
            address = urlsplit(answer.headers["location"])
            answer = self.get(f"{address.path}?{address.query}", question.headers)
        if answer.status != question.status:
            raise WrongAnswer(
                f"{question.path}: {answer.status} instead of {question.status}: {answer.body[:300]!r}"
            )
        return answer

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The answer; on a new connection if the server has given up the one that stood idle."""
        try:
            return self._get(path, headers)
        except (RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self.renew()
            return self._get(path, headers)

    def _get(self, path: str, headers: Mapping[str, str] | None) -> Answer:
        self.connection.request("GET", path, headers=dict(headers or {}))
        response = self.connection.getresponse()
        body = response.read()
        return Answer(
            response.status, {name.lower(): value for name, value in response.getheaders()}, body
        )
