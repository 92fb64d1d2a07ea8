"""What is sent: the body, and the headers that sign it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from standardwebhooks import Webhook

from api.changes.answer import values_of
from api.changes.models import Change

TAGS_EVENT = "cache.invalidated"
TEST_EVENT = "webhook.test"
USER_AGENT = "Dateline-Webhooks/1"


def event_of(change: Change) -> str:
    return f"page.{change.event}"


def change_payload(change: Change) -> str:
    """The change as `changes/` tells it, without the document: whoever needs that asks for it."""
    values = values_of(change, {})
    del values["document"]
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
