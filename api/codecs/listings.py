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


class Facet(Answer):
    """A value that a listing can be filtered by, and how many pages there would be."""

    value: str = Field(description="As the parameter of the facet's name takes it.")
    label: str
    count: int = Field(ge=0)


@cache
def page_listing_meta() -> type[ListingMeta]:
    """How many pages there are, where the listing goes on, and what could narrow it."""
    values = {
        "topic": "By slug, the most frequent first.",
        "kind": "The most frequent first.",
        "year": "Of publication, the latest first.",
        "section": "By the id of its page, the most frequent first.",
    }
    facets = component(
        "Facets",
        {name: (list[Facet], Field(None, description=text)) for name, text in values.items()},
        "Those asked for, each counted under all conditions but its own.",
    )
    run = component(
        "SnippetRun",
        {"text": (str, ...), "match": (bool, Field(description="Whether it was looked for."))},
        "A run of text.",
    )
    snippet = component(
        "Snippet",
        {"id": (int, Field(description="The page's.")), "runs": (list[run], ...)},  # type: ignore[valid-type]
        "The piece of a page's text around the first word that was looked for.",
    )
    cursor = "For `cursor=`: where the listing goes on. Null at its end."
    return component(
        "PageListingMeta",
        {
            "next_cursor": (str | None, Field(description=cursor)),
            "snippets": (
                list[snippet],  # type: ignore[valid-type]
                Field(None, description="Only of a search, in the order of the items."),
            ),
            "facets": (facets, Field(None, description="Only if asked for.")),
        },
        "How many there are, where the listing goes on, and what could narrow it.",
        ListingMeta,
    )


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


def listing_of(
    name: str, answers: Sequence[type[BaseModel]], meta: type[ListingMeta] = ListingMeta
) -> Any:
    """The answer of a listing: `PageListing`, of items that are parts of the given types.

    A union of several is called `PagePart`. It has no discriminator: `type` may be missing too.
    """
    item: Any = reduce(or_, map(part_of, answers))
    if len(answers) > 1:
        item = TypeAliasType(f"{name}Part", item)  # type: ignore[misc]  # named at run time
    return component(
        f"{name}Listing",
        {"meta": (meta, ...), "items": (list[item], ...)},
        "Some of what there is, in the order asked for, each with the members asked for.",
    )
