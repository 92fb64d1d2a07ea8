"""`site/`: what a site says of itself on every page."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.models import Page

from api.codecs.encoding import Encoding, Scope
from api.codecs.fields import encode_fields, field_codecs
from api.codecs.links import encode_page_link, load_pages
from api.codecs.naming import component
from api.codecs.types import Answer, PageLink
from api.rich_text_format import RichTextFormat
from api.selection import requested, shape_of
from api.sites import requested_site, root_pages
from api.views.base import Problems
from pages.models import NewsroomSettings

PARAMETERS = ("site", "fields", "rich_text_format", "format")


class SiteLocale(Answer):
    """A language of the site, and its front page where that is public."""

    code: str
    name: str
    is_default: bool
    home: PageLink | None


class SiteIdentity(Answer):
    """Where the site is."""

    id: int
    hostname: str
    url: str = Field(description="The frontend's address, without a slash at its end.")
    locales: list[SiteLocale] = Field(description="The default first.")


@cache
def site_answer() -> type[Answer]:
    """The type of this endpoint's answer, from the `api_fields` of the site's settings."""
    codecs = field_codecs(NewsroomSettings)
    fields = {name: (codec.type, Field(description=_help(name))) for name, codec in codecs.items()}
    return component("Site", fields, "A site: identity, navigation, calls to action.", SiteIdentity)


class SiteView(Problems, APIView):
    """Identity, navigation, calls to action, social links and locales of one site."""

    def get(self, request: Request) -> Response:
        self.allow_parameters(request, PARAMETERS)
        rich_text = RichTextFormat.requested(request)
        shape = shape_of([site_answer()])
        selection = requested(request.GET, shape)
        return Response(selection.of(rich_text.apply(self._document(request))))

    def _document(self, request: Request) -> dict[str, Any]:
        site = requested_site(request)
        scope = Scope(Encoding())
        settings = NewsroomSettings.for_site(site)
        roots = root_pages(site)
        return scope.encoding.resolve(
            {
                "id": site.pk,
                "hostname": site.hostname,
                "url": site.root_url,
                "locales": [_locale(root, roots[0], scope) for root in roots],
                **encode_fields(field_codecs(NewsroomSettings), settings, scope),
            }
        )


def _locale(root: Page, default: Page, scope: Scope) -> dict[str, Any]:
    def home(page: Any) -> dict[str, Any] | None:
        link = encode_page_link(page)
        return link if link["type"] == "page" else None

    return {
        "code": root.locale.language_code,
        "name": root.locale.get_display_name(),
        "is_default": root.pk == default.pk,
        "home": scope.reference(load_pages, root.pk, home),
    }


def _help(name: str) -> str | None:
    return str(getattr(NewsroomSettings._meta.get_field(name), "help_text", "")) or None
