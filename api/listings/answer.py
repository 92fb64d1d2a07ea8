"""The answer of a listing, put together from texts as they are stored."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from rest_framework.request import Request
from rest_framework.response import Response

from api.documents.encode import etag_of, tags_of, to_json
from api.documents.moments import Moment
from api.documents.texts import Text
from api.reading.answers import wants_json
from api.reading.headers import JSON, say_validity

# What any change of any page purges.
PAGES = "pages"


class ListingAnswer(HttpResponse):
    """An answer of what is as it was when it `began`, and until `look_at` if nothing is touched.

    It can be kept if that is known.
    """

    began: Moment | None = None
    tags: str = ""
    look_at: datetime | None = None


def listing_answer(
    request: Request,
    meta: Mapping[str, Any],
    items: Sequence[Text],
    until: datetime | None,
    began: Moment | None = None,
) -> HttpResponse:
    """v2's envelope around items. `until` is when what is listed changes of itself.

    It may be kept if it is given when it `began`.
    """
    head = to_json(meta)
    answer: HttpResponse
    if wants_json(request):
        start = f'{{"meta":{head},"items":['.encode()
        body = b"".join((start, b",".join([item.octets for item in items]), b"]}"))
        answer = ListingAnswer(body, content_type=JSON)
        answer["ETag"] = _etag(request, head, items)
    else:
        answer = Response({"meta": meta, "items": [json.loads(item.octets) for item in items]})
    found = {PAGES}.union(*(item.tags.split(",") for item in items if item.tags))
    tags = ",".join(tags_of(found))
    ends = [moment for moment in (until, *(item.look_at for item in items)) if moment]
    look_at = min(ends, default=None)
    say_validity(answer, tags, look_at)
    if isinstance(answer, ListingAnswer) and began:
        answer.began, answer.tags, answer.look_at = began, tags, look_at
    return answer


def _etag(request: Request, head: str, items: Sequence[Text]) -> str:
    """From the documents' own tags: nobody has to read through them once more."""
    parts = [head, request.GET.get("fields", ""), *(item.etag for item in items)]
    return etag_of(chr(0).join(parts))
