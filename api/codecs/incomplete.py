"""Blocks that lack something their type promises, and how that is found out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, Literal

from pydantic import AfterValidator, Field, TypeAdapter, ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from api.codecs.types import Answer

logger = logging.getLogger(__name__)

# What stands where an editor wrote or chose nothing, or where what was chosen is gone.
EMPTY: tuple[Any, ...] = (None, "", [])


class IncompleteValue(Answer):
    """Which block is not finished, and what it lacks."""

    block: str = Field(description="The type the block will have.")
    missing: list[str] = Field(description="Paths of what is missing, such as `items.0.answer`.")


class IncompleteBlock(Answer):
    """A block that lacks something its type promises. Show it in previews; elsewhere, nothing."""

    id: str
    type: Literal["incomplete"]
    value: IncompleteValue


def checked(adapter: TypeAdapter[Any], block: dict[str, Any]) -> dict[str, Any]:
    """The block, or the `IncompleteBlock` that stands for it if it does not fit its type."""
    try:
        adapter.validate_python(block)
    except ValidationError as error:
        problems = error.errors(include_url=False)
        if unexpected := [problem for problem in problems if not _is_a_gap(problem)]:
            # Not something an editor left out: a codec that breaks its own promise, or old data.
            logger.error("Block %s does not fit its type: %s", block["id"], unexpected)
        return _incomplete(block, [problem["loc"] for problem in problems])
    return block


def _is_a_gap(problem: Any) -> bool:
    """Whether it is what editors leave unfinished, or what deleting things leaves of a list."""
    return problem["input"] in EMPTY or problem["type"] == "too_short"


def _incomplete(block: dict[str, Any], places: list[tuple[int | str, ...]]) -> dict[str, Any]:
    """The `IncompleteBlock` for a block, with the paths of what it lacks below its value."""
    paths = [_path(place, block) or block["type"] for place in places]
    return {
        "id": block["id"],
        "type": "incomplete",
        "value": {"block": block["type"], "missing": list(dict.fromkeys(paths))},
    }


def _path(place: tuple[int | str, ...], block: dict[str, Any]) -> str:
    """A place as pydantic tells it, without the names of unions' members, below the value."""
    found: Any = block
    path = []
    for step in place:
        if isinstance(found, list) and isinstance(step, int):
            found = found[step]
        elif isinstance(found, dict) and step in found:
            found = found[str(step)]
        else:
            continue
        path.append(str(step))
    return ".".join(path[1:])


@cache
def unless_lacking(lacking: Callable[[Mapping[str, Any]], dict[str, str]]) -> AfterValidator:
    """Holds an answer to its block's `lacking`. The same whenever asked: it is part of the type."""

    def whole(answer: Answer) -> Answer:
        values = dict(answer)
        if names := lacking(values):
            raise lacks(type(answer).__name__, {name: values.get(name) for name in names})
        return answer

    return AfterValidator(whole)


def lacks(owner: str, values: dict[str, Any]) -> ValidationError:
    """To be raised by validators of answers: these members are empty, and must not be."""
    problem = PydanticCustomError("lacking", "nothing is written here")
    details = [
        InitErrorDetails(type=problem, loc=(name,), input=value) for name, value in values.items()
    ]
    return ValidationError.from_exception_data(owner, details)
