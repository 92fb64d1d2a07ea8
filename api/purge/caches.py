"""The caches that are set up, and what each of them is to drop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils.module_loading import import_string
from wagtail.contrib.frontend_cache.backends import BaseBackend
from wagtail.models import Page

from api.addresses import api_address
from api.changes.models import Change

# For one of Wagtail's own backends, or somebody else's: what the most of them take.
URLS_AT_ONCE = 30


def cache_names() -> list[str]:
    return list(settings.WAGTAILFRONTENDCACHE)


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
    # What it may drop is the same for all backends, and some take their time to be made.
    asked = BaseBackend(settings.WAGTAILFRONTENDCACHE[name])
    return sorted(url for url in urls if asked.invalidates_hostname(urlsplit(url).hostname))


def _frontend_urls(changes: Sequence[Change]) -> Iterator[str]:
    pages = Page.objects.filter(pk__in={change.page_id for change in changes})
    # A page may have more than its own address, such as a page of a feed.
    below = {page.pk: page.get_cached_paths() for page in pages.specific(defer=True)}
    for change in changes:
        for url in filter(None, (change.url, change.previous_url)):
            for path in ["/", *below.get(change.page_id, [])]:
                yield url + path.lstrip("/")


def _api_urls(changes: Iterable[Change]) -> Iterator[str]:
    for change in changes:
        yield api_address("pages:detail", change.page_id)
        for path in filter(None, (change.path, change.previous_path)):
            # As the published client asks for it.
            yield f"{api_address('route')}?{urlencode({'path': path})}"


def _backend_class(name: str) -> Any:
    return import_string(settings.WAGTAILFRONTENDCACHE[name]["BACKEND"])
