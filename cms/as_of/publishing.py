"""Doing what is planned before its time, and telling nobody of it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.dispatch import Signal
from wagtail.contrib.redirects.signal_handlers import autocreate_redirects_on_slug_change
from wagtail.models import COMMENTS_RELATION_NAME, Page, ReferenceIndex
from wagtail.models import pages as wagtail_pages

from api.documents.moments import writes_for_nobody
from cms.as_of.planned import Outcome
from cms.as_of.rows import ALIASES, attached_to, write

logger = logging.getLogger(__name__)

# Of a revision: what a page has for itself, and Wagtail would look up only to leave it as it is.
NOT_OF_A_REVISION = {
    "alias_of",
    "content_type",
    "latest_revision",
    "live_revision",
    "locked_by",
    "owner",
    COMMENTS_RELATION_NAME,
}


def carry_out(outcomes: Sequence[Outcome]) -> None:
    """Does what becomes of pages, in the transaction of whoever calls.

    As Wagtail's actions would, but that these save each page with all signals and tasks of that, which
    takes four times as long, and write their log.
    """
    rows = Page.objects.select_for_update(of=("self",)).order_by("pk")
    # In one order, and before anything is done: of two who wait for each other both would be lost.
    list(rows.filter(pk__in=[one.page_id for one in outcomes]).values_list("pk"))
    begun = [one for one in outcomes if one.published]
    pages = Page.objects.filter(pk__in=[one.page_id for one in begun]).specific().in_bulk()
    known = [*pages.values(), *_know_parents(pages.values())]
    attached = attached_to(pages.values())
    for one in begun:
        if (page := pages.get(one.page_id)) is None:
            continue  # Deleted before it was this one's turn.
        planned = _publish(page, one, attached[one.page_id])
        if planned and planned.url_path != page.url_path:
            _readdress(known, page.path, page.url_path, planned.url_path)
    _end([one.page_id for one in outcomes if one.ends])


def _know_parents(pages: Collection[Page]) -> Collection[Page]:
    """Lets pages know their parents, which each would ask for by itself. Gives these."""
    above = {page.pk: page.path[: -Page.steplen] for page in pages}
    parents = {one.path: one for one in Page.objects.filter(path__in=set(above.values()))}
    for page in pages:
        page._cached_parent_obj = parents[above[page.pk]]
    return parents.values()


def _readdress(known: Collection[Page], path: str, before: str, after: str) -> None:
    """What was read of a page and of those below it gets the address that their rows have now."""
    for page in known:
        if page.path.startswith(path):
            page.url_path = after + page.url_path[len(before) :]


def _publish(page: Page, outcome: Outcome, attached: set[str]) -> Page | None:
    """Publishes one, or leaves it: whatever is wrong with it, the worker would publish the others."""
    try:
        with transaction.atomic():
            return _publish_as_planned(page, outcome, attached)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("What is planned of page %s could not be shown", page.pk)
        return None


def _publish_as_planned(page: Page, outcome: Outcome, attached: set[str]) -> Page:
    assert outcome.published
    content = outcome.published.content
    planned = page.with_content_json(
        {name: value for name, value in content.items() if name not in NOT_OF_A_REVISION}
    )
    planned._cached_parent_obj = page._cached_parent_obj
    planned.live, planned.expired = True, False
    planned.live_revision_id = outcome.published.pk
    planned.go_live_at = planned.last_published_at = outcome.begins
    planned.first_published_at = planned.first_published_at or outcome.begins
    # Above all that no other page has taken its slug meanwhile.
    planned.clean()
    write(planned, attached | {name for name, value in content.items() if value})
    ReferenceIndex.create_or_update_for_object(planned)
    if planned.url_path != page.url_path:
        page._update_descendant_url_paths(page.url_path, planned.url_path)
        # Wagtail does so when a transaction is committed.
        autocreate_redirects_on_slug_change(page, planned)
    if ALIASES in attached:
        planned.update_aliases(revision=outcome.published, _content=content)
    return planned


def _end(page_ids: Collection[int]) -> None:
    """Takes pages down, with the aliases that follow them."""
    ended = {"live": False, "live_revision": None, "has_unpublished_changes": True}
    last = set(page_ids)
    found = set(last)
    while last:
        Page.objects.filter(pk__in=last, live=True).update(**ended, expired=True)
        last = set(Page.objects.filter(alias_of__in=last).values_list("pk", flat=True)) - found
        found |= last


class _Quiet:
    """A signal of Wagtail's, but for what is never committed."""

    def __init__(self, signal: Signal) -> None:
        self.signal = signal

    def send(self, **said: Any) -> Any:
        return [] if writes_for_nobody() else self.signal.send(**said)


def tell_nobody_of_aliases() -> None:
    """Wagtail says of aliases that they are published where it updates them, and cannot be asked not to."""
    wagtail_pages.page_published = _Quiet(wagtail_pages.page_published)
