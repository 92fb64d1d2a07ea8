"""The API's reading path, ahead of everything that reading does not need."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from api.reading.finish import finish
from api.reading.kept import keep_listing, kept_listing
from api.reading.shortcut import shortcut


def deliver(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: answers of the API to GET and HEAD, by the short way where there is one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or not request.path_info.startswith(_root()):
            return get_response(request)
        endpoint = request.path_info.removeprefix(_root())
        if answer := shortcut(request, endpoint) or kept_listing(request, endpoint):
            return answer
        answer = finish(request, get_response(request))
        keep_listing(request, answer)
        return answer

    return middleware


@cache
def _root() -> str:
    """The path below which the API is."""
    return reverse("wagtailapi:pages:listing").removesuffix("pages/")
