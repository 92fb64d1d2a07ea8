"""A request to the newsroom of the examples."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Stands in a request for what is different each time.
TOKEN = "TOKEN"  # noqa: S105


class UnexpectedAnswer(Exception):
    """A situation was answered with another status than the one it stands for."""


@dataclass(frozen=True)
class Situation:
    """A request, and what its answer is an example of.

    `request` is a path with its query; where it says `TOKEN`, `token` makes the one that is sent.
    `sent` makes a body and headers. `schema` is the component of the contract that describes the
    answer, of which `tidy` takes what is different each time.
    """

    name: str
    request: str
    schema: str
    description: str
    status: int = 200
    method: str = "GET"
    token: Callable[[], str] | None = None
    sent: Callable[[], tuple[Any, dict[str, str]]] | None = None
    tidy: Callable[[Any], None] | None = None

    @property
    def file(self) -> str:
        return f"{self.name}.json"
