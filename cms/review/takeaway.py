"""A draft as plain text, for those who take it away."""

from __future__ import annotations

from api.words.text import text_of
from cms.review.drafts import Draft
from pages.models import Embargo

DRAFT = "DRAFT, NOT FOR PUBLICATION"


def as_text(draft: Draft, embargo: Embargo | None) -> str:
    """The words of a draft, under a line that says what they are, which stands at their end too."""
    line = embargo_line(embargo) if embargo else DRAFT
    return "\n\n".join(
        [line, draft.page.title, text_of(draft.document).replace("\n", "\n\n"), line, ""]
    )


def embargo_line(embargo: Embargo) -> str:
    """`EMBARGOED UNTIL 2026-11-27 10:00 America/New York (UTC-05:00)`"""
    return f"EMBARGOED UNTIL {embargo.moment()}"
