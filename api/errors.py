"""Problems: every error answer, as RFC 9457 problem details that also carry v2's `message`."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from pydantic import Field
from rest_framework.exceptions import APIException
from rest_framework.response import Response
from rest_framework.views import exception_handler
from wagtail.api.v2.utils import BadRequestError
from wagtail.coreutils import camelcase_to_underscore

from api.codecs.types import Answer

PROBLEM_JSON = "application/problem+json"


class Problem(Answer):
    """What went wrong, and what to mend."""

    type: str = Field(description="Always `about:blank`: the status says which problem it is.")
    title: str = Field(description="The status in words.")
    status: int
    detail: str = Field(description="What to mend, for the developer who reads it.")
    message: str = Field(description="The same as `detail`, where clients of v2 look for it.")


class BadRequest(BadRequestError):
    """A request that cannot be answered as it is. The text says what to mend."""


class Gone(APIException):
    """Something was here that was public once."""

    status_code = HTTPStatus.GONE
    default_detail = "The page that was here is no longer public."


def problem(status: int, detail: str) -> dict[str, Any]:
    """A `Problem` in plain JSON values."""
    return {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "message": detail,
    }


def problem_response(exception: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the problem for an exception, or None for one that is a bug."""
    if isinstance(exception, BadRequestError):
        return Response(problem(400, str(exception)), status=400)
    if isinstance(exception, SuspiciousOperation):
        # Too many parameters, a forged host: Django's own words are for whoever runs the site.
        return Response(problem(400, "The request is malformed."), status=400)
    if isinstance(exception, Http404):
        return Response(problem(404, _not_found(exception)), status=404)
    if isinstance(exception, Gone):
        # Not DRF's way, which gives up the transaction: nothing failed, and nothing was written.
        return Response(problem(410, str(exception.detail)), status=410)
    if isinstance(exception, PermissionDenied):
        return Response(problem(403, "This is not for you to read."), status=403)
    response = exception_handler(exception, context)
    if response is None:
        return None
    detail = response.data.get("detail", "") if isinstance(response.data, dict) else ""
    response.data = problem(response.status_code, str(detail))
    return response


def _not_found(exception: Http404) -> str:
    """What there is not. Django's own words name conditions and classes."""
    text = str(exception)
    if match := re.fullmatch(r"No (\w+) matches the given query\.", text):
        return f"There is no such {camelcase_to_underscore(match[1]).replace('_', ' ')}."
    return text or "Not found."
