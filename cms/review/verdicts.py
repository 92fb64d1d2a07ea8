"""Whether reviewers approve."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from api.codecs.annotations import moment
from cms.review.drafts import Draft
from cms.review.links import note
from cms.review.mail import tell_maker
from cms.review.models import ReviewLink, Verdict


@transaction.atomic
def give(link: ReviewLink, draft: Draft, says: str, text: str) -> Verdict:
    """Writes down a verdict on exactly this draft, and tells whoever asked for it."""
    made = Verdict.objects.create(
        link=link, page_id=draft.page.pk, says=says, text=text, version=draft.version
    )
    note(link, says, draft.page)
    words = "approves" if says == Verdict.Says.APPROVED else "asks for changes to"
    tell_maker(link, draft.page, f"{link.recipient} {words} {draft.page.title}", text)
    return made


def last(link: ReviewLink, draft: Draft) -> dict[str, Any] | None:
    """The verdict that counts, as `ReviewVerdict` in plain JSON values."""
    found = link.verdicts.filter(page_id=draft.page.pk).first()
    if found is None:
        return None
    return {
        "says": found.says,
        "text": found.text,
        "at": moment(found.at),
        "current": found.version == draft.version,
    }
