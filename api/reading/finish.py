"""The last touch to an answer of the API: validators, compression, and no body where none is due."""

from __future__ import annotations

import gzip

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

from api.documents.encode import etag_of
from api.reading.headers import JSON, UNSURE, VARY, cache_control

# What says nothing of a document to a program that has it.
NEEDLESS_HEADERS = ("Allow", "X-Frame-Options")
# What an answer that has not changed says all the same (RFC 9110, 15.4.5).
KEPT_HEADERS = ("Cache-Control", "Cache-Tag", "ETag", "Surrogate-Key", "Vary")


def finish(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What is sent for an answer to GET or HEAD that some view has made."""
    patch_vary_headers(response, VARY.split(", "))
    if response.streaming:
        return response
    if not response.has_header("Cache-Control"):
        response["Cache-Control"] = cache_control() if response.status_code == 200 else UNSURE
    if response.status_code == 302 or response.get("Content-Type") == JSON:
        for name in NEEDLESS_HEADERS:
            del response[name]
    if response.status_code == 200:
        if not response.has_header("ETag"):
            response["ETag"] = etag_of(response.content)
        if matches(request, response["ETag"]):
            return not_modified(response)
        pack(request, response)
    return without_body(request, response)


def takes_json(request: HttpRequest) -> bool:
    """Whether the client is a program, to say it in short: DRF's negotiation decides the rest."""
    accepted = request.META.get("HTTP_ACCEPT", "*/*")
    return "text/html" not in accepted and ("application/json" in accepted or "*/*" in accepted)


def accepts_gzip(request: HttpRequest) -> bool:
    """Whether the client reads gzip. One that says how much it likes it is given the plain answer."""
    wanted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return any(coding.strip() == "gzip" for coding in wanted.split(",")) if wanted else False


def packed_etag(etag: str) -> str:
    """The entity tag of the same answer, compressed: other bytes have another tag."""
    return f'{etag[:-1]}-gzip"'


def known_etags(request: HttpRequest) -> str:
    """What the client has already, as a text in which the tag of an answer is to be looked for."""
    return request.META.get("HTTP_IF_NONE_MATCH", "").replace('-gzip"', '"')


def matches(request: HttpRequest, etag: str) -> bool:
    """Whether the client has it already; it may have been weakened on its way."""
    known = known_etags(request)
    return etag.removeprefix("W/") in known or known.strip() == "*"


def not_modified(response: HttpResponse) -> HttpResponse:
    """The short answer in place of one that the client has already."""
    short = HttpResponseNotModified()
    for name in KEPT_HEADERS:
        if response.has_header(name):
            short[name] = response[name]
    return short


def without_body(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """HEAD is told the length, and gets nothing else."""
    response["Content-Length"] = str(len(response.content))
    if request.method == "HEAD":
        response.content = b""
    return response


def pack(request: HttpRequest, response: HttpResponse) -> None:
    """Compresses an answer for a client that can read that, if it makes it smaller."""
    if not accepts_gzip(request):
        return
    packed = gzip.compress(response.content, compresslevel=1, mtime=0)
    if len(packed) >= len(response.content):
        return
    response.content = packed
    response["Content-Encoding"] = "gzip"
    response["ETag"] = packed_etag(response["ETag"])
