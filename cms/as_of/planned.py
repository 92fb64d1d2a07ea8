"""What becomes of pages until a moment, as the worker would do it piece by piece."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision
from wagtail.permissions import page_permission_policy

from api.codecs.visibility import embargoed_pages
from cms.embargo.approval import is_approved
from pages.models import Embargo

# Who may do one of these to a page sees what is planned of it.
ACTIONS = ("change", "publish")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one page: what is published last of it, and when it ends; either may be None."""

    page_id: int
    published: Revision | None
    ends: datetime | None

    @property
    def begins(self) -> datetime | None:
        """When that is published."""
        return self.published.approved_go_live_at if self.published else None


def outcomes(user: Any, moment: datetime) -> list[Outcome]:
    """What becomes of the pages that somebody may see, until a moment and in the order it happens.

    What is under embargo stays as it is, but for what is lifted until then.
    """
    seen = _seen_by(user, moment)
    rows = seen.filter(live=True, expire_at__lte=moment).values_list("pk", "expire_at")
    ends = dict(rows)
    revisions = Revision.page_revisions.filter(
        approved_go_live_at__lte=moment, object_id__in=seen.values(key=Cast("pk", CharField()))
    ).order_by("object_id", "approved_go_live_at", "pk")
    begins = {int(key): list(each) for key, each in groupby(revisions, lambda one: one.object_id)}
    found = [
        _outcome(pk, begins.get(pk, ()), ends.get(pk), moment) for pk in ends.keys() | begins.keys()
    ]
    return sorted(found, key=lambda one: (one.begins or one.ends or moment, one.page_id))


def next_planned(user: Any, after: datetime) -> datetime | None:
    """When something is planned next that somebody may see."""
    seen = _seen_by(user, datetime.max.replace(tzinfo=UTC))
    ends = seen.filter(live=True, expire_at__gt=after).order_by("expire_at")
    begins = Revision.page_revisions.filter(
        approved_go_live_at__gt=after, object_id__in=seen.values(key=Cast("pk", CharField()))
    ).order_by("approved_go_live_at")
    embargoes = _embargoes(user).filter(until__gt=after).order_by("until")
    moments = [
        ends.values_list("expire_at", flat=True).first(),
        begins.values_list("approved_go_live_at", flat=True).first(),
        embargoes.values_list("until", flat=True).first(),
    ]
    return min(filter(None, moments), default=None)


def due_until(user: Any, moment: datetime) -> list[tuple[Embargo, bool]]:
    """The embargoes on pages that somebody may see whose moment comes until then.

    Each with whether it is lifted: whether the page is approved.
    """
    due = _embargoes(user).filter(until__lte=moment).select_related("page")
    return [(one, is_approved(one.page.specific)) for one in due]


def lifted_until(user: Any, moment: datetime) -> list[Embargo]:
    """Those of them that are lifted."""
    return [one for one, lifted in due_until(user, moment) if lifted]


def _embargoes(user: Any) -> QuerySet[Embargo]:
    return Embargo.objects.in_force().filter(page__in=_mine(user))


def _mine(user: Any) -> Any:
    mine = page_permission_policy.instances_user_has_any_permission_for(user, ACTIONS)
    return mine.order_by().values("pk")


def _seen_by(user: Any, moment: datetime) -> QuerySet[Page]:
    shut = embargoed_pages()
    if shut:
        shut -= {one.page_id for one in lifted_until(user, moment)}
    return Page.objects.order_by().filter(pk__in=_mine(user)).exclude(pk__in=shut)


def _outcome(
    page_id: int, revisions: Sequence[Revision], ends: datetime | None, moment: datetime
) -> Outcome:
    published = None
    for revision in revisions:
        # Wagtail forgets what is planned of a page when it ends.
        if ends and ends <= revision.approved_go_live_at:
            break
        published, ends = revision, _end_of(revision)
    return Outcome(page_id, published, ends if ends and ends <= moment else None)


def _end_of(revision: Revision) -> datetime | None:
    written = revision.content.get("expire_at")
    return parse_datetime(written) if written else None
