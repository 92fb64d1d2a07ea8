"""Listings that were asked for before: their answers, while nothing was touched."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from api.documents.edition import edition
from api.documents.kept import keep
from api.documents.models import KeptListing, Touched
from api.documents.rows import moment_of, position, rows_of, this_moment
from api.listings.answer import ListingAnswer
from api.reading.finish import accepts_gzip, known_etags, packed_etag, takes_json, without_body
from api.reading.headers import JSON, VARY, say_validity

LISTING = "pages/"
# Of a query.
LONGEST = 500
# What may be asked of a listing that is kept. The triggers do not watch over references to people,
# and what pages are found by follows their documents. Whoever reads on, by `cursor` or `offset`, reads
# to the end, and would leave no room for what everybody reads.
PARAMETERS = frozenset(
    [
        "child_of",
        "count",
        "descendant_of",
        "facets",
        "fields",
        "kind",
        "limit",
        "locale",
        "order",
        "published_from",
        "published_until",
        "rich_text_format",
        "section",
        "site",
        "topic",
        "type",
        "year",
    ]
)


def kept_listing(request: HttpRequest, endpoint: str) -> HttpResponse | None:
    """The answer that was kept for the same question; None if there is none, or it does not hold."""
    key = _key(request) if endpoint == LISTING else None
    if key is None:
        return None
    arguments = {
        "edition": edition(),
        "key": key,
        "known": known_etags(request),
        "now": this_moment(),
    }
    rows = rows_of(_statement(connection.vendor), arguments)
    if not rows:
        return None
    body, packed, etag, tags, look_at = rows[0]
    response: HttpResponse
    if body is None:
        response = HttpResponseNotModified(headers={"ETag": etag})
    else:
        response = HttpResponse(bytes(body), content_type=JSON, headers={"ETag": etag})
        if packed:
            response["Content-Encoding"] = "gzip"
            response["ETag"] = packed_etag(etag)
    say_validity(response, tags, moment_of(look_at))
    response["Vary"] = VARY
    return response if body is None else without_body(request, response)


def keep_listing(request: HttpRequest, response: HttpResponse) -> None:
    """Keeps the finished answer to a listing, if it is one that can be kept."""
    if not isinstance(response, ListingAnswer) or response.began is None:
        return
    if request.method != "GET" or response.status_code != 200 or (key := _key(request)) is None:
        return
    listing = KeptListing(
        key=key,
        edition=edition(),
        body=response.content,
        octets=len(response.content),
        packed=response.has_header("Content-Encoding"),
        etag=response["ETag"].replace('-gzip"', '"'),
        tags=response.tags,
        look_at=response.look_at,
    )
    keep(listing, response.began)


def _key(request: HttpRequest) -> str | None:
    """What stands for a question; None for one whose answers are not kept."""
    if len(request.META.get("QUERY_STRING", "")) > LONGEST or "*" in known_etags(request):
        return None
    if request.GET.keys() - PARAMETERS or not takes_json(request):
        return None
    asked = sorted(request.GET.lists())
    if any(len(values) > 1 for _, values in asked):
        return None
    limits = [getattr(settings, "WAGTAILAPI_LIMIT_MAX", None)]
    about = [request.get_host(), request.get_port(), accepts_gzip(request), limits, asked]
    return sha256(repr(about).encode()).hexdigest()


@cache
def _statement(vendor: str) -> str:
    return (
        f"SELECT CASE WHEN {position('%(known)s', 'l.etag')} > 0 THEN NULL ELSE l.body END, "  # noqa: S608
        f"l.packed, l.etag, l.tags, l.look_at FROM {KeptListing._meta.db_table} l "
        "WHERE l.key = %(key)s AND l.edition = %(edition)s "
        "AND (l.look_at IS NULL OR l.look_at > %(now)s) "
        f"AND l.touched_id = (SELECT coalesce(max(id), 0) FROM {Touched._meta.db_table})"
    )
