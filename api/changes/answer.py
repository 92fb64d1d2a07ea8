"""What is told of a change to whoever follows them: its type in the contract, and its values."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from api.addresses import api_address
from api.changes.models import Change, Event
from api.codecs.keys import CARD, PAGE
from api.codecs.naming import component
from api.codecs.pages import any_page, page_models
from api.codecs.types import Answer
from api.documents.models import Document

# Whatever may have changed in listings.
LISTINGS = "pages"


class ChangesMeta(Answer):
    """Where to go on."""

    next_cursor: str = Field(description="For `cursor=`: what is told from there on. Keep it.")
    more: bool = Field(description="Whether there is more now; if not, ask again later.")


@cache
def change_answer() -> Any:
    """The type of one change."""
    page = component(
        "ChangedPage",
        {
            "id": (int, ...),
            "uuid": (UUID, ...),
            "type": (Literal[tuple(page_models())], ...),
            "locale": (str, ...),
            "detail_url": (str, Field(description="Of its document, while it is there.")),
        },
        "The page that was changed.",
    )
    before = "Before that, if it was there and was told of."
    return component(
        "Change",
        {
            "sequence": (int, Field(ge=1, description="Its place in the order of all changes.")),
            "event": (
                Literal[tuple(Event.values)],
                Field(
                    description="What became of the page. It is gone if `path` is null: "
                    "unpublished, expired, restricted or deleted; or moved to another site."
                ),
            ),
            "at": (datetime, Field(description="When it was noticed.")),
            "page": (page, ...),
            "path": (str | None, Field(description="Of the page on the frontend; null if gone.")),
            "html_url": (str | None, Field(description="Its address there; null if gone.")),
            "previous_path": (str | None, Field(description=before)),
            "previous_html_url": (str | None, Field(description=before)),
            "etag": (str | None, Field(description="Of its document then; null if gone.")),
            "tags": (list[str], Field(description="What to drop: `Cache-Tag`s of kept answers.")),
            "document": (
                any_page() | None,
                Field(description="As it is now, if asked for with `documents=true`."),
            ),
        },
        "What became of a page.",
    )


@cache
def changes_answer() -> Any:
    """The type of an answer of `changes/`."""
    return component(
        "ChangeListing",
        {"meta": (ChangesMeta, ...), "items": (list[change_answer()], ...)},  # type: ignore[misc]
        "What became of pages, in the order in which it was told.",
    )


def values_of(change: Change, documents: Mapping[int, Document]) -> dict[str, Any]:
    """A change in plain JSON values, with the document of its page if there is one."""
    document = documents.get(change.page_id)
    return {
        "sequence": change.pk,
        "event": str(change.event),
        "at": change.at.isoformat().replace("+00:00", "Z"),
        "page": {
            "id": change.page_id,
            "uuid": change.uuid,
            "type": change.type,
            "locale": change.locale,
            "detail_url": api_address("pages:detail", change.page_id),
        },
        "path": change.path or None,
        "html_url": change.url or None,
        "previous_path": change.previous_path or None,
        "previous_html_url": change.previous_url or None,
        "etag": change.etag or None,
        "tags": [
            *(f"{source.kind}:{change.page_id}" for source in (PAGE, CARD)),
            *(PAGE.kind, CARD.kind, LISTINGS),
        ],
        "document": json.loads(document.body) if document else None,
    }
