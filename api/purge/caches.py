"""The caches that are set up, and what each of them is to drop."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.models import Page, Site

from api.addresses import api_address
from api.changes.models import Change

logger = logging.getLogger(__name__)

# By JavaScript's encodeURIComponent, besides what Python leaves as it is.
UNESCAPED = "!'()*"
# For one of Wagtail's own backends, or somebody else's: what the most of them take.
URLS_AT_ONCE = 30


def cache_names() -> list[str]:
    # Wagtail does without it too.
    return list(getattr(settings, "WAGTAILFRONTENDCACHE", {}))


def tags_at_once(name: str) -> int:
    """How many tags a cache takes in one request; 0 if it knows none."""
    return getattr(_backend_class(name), "TAGS_AT_ONCE", 0)


def urls_at_once(name: str) -> int:
    return getattr(_backend_class(name), "URLS_AT_ONCE", URLS_AT_ONCE)


def urls_to_drop(name: str, changes: Sequence[Change]) -> list[str]:
    """The addresses in a cache at which these changes show, of hosts that it stands in front of.

    A cache that knows tags drops the API's answers by those. Of any other, listings and searches have
    too many addresses to name: they end by themselves.
    """
    urls = set(_frontend_urls(changes))
    if not tags_at_once(name):
        urls |= set(_api_urls(changes))
    return sorted(_in_front_of(name, urls))


def some_url(name: str) -> list[str]:
    """An address in a cache, of a host that it stands in front of; none if that is no host of ours."""
    ours = [api_address("site"), *(f"{site.root_url}/" for site in Site.objects.all())]
    return _in_front_of(name, ours)[:1]


def _in_front_of(name: str, urls: Iterable[str]) -> list[str]:
    # What it may drop is the same for all backends, and some take their time to be made.
    asked = BaseBackend(settings.WAGTAILFRONTENDCACHE[name])
    return [url for url in urls if asked.invalidates_hostname(urlsplit(url).hostname)]


def _frontend_urls(changes: Sequence[Change]) -> Iterator[str]:
    pages = Page.objects.filter(pk__in={change.page_id for change in changes})
    # A page may have more than its own address, such as a page of a feed.
    below = {page.pk: _paths_of(page) for page in pages.specific(defer=True)}
    for change in changes:
        for url in filter(None, (change.url, change.previous_url)):
            for path in ["/", *below.get(change.page_id, [])]:
                yield url + path.lstrip("/")


def _paths_of(page: Page) -> list[str]:
    try:
        return list(page.get_cached_paths())
    except Exception:
        # A fault in a page type keeps no other page from being dropped, nor this one's own address.
        logger.exception("Page %s does not say which addresses it has", page.pk)
        return []


def _api_urls(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        yield api_address("pages:detail", change.page_id)
        for path in filter(None, (change.path, change.previous_path)):
            # As the published client asks for it, of a site that need not be named.
            yield f"{api_address('route')}?path={quote(path, safe=UNESCAPED)}"


def _backend_class(name: str) -> Any:
    return import_string(settings.WAGTAILFRONTENDCACHE[name]["BACKEND"])
