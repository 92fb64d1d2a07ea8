"""A draft as plain text, for those who take it away."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from api.words.text import text_of
from cms.review.drafts import Draft

DRAFT = "DRAFT, NOT FOR PUBLICATION"


def as_text(draft: Draft, embargo: dict[str, Any] | None) -> str:
    """The words of a draft, under a line that says what they are, which stands at their end too."""
    line = embargo_line(embargo) if embargo else DRAFT
    return "\n\n".join(
        [line, draft.page.title, text_of(draft.document).replace("\n", "\n\n"), line, ""]
    )


def embargo_line(embargo: dict[str, Any]) -> str:
    """`EMBARGOED UNTIL 27 November 2026, 10:00 (America/New_York), 15:00 UTC`"""
    moment = datetime.fromisoformat(embargo["until"])
    there = moment.astimezone(ZoneInfo(embargo["time_zone"]))
    said = f"EMBARGOED UNTIL {there.day} {there:%B %Y, %H:%M} ({embargo['time_zone']})"
    return said if embargo["time_zone"] == "UTC" else f"{said}, {moment:%H:%M} UTC"
