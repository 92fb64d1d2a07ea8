"""`route/`: everything a frontend needs to answer a path, in one call."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.utils import timezone
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from typing_extensions import TypeAliasType
from wagtail.models import Page, PageViewRestriction, Site

from api.codecs.pages import any_page, page_codec, page_models
from api.codecs.types import Answer
from api.codecs.visibility import embargoed_pages
from api.documents.models import Document
from api.documents.store import documents_of
from api.errors import BadRequest, Gone
from api.reading.answers import document_answer
from api.reading.headers import UNSURE
from api.rich_text_format import RichTextFormat
from api.routing import find_page, find_page_of_any_state
from api.selection import requested, shape_of
from api.sites import requested_site
from api.views.base import Problems
from api.views.redirects import encode_redirects, find_redirect

PARAMETERS = ("path", "site", "fields", "rich_text_format", "format")


class RedirectRoute(Answer):
    """The path leads elsewhere: answer with this status and location."""

    type: Literal["redirect"]
    location: str = Field(description="An absolute address, or a path of this site.")
    status: Literal[301, 302]


def route_answer() -> Any:
    """The type of this endpoint's answer: a page, or a redirect."""

    class PageRoute(Answer):
        """The path is that of a page."""

        type: Literal["page"]
        page: any_page()  # type: ignore[valid-type]

    return TypeAliasType("Route", Annotated[PageRoute | RedirectRoute, Field(discriminator="type")])


class RouteView(Problems, APIView):
    """What is at a path: a page, a redirect, 410 for a page no longer public, or 404."""

    def get(self, request: Request) -> HttpResponse:
        self.allow_parameters(request, PARAMETERS)
        if "path" not in request.GET:
            raise BadRequest("path is missing: the path on the frontend, such as /news/")
        rich_text = RichTextFormat.requested(request)
        site, path = requested_site(request), request.GET["path"]
        if document := self._document(request, site, path, rich_text):
            # Whatever type of page is at the path: who asks cannot know it, and names what all have.
            shape = shape_of(page_codec(model).answer for model in page_models().values())
            selection = requested(request.GET, shape)
            return document_answer(request, document, selection, as_route=True)
        if redirect := find_redirect(site, path):
            found = encode_redirects([redirect])[0]
            status = 301 if found["is_permanent"] else 302
            answer = {"type": "redirect", "location": found["location"], "status": status}
            # No tag tells caches when it leads elsewhere, or when a page comes in its place.
            return Response(answer, headers={"Cache-Control": UNSURE})
        if _was_public(site, path):
            raise Gone
        raise Http404("Nothing is at this path.")

    def _document(
        self, request: Request, site: Site, path: str, rich_text: RichTextFormat
    ) -> Document | None:
        """The document of the page at a path, where anybody may read it."""
        page = find_page(request, site, path)
        return documents_of([page.pk], rich_text.name).get(page.pk) if page else None


def _was_public(site: Site, path: str) -> bool:
    """Whether a page at this path was public once and is not now, for no reason but its end."""
    page = find_page_of_any_state(site, path)
    if page is None or page.first_published_at is None:
        return False
    ended = not page.live or (page.expire_at is not None and page.expire_at <= timezone.now())
    hidden = _restricted(page) or page.pk in embargoed_pages()
    return ended and not hidden and _had_this_slug(page)


def _had_this_slug(page: Page) -> bool:
    """Whether it was published under its slug: a draft's new one tells of what is to come."""
    revisions = page.revisions.filter(created_at__lte=page.last_published_at or timezone.now())
    published = revisions.order_by("-created_at").first()
    return published is None or published.content.get("slug") == page.slug


def _restricted(page: Page) -> bool:
    paths = [page.path[:length] for length in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    return PageViewRestriction.objects.filter(Q(page__path__in=paths)).exists()
