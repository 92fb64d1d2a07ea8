"""Absolute addresses: of pages on the frontend, of files and of the API itself."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page, Site
from wagtail.models.sites import SiteRootPath


def site_roots() -> list[SiteRootPath]:
    """Where each site and language begins, as `Site.get_site_root_paths` has it, but as it is now.

    Wagtail's own may be an hour old: a process that read it before a site's change was committed
    can put it into the cache after that.
    """
    sites = Site.objects.select_related("root_page").order_by(
        "-root_page__url_path", "-is_default_site", "hostname"
    )
    return [
        SiteRootPath(site.pk, root.url_path, site.root_url, root.locale.language_code)
        for site in sites
        for root in site.root_page.get_translations(inclusive=True).select_related("locale")
    ]


def know_site_roots(page: Page, roots: list[SiteRootPath]) -> None:
    """Lets a page tell its address by these, where Wagtail keeps them once it asked."""
    page._wagtail_cached_site_root_paths = roots


def page_address(page: Page) -> tuple[str, str] | None:
    """Frontend address of a page and its path, or None for a page outside every site."""
    parts = page.get_url_parts()
    if not parts or parts[1] is None:
        return None
    _, root_url, path = parts
    return root_url + path, path


def media_address(path: str) -> str:
    """A file or picture. Storages on other hosts give absolute addresses already."""
    if path.startswith(("http://", "https://")):
        return path
    return settings.CMS_URL + path


def api_address(name: str, *args: object) -> str:
    """An endpoint of the API: one of v2's, such as `pages:detail`, or one beside those, as `route`."""
    return settings.CMS_URL + reverse(f"wagtailapi:{name}" if ":" in name else name, args=args)
