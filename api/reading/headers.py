"""What an answer says of itself: for how long it holds, what purges it, what it depends on."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

JSON = "application/json"
# Answers are HTML for people and JSON for programs, and compressed for whoever can read that.
VARY = "Accept, Accept-Encoding"
# What no cache may keep without asking: there may be something in its place at any moment.
UNSURE = "no-cache"
# What no cache may keep at all: it is for the one who asked.
NOT_KEPT = "private, no-store"
# The same of what is behind a token, which nobody is to find, or to learn from where its reader goes on.
PRIVATE = {
    "Cache-Control": NOT_KEPT,
    "X-Robots-Tag": "noindex",
    "Referrer-Policy": "no-referrer",
}


def cache_control(until: datetime | None = None) -> str:
    """For how long shared caches may keep an answer that holds until a moment, if that is known.

    Browsers ask each time; they are told in a few bytes that nothing changed.
    """
    fresh, stale = settings.CACHE_SECONDS, settings.STALE_SECONDS
    if until is not None:
        left = max(0, int((until - timezone.now()).total_seconds()))
        fresh = min(fresh, left)
        stale = min(stale, left - fresh)
    value = f"public, max-age=0, s-maxage={fresh}"
    return f"{value}, stale-while-revalidate={stale}" if stale else value


def say_private(response: HttpResponseBase) -> None:
    """Tells caches, search engines and browsers that an answer is for one reader alone."""
    for name, value in PRIVATE.items():
        response[name] = value


def say_validity(response: HttpResponse, tags: str, until: datetime | None) -> None:
    """Tells caches how long an answer holds, and which tags (with commas between) purge it."""
    response["Cache-Control"] = cache_control(until)
    if tags:
        response["Cache-Tag"] = tags
        response["Surrogate-Key"] = tags.replace(",", " ")
