"""Absolute addresses: of pages on the frontend, of files and of the API itself."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page


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
    """An endpoint of the API, such as `pages:detail`."""
    return settings.CMS_URL + reverse(f"wagtailapi:{name}", args=args)
