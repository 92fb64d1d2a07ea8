"""The drafts that a review link shows: by the encoder of all pages, never stored."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from api.codecs.pages import encode_pages
from api.documents.encode import etag_of, to_json
from api.granted import Grant, judges
from api.rich_text_format import RichTextFormat
from cms.review.models import ReviewLink, ShownPage
from pages.models import NewsroomPage

KIND = "review"
# What in an address of a private picture or file is of one link alone.
GRANTED = re.compile(rf"(?<=/granted/){KIND}/[^/]+/[^/]+")


@dataclass(frozen=True)
class Draft:
    """A page as a link shows it. `version` names exactly these contents."""

    page: NewsroomPage
    document: dict[str, Any]
    version: str


def pages_of(link: ReviewLink) -> list[NewsroomPage]:
    """The drafts of all pages that a link shows, in their order."""
    return [_page(shown) for shown in link.shown.select_related("page")]


def encode(link: ReviewLink, drafts: list[NewsroomPage], page: NewsroomPage) -> Draft:
    """One of a link's drafts; links to the others lead to them."""
    grant = Grant(KIND, str(link.uuid), link.maker)
    encoded = encode_pages([page], preview=True, drafts=drafts, grant=grant)[0]
    return Draft(page, encoded.answer, version_of(encoded.answer))


def in_format(draft: Draft, rich_text: RichTextFormat) -> Any:
    """The document, with rich text as it was asked for."""
    return rich_text.apply(draft.document)


def version_of(document: dict[str, Any]) -> str:
    """A name of the contents, without what tells of when, how and by whom they are asked for."""
    members = {name: value for name, value in document.items() if name != "meta"}
    return etag_of(GRANTED.sub("", to_json(members))).strip('"')


def _page(shown: ShownPage) -> NewsroomPage:
    page = shown.page.specific
    if shown.content is None:
        draft: NewsroomPage = page.get_latest_revision_as_object()
    else:
        # As Wagtail makes a page of a revision: it stays where the page is in the tree now.
        draft = page.with_content_json(shown.content)
    return draft


def _holds(id: str) -> bool:
    link = ReviewLink.objects.select_related("maker").filter(uuid=id).first()
    return link is not None and not link.why_closed()


judges(KIND, _holds)
