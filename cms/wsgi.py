"""The WSGI application. Under `manage.py run` the settings are already chosen; a bare server gets production's."""

import codecs
import json
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

django = get_wsgi_application()

CHARSETS = {"utf-8", "ascii", "iso8859-1"}
NOT_READ = "The charset of Content-Type is not one that is read here: send UTF-8."


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Django's, but that it reads queries by the charset of `Content-Type`, before anything of ours can answer.

    A request that brings nothing has none: else somebody could have `é` searched as `Ã©`, and caches
    would give the answer to everybody. One that is unknown, or no charset of texts, breaks it.
    """
    if environ["REQUEST_METHOD"] in {"GET", "HEAD", "OPTIONS"}:
        environ.pop("CONTENT_TYPE", None)
    elif not _is_read(environ.get("CONTENT_TYPE", "")):
        return _refuse(start_response)
    return django(environ, start_response)


def _is_read(content_type: str) -> bool:
    try:
        _, parameters = parse_header_parameters(content_type)
        return codecs.lookup(parameters.get("charset") or "utf-8").name in CHARSETS
    except (LookupError, ValueError):
        return False


def _refuse(start_response: Callable[..., Any]) -> Iterable[bytes]:
    # What Django is needed for is there by now.
    from api.errors import PROBLEM_JSON, problem

    body = json.dumps(problem(415, NOT_READ)).encode()
    headers = {
        "Content-Type": PROBLEM_JSON,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
    }
    start_response("415 Unsupported Media Type", list(headers.items()))
    return [body]
