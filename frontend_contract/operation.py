"""What is said of one endpoint."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Literal

# Schemes of security, by what their tokens open.
DRAFT_TOKEN, REVIEW_TOKEN, AS_OF_TOKEN = "draftToken", "reviewToken", "asOfToken"


@dataclass(frozen=True)
class Parameter:
    """A parameter in the query, or a header. Lists are written with commas: `kind=statement,media_advisory`."""

    name: str
    type: Any
    description: str
    required: bool = False
    place: Literal["query", "header"] = "query"


@dataclass(frozen=True)
class Refusal:
    """A problem that means something of its own at an endpoint. `answer` is a component's name."""

    status: int
    text: str
    answer: str = "Problem"


@dataclass(frozen=True)
class Operation:
    """One endpoint. `answer` and `body` are components' names.

    Without an `answer` it redirects, or is plain `text`. `bearer` says which token
    may come as `Authorization: Bearer`; that of a review link has to.
    """

    name: str
    tag: str
    summary: str
    parameters: tuple[Parameter, ...] = ()
    answer: str | None = None
    description: str = ""
    problems: tuple[int, ...] = (400, 404)
    refusals: tuple[Refusal, ...] = ()
    body: str | None = None
    status: HTTPStatus = HTTPStatus.OK
    text: bool = False
    bearer: str | None = AS_OF_TOKEN
