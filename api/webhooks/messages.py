"""What is sent: the body, and the headers that sign it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final, Literal

from django.utils import timezone
from pydantic import Field
from standardwebhooks import Webhook

from api.changes.answer import change_answer, values_of
from api.changes.models import Change, Event
from api.codecs.naming import component
from api.codecs.types import Answer

TAGS_EVENT: Final = "cache.invalidated"
TEST_EVENT: Final = "webhook.test"
USER_AGENT = "Dateline-Webhooks/1"


class Tags(Answer):
    """What to drop."""

    tags: list[str] = Field(description="`Cache-Tag`s of kept answers.")


@cache
def message_types() -> dict[str, Any]:
    """The types of what webhooks send, by their names in the contract."""
    at = (datetime, Field(description="When it happened."))
    changes = tuple(f"page.{event}" for event in Event.values)
    return {
        "ChangeMessage": component(
            "ChangeMessage",
            {"type": (Literal[changes], ...), "timestamp": at, "data": (change_answer(), ...)},
            "What a webhook sends of a change of a page; `document` is null.",
        ),
        "TagsMessage": component(
            "TagsMessage",
            {"type": (Literal[TAGS_EVENT, TEST_EVENT], ...), "timestamp": at, "data": (Tags, ...)},
            "What a webhook sends to whoever keeps answers by tag; a test has no tags.",
        ),
    }


def event_of(change: Change) -> str:
    return f"page.{change.event}"


def change_payload(change: Change) -> str:
    """The change as `changes/` tells it, its document null: whoever needs that asks for it."""
    values = values_of(change, {})
    return _payload(event_of(change), values["at"], values)


def tags_payload(tags: Sequence[str]) -> str:
    return _payload(TAGS_EVENT, _now(), {"tags": list(tags)})


def test_payload() -> str:
    return _payload(TEST_EVENT, _now(), {"tags": []})


def headers_for(
    message_id: str, payload: str, secrets: Iterable[str], at: datetime
) -> dict[str, str]:
    """The headers of one request. Every secret signs, so that the receiver may have any of them."""
    # The library reads the time of day off the value, whatever its zone: it has to be UTC.
    moment = at.astimezone(UTC)
    signatures = [Webhook(secret).sign(message_id, moment, payload) for secret in secrets]
    return {
        "content-type": "application/json",
        "user-agent": USER_AGENT,
        "webhook-id": message_id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _payload(event: str, at: str, data: Any) -> str:
    return json.dumps(
        {"type": event, "timestamp": at, "data": data}, ensure_ascii=False, separators=(",", ":")
    )


def _now() -> str:
    return timezone.now().isoformat().replace("+00:00", "Z")
