"""What readers are told, and agree to, of the embargo on what they read."""

from __future__ import annotations

from typing import Any

from api.codecs.annotations import moment
from cms.review.models import ReviewLink, Visit
from pages.models.embargo import Embargo, embargo_on


def embargo_of(link: ReviewLink) -> Embargo | None:
    """The embargo on the pages that a link shows, of several the one that holds longest."""
    pages = link.shown.values_list("page_id", flat=True)
    found = [embargo for page in pages if (embargo := embargo_on(page))]
    return max(found, key=lambda embargo: embargo.until, default=None)


def terms_of(link: ReviewLink) -> str:
    """The terms to accept before reading, or nothing."""
    if link.purpose != ReviewLink.Purpose.EMBARGO:
        return ""
    embargo = embargo_of(link)
    return embargo.terms if embargo else ""


def has_accepted(visit: Visit, terms: str) -> bool:
    """Whether it was these terms that were accepted: others have to be anew."""
    return visit.accepted_at is not None and visit.terms == terms


def answer(embargo: Embargo | None, visit: Visit | None) -> dict[str, Any] | None:
    """A `ReviewEmbargo` in plain JSON values."""
    if embargo is None:
        return None
    return {
        "until": moment(embargo.until),
        "time_zone": embargo.time_zone,
        "terms": embargo.terms,
        "accepted_at": moment(visit.accepted_at) if visit else None,
    }
