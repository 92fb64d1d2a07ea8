"""Listings: v2's envelope, and what `fields=` selects of a document, as types of the contract."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from functools import cache, reduce
from operator import or_
from typing import Any

from pydantic import BaseModel, Field
from typing_extensions import TypeAliasType

from api.codecs.naming import component
from api.codecs.types import Answer


class ListingMeta(Answer):
    """How many there are, whatever `limit` and `offset` say."""

    total_count: int = Field(ge=0)


@cache
def part_of(answer: type[BaseModel]) -> Any:
    """The same type of which any member may be missing: what `fields=` makes of it."""
    members: dict[str, Any] = {}
    for name, field in answer.model_fields.items():
        may_be_missing = copy(field)
        may_be_missing.default = None
        kind: Any = field.annotation
        members[name] = (part_of(kind) if name == "meta" else kind, may_be_missing)
    doc = (answer.__doc__ or "").strip()
    return component(f"{answer.__name__}Part", members, f"Of this, the members asked for: {doc}")


def listing_of(name: str, answers: Sequence[type[BaseModel]]) -> Any:
    """The answer of a listing: `PageListing`, of items that are parts of the given types.

    A union of several is called `PagePart`. It has no discriminator: `type` may be missing too.
    """
    item: Any = reduce(or_, map(part_of, answers))
    if len(answers) > 1:
        item = TypeAliasType(f"{name}Part", item)  # type: ignore[misc]  # named at run time
    return component(
        f"{name}Listing",
        {"meta": (ListingMeta, ...), "items": (list[item], ...)},
        "Some of what there is, in the order asked for, each with the members asked for.",
    )
