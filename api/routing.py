"""From a path on the frontend to what is there."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from django.http import Http404
from rest_framework.request import Request
from wagtail.models import Page, Site

from api.sites import root_pages


def find_page(request: Request, site: Site, path: str) -> Page | None:
    """The live page at a path of a site, in whichever locale the path names; it may be private."""
    if (place := _place(site, path)) is None:
        return None
    root, components = place
    try:
        return root.specific.route(request, components)[0]
    except Http404:
        return None


def find_page_of_any_state(site: Site, path: str) -> Page | None:
    """The page at a path of a site, whether anybody may see it or not."""
    if (place := _place(site, path)) is None:
        return None
    root, components = place
    url_path = root.url_path + "".join(f"{part}/" for part in components)
    return Page.objects.filter(url_path=url_path).first()


def _place(site: Site, path: str) -> tuple[Page, list[str]] | None:
    """The front page in the locale that the path begins with, and what follows.

    The host is ignored; escapes are undone, since sites store `§` in both of its spellings.
    """
    try:
        decoded = unquote(urlsplit(re.sub("^/+", "/", path)).path)
    except ValueError:
        return None
    if "\x00" in decoded:
        return None
    components = [part for part in decoded.split("/") if part]
    root, *translations = root_pages(site)
    for translation in translations:
        if components and components[0] == translation.locale.language_code:
            return translation, components[1:]
    return root, components
