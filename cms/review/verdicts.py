"""Whether reviewers approve."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page, TaskState

from api.codecs.annotations import moment
from cms.review import drafts, workflow
from cms.review.drafts import Draft
from cms.review.links import note
from cms.review.mail import tell_maker
from cms.review.models import ReviewLink, Verdict


class Outdated(Exception):
    """The draft is another one than was read."""


@transaction.atomic
def give(link: ReviewLink, page_id: int, version: str, says: str, text: str) -> Draft:
    """Writes down a verdict on exactly the draft that was read, and tells whoever asked for it.

    Raises Outdated if the draft has changed since, or is there no more.
    """
    # In the order in which Wagtail's own approval takes them.
    list(TaskState.objects.select_for_update().filter(pk=link.task_state_id))
    # Whoever saves a draft writes this row: until the end of this nobody does.
    list(Page.objects.select_for_update(of=("self",)).filter(pk=page_id))
    pages = drafts.pages_of(link)
    page = next((page for page in pages if page.pk == page_id), None)
    draft = drafts.encode(link, pages, page) if page else None
    if draft is None or draft.version != version:
        raise Outdated
    Verdict.objects.create(
        link=link, page_id=draft.page.pk, says=says, text=text, version=draft.version
    )
    note(link, says, draft.page)
    words = "approves" if says == Verdict.Says.APPROVED else "asks for changes to"
    tell_maker(link, draft.page, f"{link.recipient} {words} {draft.page.title}", text)
    workflow.decide(link, draft.page, draft.version)
    return draft


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
