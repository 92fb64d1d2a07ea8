"""Whether reviewers approve."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.models import Page, TaskState

from api.codecs.annotations import moment
from cms.review import drafts, workflow
from cms.review.links import note
from cms.review.mail import tell_maker
from cms.review.models import ReviewLink, Verdict


class Outdated(Exception):
    """The draft is another one than was read."""


@transaction.atomic
def give(link: ReviewLink, page_id: int, version: str, says: str, text: str) -> None:
    """Writes down a verdict on exactly the draft that was read, and tells whoever asked for it.

    Raises Outdated if the draft has changed since, or is there no more.
    """
    # In the order in which Wagtail's own approval takes them.
    list(TaskState.objects.select_for_update().filter(pk=link.task_state_id))
    # Whoever saves a draft writes this row: until the end of this nobody does.
    list(Page.objects.select_for_update(of=("self",)).filter(pk=page_id))
    page = next((page for page in drafts.pages_of(link) if page.pk == page_id), None)
    if page is None or drafts.version_of(page) != version:
        raise Outdated
    Verdict.objects.create(link=link, page_id=page.pk, says=says, text=text, version=version)
    note(link, says, page)
    words = "approves" if says == Verdict.Says.APPROVED else "asks for changes to"
    tell_maker(link, page, f"{link.recipient} {words} {page.title}", text)
    workflow.decide(link, page, version)


def last(link: ReviewLink, page_id: int, version: str) -> dict[str, Any] | None:
    """The verdict that counts, as `ReviewVerdict` in plain JSON values. `version` is the draft's."""
    found = link.last_verdict(page_id)
    if found is None:
        return None
    return {
        "says": found.says,
        "text": found.text,
        "at": moment(found.at),
        "current": found.version == version,
    }
