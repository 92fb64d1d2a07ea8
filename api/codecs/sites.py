"""Sites: what one says of itself on every page."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import Field
from wagtail.models import Page, Site

from api.codecs.encoding import Encoded, Encoding, Scope
from api.codecs.fields import encode_fields, field_codecs
from api.codecs.keys import LOCALES, SITES, Source, reads
from api.codecs.links import encode_page_link, load_pages, load_translation_ids
from api.codecs.naming import component
from api.codecs.types import Answer, PageLink
from api.sites import root_pages
from pages.models import NewsroomSettings


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


@reads(Source("site", NewsroomSettings, column="site_id"))
def load_settings(keys: set[int], encoding: Encoding) -> Mapping[int, NewsroomSettings]:
    """What editors have set, by site."""
    found = NewsroomSettings.objects.filter(site__in=keys)
    return {settings.site_id: settings for settings in found}


def encode_site(site: Site) -> Encoded:
    """What a site says of itself. One that nobody has set anything of says what is so by default."""
    scope = Scope(Encoding())
    scope.keys.update([SITES, LOCALES])
    tree = scope.reference(load_settings, site.pk, lambda found: _site(site, found, scope))
    answer = scope.encoding.resolve(tree)
    return Encoded(answer, frozenset(scope.keys), scope.expires_at)


def _site(site: Site, settings: NewsroomSettings | None, scope: Scope) -> dict[str, Any]:
    roots = root_pages(site)
    return {
        "id": site.pk,
        "hostname": site.hostname,
        "url": site.root_url,
        "locales": scope.reference(
            load_translation_ids,
            str(roots[0].translation_key),
            lambda _: [_locale(root, roots[0], scope) for root in roots],
        ),
        **encode_fields(
            field_codecs(NewsroomSettings), settings or NewsroomSettings(site=site), scope
        ),
    }


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
