"""Making review links, and ending them. Every act is in Wagtail's audit log of the pages shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from wagtail.log_actions import log
from wagtail.models import Page, Site

from cms.review.models import Remark, ReviewLink, ShownPage
from cms.review.tokens import new_token
from pages.models.embargo import embargo_on

# For which links are kept after their end.
KEPT = timedelta(days=90)


@sensitive_variables("token")
@transaction.atomic
def make(link: ReviewLink, pages: Sequence[Page], *, maker: Any) -> str:
    """Saves a new link to the drafts of these pages. Gives its token, which nobody learns again.

    Raises ValueError without a page.
    """
    if not pages:
        raise ValueError("A review link shows at least one page.")
    token, link.token_hash = new_token()
    link.maker = maker
    link.save()
    for order, page in enumerate(pages):
        fixed = link.shows == ReviewLink.Shows.REVISION
        content = page.get_latest_revision_as_object().serializable_data() if fixed else None
        ShownPage.objects.create(link=link, page=page, content=content, order=order)
    _log(link, "share", maker, until=link.expires_at, passcode=bool(link.passcode))
    return token


@sensitive_variables("token")
@transaction.atomic
def renew(link: ReviewLink, user: Any) -> str:
    """Gives the link another token; the one it had, every visit by it, and what was decided by it, ends.

    Whoever gets it answers for what it shows: files that are not public are those they may show.
    """
    token, link.token_hash = new_token()
    link.maker, link.renewed_at = user, timezone.now()
    link.save(update_fields=["token_hash", "maker", "renewed_at"])
    link.visits.update(ticket_hash=None)
    _log(link, "renew", user)
    return token


@transaction.atomic
def extend(link: ReviewLink, until: datetime, user: Any) -> None:
    """Lets it end later, or sooner. One that has expired opens again."""
    link.expires_at = until
    link.save(update_fields=["expires_at"])
    _log(link, "extend", user, until=until)


@transaction.atomic
def end(links: Iterable[ReviewLink], because: str, user: Any = None) -> int:
    """Ends links for good. Gives how many were not ended before."""
    number = 0
    for link in links:
        still = ReviewLink.objects.filter(pk=link.pk, ended_at=None)
        if still.update(ended_at=timezone.now(), ended_because=because):
            _log(link, "end", user, because=str(ReviewLink.Ended(because).label))
            number += 1
    return number


@transaction.atomic
def published(page: Page) -> None:
    """Takes a page that anybody may read now out of the links that show its draft.

    A link that has none left ends. Those that are to be kept are.
    """
    shown = ShownPage.objects.filter(page_id=page.pk, link__ended_at=None)
    for one in shown.filter(link__kept_when_published=False).select_related("link"):
        if one.link.shown.count() > 1:
            one.delete()
        else:
            end([one.link], ReviewLink.Ended.PUBLISHED)


@transaction.atomic
def lifted(page_id: int) -> None:
    """Ends the links for reading under an embargo that is over, also if another is set later."""
    shown = ReviewLink.objects.filter(shown__page_id=page_id, ended_at=None)
    for link in shown.filter(purpose=ReviewLink.Purpose.EMBARGO):
        if not any(embargo_on(one.page_id) for one in link.shown.all()):
            end([link], ReviewLink.Ended.EMBARGO)


@transaction.atomic
def forget() -> None:
    """Deletes links that ended long ago, with their visits. What was done is in pages' histories.

    Not while a comment by them is open: the editor would say that whoever made the link wrote it.
    """
    long_ago = timezone.now() - KEPT
    over = ReviewLink.objects.filter(Q(ended_at__lt=long_ago) | Q(expires_at__lt=long_ago))
    shown = Remark.objects.filter(link=OuterRef("pk"), comment__isnull=False)
    over.filter(~Exists(shown.filter(comment__resolved_at=None))).delete()


def links_to(page: Page) -> QuerySet[ReviewLink]:
    """The links that show a page, the newest first."""
    return ReviewLink.objects.filter(shown__page_id=page.pk).select_related("maker")


def address(link: ReviewLink, token: str) -> str:
    """Where the frontend shows the drafts to whoever has this token."""
    first = link.shown.select_related("page").first()
    site = (first.page.get_site() if first else None) or Site.objects.filter(
        is_default_site=True
    ).first()
    return f"{site.root_url if site else settings.FRONTEND_URL}/review/{quote(token)}/"


def _log(link: ReviewLink, act: str, user: Any, **data: Any) -> None:
    """To the history of every page that the link shows: for whom it is, never how to open it."""
    if isinstance(until := data.get("until"), datetime):
        data["until"] = until.isoformat()
    data = {"link": link.pk, "recipient": link.recipient, **data}
    for shown in link.shown.select_related("page"):
        log(shown.page.specific, f"review.{act}", user=user, data=data)


def note(link: ReviewLink, act: str, page: Page, **data: Any) -> None:
    """To the history of one page: what a reviewer did."""
    log(
        page.specific,
        f"review.{act}",
        data={"link": link.pk, "recipient": link.recipient, **data},
    )
