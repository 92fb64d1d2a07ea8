"""What a reader is told besides the draft."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name

from api.addresses import page_address
from api.codecs.annotations import moment
from cms.review import embargoes, entry, threads, verdicts
from cms.review.drafts import Draft
from cms.review.marks import changes, fingerprint
from cms.review.models import ReviewLink, Visit
from pages.models import NewsroomPage


def state_of(
    link: ReviewLink, visit: Visit, ticket: str, draft: Draft, pages: Sequence[NewsroomPage]
) -> dict[str, Any]:
    """A `ReviewState` in plain JSON values. Notes what the reader sees by that."""
    now = fingerprint(draft.document)
    marked = _changes(link, visit, draft.page.pk, now)
    entry.saw(visit, draft.page.pk, now)
    return {
        "purpose": link.purpose,
        "recipient": link.recipient,
        "shared_by": user_display_name(link.maker),
        "shows": link.shows,
        "expires_at": moment(link.expires_at),
        "version": draft.version,
        "pages": [
            {
                "id": page.pk,
                "type": page.short_type(),
                "title": page.title,
                "path": address[1] if (address := page_address(page)) else None,
            }
            for page in pages
        ],
        "comments_welcome": link.comments_welcome,
        "threads": threads.threads_of(link, [draft.page.pk]),
        "verdict": verdicts.last(link, draft.page.pk, draft.version),
        "changes": marked,
        "embargo": embargoes.as_read(draft.page.pk, visit),
        "visit": ticket,
    }


def _changes(
    link: ReviewLink, visit: Visit, page_id: int, now: dict[str, Any]
) -> dict[str, Any] | None:
    """A `ReviewChanges` in plain JSON values: since the visit before this one that saw the page."""
    earlier = link.visits.filter(begun_at__lt=visit.begun_at).exclude(pk=visit.pk)
    for one in earlier.order_by("-begun_at")[:50]:
        if before := one.seen.get(str(page_id)):
            found = changes(before, now)
            return {
                "since": moment(one.seen_at),
                "blocks": [{"id": id, "change": what} for id, what in found["blocks"].items()],
                "removed": found["removed"],
                "members": found["members"],
            }
    return None
