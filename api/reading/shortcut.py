"""The short way to a stored document: one query, for what is asked plainly.

The query finds the site, the document, whether it still holds, and whether the client has it
already. It never says that something is not there: where it finds nothing, the views look closer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect

from api.addresses import api_address
from api.documents.models import SEARCHED_FORMAT, Document
from api.documents.rows import HOLDS, holding, moment_of, octets, position, rows_of
from api.reading.answers import as_page
from api.reading.finish import (
    accepts_gzip,
    known_etags,
    pack,
    packed_etag,
    takes_json,
    without_body,
)
from api.reading.headers import JSON, UNSURE, VARY, say_validity
from api.reading.site import is_host_name, site_arguments, site_id_sql
from api.rich_text_format import FORMATS

# Endpoints that find a page by its path, with the name of the parameter.
ROUTE, FIND = "route/", "pages/find/"
PATHS = {ROUTE: "path", FIND: "html_path"}
# What is read of a document.
PACKED, BODY, NOTHING = "packed", "body", "nothing"
# Characters of a query; of a longer one the views say what is wrong with it.
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Plain:
    """What is asked for: the document of a page or, without either, of the site itself."""

    endpoint: str
    rich_text_format: str
    site: str | None
    page_id: int | None = None
    path: str | None = None


def shortcut(request: HttpRequest, endpoint: str) -> HttpResponse | None:
    """The answer to GET or HEAD of an endpoint, such as `route/`; None where the views must look."""
    plain = _plain(request, endpoint)
    if plain is None or not takes_json(request):
        return None
    row = _row(request, plain)
    if row is None:
        return None
    return _answer(request, plain, *row)


def _plain(request: HttpRequest, endpoint: str) -> Plain | None:
    if "*" in known_etags(request):
        return None
    given: Mapping[str, str] = {}
    if query := request.META.get("QUERY_STRING"):
        if len(query) > LONGEST:
            return None
        given = request.GET
        if any(len(values) > 1 for _, values in request.GET.lists()):
            return None
    names = given.keys() - {"site", "rich_text_format"}
    site = given.get("site") or None
    rich_text_format = given.get("rich_text_format", SEARCHED_FORMAT)
    if rich_text_format not in FORMATS or (site and not is_host_name(site)):
        return None
    if path_name := PATHS.get(endpoint):
        path = _document_path(given[path_name]) if names == {path_name} else None
        return Plain(endpoint, rich_text_format, site, path=path) if path else None
    if names:
        return None
    if endpoint == "site/":
        return Plain("site", rich_text_format, site)
    number = endpoint[6:-1]
    if endpoint == f"pages/{number}/" and number.isascii() and number.isdigit():
        # Of more digits no page has an id.
        page_id = int(number) if len(number) < 10 else None
        return Plain("detail", rich_text_format, site, page_id=page_id) if page_id else None
    return None


def _document_path(path: str) -> str | None:
    """The path as documents have it; None for one that needs a closer look."""
    try:
        decoded = unquote(urlsplit(f"/{path.lstrip('/')}").path)
    except ValueError:
        return None
    parts = [part for part in decoded.split("/") if part]
    return None if "\x00" in decoded else "".join(f"/{part}" for part in parts) + "/"


# The query ------------------------------------------------------------------------------------------


@cache
def _statement(by_path: bool, of_site: bool, named_site: bool, content: str, vendor: str) -> str:
    """The SQL for one way of asking."""
    known = f"{position('%(known)s', 'd.etag')} > 0"
    if of_site:
        subject = "d.page_id IS NULL"
    else:
        subject = (
            "d.path = %(path)s AND d.page_id IS NOT NULL" if by_path else "d.page_id = %(page)s"
        )
    contents = {PACKED: "d.packed", BODY: octets("d.body"), NOTHING: "NULL"}
    return (
        f"SELECT d.page_id, d.etag, d.tags, d.look_at, "  # noqa: S608
        f"CASE WHEN {known} THEN NULL ELSE {contents[content]} END "
        f"FROM {Document._meta.db_table} d WHERE {subject} AND {HOLDS} "
        f"AND d.site_id = ({site_id_sql(named=named_site)}) LIMIT 2"
    )


def _content_of(plain: Plain, *, packed: bool) -> str:
    """What of a document the answer needs."""
    if plain.endpoint == FIND:
        return NOTHING
    return PACKED if packed and plain.endpoint != ROUTE else BODY


def _row(request: HttpRequest, plain: Plain) -> tuple[Any, ...] | None:
    statement = _statement(
        by_path=plain.path is not None,
        of_site=plain.endpoint == "site",
        named_site=plain.site is not None,
        content=_content_of(plain, packed=accepts_gzip(request)),
        vendor=connection.vendor,
    )
    arguments = {
        "known": known_etags(request),
        "page": plain.page_id,
        "path": plain.path,
        **holding(plain.rich_text_format),
        **site_arguments(request, plain.site),
    }
    rows = rows_of(statement, arguments)
    return rows[0] if rows and len(rows) == 1 else None


# The answer -----------------------------------------------------------------------------------------


def _answer(
    request: HttpRequest,
    plain: Plain,
    page_id: int | None,
    etag: str,
    tags: str,
    look_at: datetime | None,
    content: Any,
) -> HttpResponse:
    response: HttpResponse
    if plain.endpoint == FIND:
        return without_body(request, _found(request, page_id))
    if content is None:
        response = HttpResponseNotModified(headers={"ETag": etag})
    elif _content_of(plain, packed=accepts_gzip(request)) == PACKED:
        headers = {"ETag": packed_etag(etag), "Content-Encoding": "gzip"}
        response = HttpResponse(bytes(content), content_type=JSON, headers=headers)
    else:
        body = as_page(bytes(content)) if plain.endpoint == ROUTE else bytes(content)
        response = HttpResponse(body, content_type=JSON, headers={"ETag": etag})
        pack(request, response)
    say_validity(response, tags, moment_of(look_at))
    response["Vary"] = VARY
    return response if content is None else without_body(request, response)


def _found(request: HttpRequest, page_id: int | None) -> HttpResponse:
    """v2's answer of `find`: where the page is, with what else was asked."""
    query = request.GET.copy()
    del query["html_path"]
    return HttpResponseRedirect(
        f"{api_address('pages:detail', page_id)}?{query.urlencode()}",
        headers={"Cache-Control": UNSURE, "Vary": VARY},
    )
