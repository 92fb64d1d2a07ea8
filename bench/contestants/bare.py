"""The least that serves bytes from a database: one SELECT, no middleware, no framework but Django.

What it serves are the product's own answers, copied into a table of its own (`bench_bytes`).
"""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

# The body stays where it is if the client has it already.
BY_ID = "SELECT etag, CASE WHEN etag = %s THEN NULL ELSE body END FROM bench_bytes WHERE id = %s"


def bytes_of(request: HttpRequest, number: int) -> HttpResponse:
    """The stored answer with this number, or 304 if the client has it."""
    with connection.cursor() as cursor:
        cursor.execute(BY_ID, [request.META.get("HTTP_IF_NONE_MATCH", ""), number])
        row = cursor.fetchone()
    if row is None:
        return HttpResponse(status=404)
    etag, body = row
    headers = {"ETag": etag}
    if body is None:
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(body, content_type="application/json", headers=headers)


urlpatterns = [path("bench/bare/<int:number>", bytes_of)]
