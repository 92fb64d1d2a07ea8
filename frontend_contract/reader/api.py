"""Asking the API: the only way to the newsroom."""

import json
import os
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

CMS_URL = os.environ.get("CMS_URL", "http://localhost:8000").rstrip("/")
CMS_ORIGIN = "{0.scheme}://{0.netloc}".format(urlsplit(CMS_URL))

# Without the environment's proxies: the CMS is ours.
_opener = build_opener(ProxyHandler({}))


class Outage(Exception):
    """The API did not answer, or not as an API does. That says nothing of what is there or not."""


def ask(endpoint: str, **parameters: Any) -> tuple[int, Any]:
    """Status and document of an answer: 200, or 4xx with the problem. Raises Outage otherwise."""
    url = f"{CMS_URL}/api/v2/{endpoint}?{urlencode(parameters)}"
    try:
        try:
            response = _opener.open(url, timeout=20)
        except HTTPError as error:
            if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                raise
            response = error
        with response:
            return response.status, json.load(response)
    except (OSError, HTTPException, ValueError) as error:
        raise Outage(str(error)) from error


def must(endpoint: str, **parameters: Any) -> Any:
    """The document of an answer without which no page can be shown. Raises Outage."""
    status, document = ask(endpoint, **parameters)
    if status != HTTPStatus.OK:
        raise Outage(f"{endpoint} answered {status}: {document.get('detail')}")
    return document
