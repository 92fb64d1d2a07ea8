"""Answers that are a document, in the views."""

from __future__ import annotations

import json

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.documents.models import Document
from api.reading.headers import JSON, say_validity
from api.selection import Selection

# A document as the page of a route.
BEFORE_PAGE, AFTER_PAGE = b'{"type":"page","page":', b"}"


def document_answer(
    request: Request, document: Document, selection: Selection, *, as_route: bool = False
) -> HttpResponse:
    """A document, or what is selected of it; as the page of a route if `as_route`.

    All of it is given as it is stored; whatever else DRF is to make of it is made from its parts.
    """
    answer: HttpResponse
    if "fields" in request.GET or not wants_json(request):
        parts = selection.of(json.loads(document.body))
        answer = Response({"type": "page", "page": parts} if as_route else parts)
    else:
        body = document.body.encode()
        answer = HttpResponse(as_page(body) if as_route else body, content_type=JSON)
        answer["ETag"] = document.etag
    say_validity(answer, document.tags, document.look_at)
    return answer


def as_page(body: bytes) -> bytes:
    """A document's octets as the answer of a route that leads to it."""
    return BEFORE_PAGE + body + AFTER_PAGE


def wants_json(request: Request) -> bool:
    """Whether DRF's negotiation ended with JSON, not with the browsable API."""
    return request.accepted_renderer.format == "json"
