"""`changes/`: everything that is public, then what becomes of it, for whoever keeps a copy."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.http import HttpResponse, StreamingHttpResponse
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings
from rest_framework.views import APIView

from api.changes.announce import Outcome, announce
from api.changes.answer import values_of
from api.changes.feed import NOW, Position, Told, about, end, read
from api.changes.stream import EventStream, events
from api.codecs.pages import page_models
from api.documents.store import documents_of
from api.errors import BadRequest
from api.parameters import true_or_false, whole_number
from api.reading.headers import UNSURE
from api.sites import requested_site
from api.views.base import Problems

logger = logging.getLogger(__name__)

PARAMETERS = ("cursor", "type", "limit", "documents", "site", "format")
# Changes in an answer.
LIMIT = 100
# Seconds that a reader tells of what nobody has told of yet; the next one goes on.
TELLING = 0.5


class ChangesView(Problems, APIView):
    """What became of pages since a cursor; without one, what there is, and a cursor to go on."""

    renderer_classes = [*api_settings.DEFAULT_RENDERER_CLASSES, EventStream]  # type: ignore[list-item]  # classes, once read

    def get(self, request: Request) -> HttpResponse | StreamingHttpResponse:
        self.allow_parameters(request, PARAMETERS)
        condition = about(requested_site(request).pk, _types(request))
        position, most = _position(request), _limit(request)
        wanted = true_or_false(request.GET.get("documents", "false"), "documents")

        def look(position: Position | None) -> Told:
            more = _tell()
            told = read(position, condition, most)
            return told.unfinished() if more else told

        def values(told: Told) -> list[dict[str, Any]]:
            there = [change.page_id for change in told.changes if wanted and change.etag]
            documents = documents_of(there) if there else {}
            return [values_of(change, documents) for change in told.changes]

        told = look(position)
        answer: HttpResponse | StreamingHttpResponse
        if request.accepted_renderer.format == EventStream.format:
            answer = StreamingHttpResponse(
                events(look, values, told),
                content_type=f"{EventStream.media_type}; charset=utf-8",
            )
            # Else nginx would collect the stream before it passes it on.
            answer["X-Accel-Buffering"] = "no"
        else:
            meta = {"next_cursor": told.position.write(), "more": told.more}
            answer = Response({"meta": meta, "items": values(told)})
        answer["Cache-Control"] = UNSURE
        return answer


def _tell() -> bool:
    """Tells of what nobody has told of yet. Gives whether there is more of that."""
    try:
        return announce(TELLING) is Outcome.MORE
    except DatabaseError:
        # Somebody writes for long, or this database is for reading only: others will tell.
        logger.warning("A reader of changes could not tell of new ones", exc_info=True)
        return False


def _types(request: Request) -> list[str]:
    """Short names of the types in `type=`, none for all."""
    labels = {model._meta.label: name for name, model in page_models().items()}
    names = [name for name in request.GET.get("type", "").split(",") if name]
    types = [labels.get(name, name) for name in names]
    for name in types:
        if name not in page_models():
            raise BadRequest(f"type does not exist: {name!a}")
    return types


def _position(request: Request) -> Position | None:
    """From the parameter or, when a stream is taken up again, from where the browser says it was."""
    text = request.headers.get("Last-Event-ID") or request.GET.get("cursor", "")
    if text == NOW:
        return end()
    return Position.read(text) if text else None


def _limit(request: Request) -> int:
    text = request.GET.get("limit")
    most = whole_number(text, "limit") if text else LIMIT
    if not 1 <= most <= LIMIT:
        raise BadRequest(f"limit must be between 1 and {LIMIT}")
    return most
