"""What readers are told, and agree to, of the embargoes on what they read."""

from __future__ import annotations

from typing import Any

from api.codecs.annotations import moment
from cms.review.models import ReviewLink, Visit
from pages.models.embargo import Embargo, embargo_on


def embargoes_on(link: ReviewLink) -> list[Embargo]:
    """The embargoes on the pages that a link shows, in their order."""
    pages = [shown.page_id for shown in link.shown.all()]
    return [embargo for page in pages if (embargo := embargo_on(page))]


def terms_of(link: ReviewLink) -> str:
    """All terms to accept before reading, or nothing."""
    if link.purpose != ReviewLink.Purpose.EMBARGO:
        return ""
    return "\n\n".join(dict.fromkeys(embargo.terms for embargo in embargoes_on(link)))


def are_the_same(some: str, others: str) -> bool:
    """Whether terms have the same words: forms send line ends of their own."""
    return some.split() == others.split()


def has_accepted(visit: Visit, terms: str) -> bool:
    """Whether it was these terms that were accepted: others have to be anew."""
    return visit.accepted_at is not None and visit.terms == terms


def longest_on(link: ReviewLink) -> Embargo | None:
    """The embargo that holds longest on what a link shows."""
    return max(embargoes_on(link), key=lambda embargo: embargo.until, default=None)


def to_accept(link: ReviewLink) -> dict[str, Any] | None:
    """What readers accept, as `ReviewEmbargo` in plain JSON values: all terms, the last moment."""
    longest = longest_on(link)
    return {**_answer(longest), "terms": terms_of(link)} if longest else None


def as_read(page_id: int, visit: Visit) -> dict[str, Any] | None:
    """A page's embargo, as `ReviewEmbargo` in plain JSON values."""
    embargo = embargo_on(page_id)
    return {**_answer(embargo), "accepted_at": moment(visit.accepted_at)} if embargo else None


def _answer(embargo: Embargo) -> dict[str, Any]:
    return {
        "until": moment(embargo.until),
        "time_zone": embargo.time_zone,
        "terms": embargo.terms,
        "accepted_at": None,
    }
