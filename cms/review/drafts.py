"""The drafts that a review link shows: by the encoder of all pages, never stored."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.crypto import constant_time_compare
from wagtail.models import COMMENTS_RELATION_NAME

from api.codecs.pages import encode_pages
from api.granted import Grant, judges
from cms.review import embargoes
from cms.review.models import ReviewLink, ShownPage
from pages.models import NewsroomPage

KIND = "review"
# What Wagtail keeps with a draft and nobody reads in it.
BOOKKEEPING = {
    *("pk", "alias_of", "content_type", "depth", "draft_title", "expired", "first_published_at"),
    *("has_unpublished_changes", "last_published_at", "latest_revision", "live", "live_revision"),
    *("latest_revision_created_at", "locale", "locked", "locked_at", "locked_by", "numchild"),
    *("owner", "path", "translation_key", "url_path", "uuid", COMMENTS_RELATION_NAME),
}

ENCODER = DjangoJSONEncoder(sort_keys=True)


@dataclass(frozen=True)
class Draft:
    """A page as a link shows it. `version` names exactly these contents."""

    page: NewsroomPage
    document: dict[str, Any]
    version: str


def pages_of(link: ReviewLink) -> list[NewsroomPage]:
    """The drafts of all pages that a link shows, in their order."""
    return [_page(one) for one in link.shown.select_related("page__latest_revision")]


def encode(link: ReviewLink, drafts: list[NewsroomPage], page: NewsroomPage) -> Draft:
    """One of a link's drafts; links to the others lead to them."""
    encoded = encode_pages([page], preview=True, drafts=drafts, grant=_grant(link))[0]
    return Draft(page, encoded.answer, version_of(page))


def version_of(page: NewsroomPage) -> str:
    """A name of all that editors wrote into a draft, whoever asks and wherever the page stands."""
    content = page.serializable_data()
    written = {name: content[name] for name in sorted(content.keys() - BOOKKEEPING)}
    return sha256(ENCODER.encode(written).encode()).hexdigest()[:32]


def _page(shown: ShownPage) -> NewsroomPage:
    page: NewsroomPage = shown.page.specific
    # As Wagtail makes a page of a revision: it stays where the page is in the tree now.
    if shown.content is not None:
        return page.with_content_json(shown.content)
    latest = shown.page.latest_revision
    return page.with_content_json(latest.content) if latest else page


def _grant(link: ReviewLink) -> Grant:
    return Grant(KIND, f"{link.uuid.hex}-{_state(link)}", link.maker)


def _state(link: ReviewLink) -> str:
    """What addresses of files end with: another token, other terms, or a page taken out."""
    pages = sorted(link.shown.values_list("page_id", flat=True))
    said = f"{link.token_hash} {pages} {embargoes.terms_of(link)}"
    return sha256(said.encode()).hexdigest()[:16]


def _grant_of(id: str) -> Grant | None:
    name, _, state = id.partition("-")
    try:
        link = ReviewLink.objects.select_related("maker").filter(uuid=uuid.UUID(name)).first()
    except ValueError:
        return None
    if link is None or link.why_closed() or not constant_time_compare(state, _state(link)):
        return None
    return _grant(link)


judges(KIND, _grant_of)
