"""Texts without meaning to clients, in which an API notes where they are: cursors."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from typing import Any

from api.errors import BadRequest

NOT_OURS = "cursor is not one that this API gave"


def write(parts: Sequence[Any]) -> str:
    """Some values of JSON as one text, fit for a query."""
    text = json.dumps(parts, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read(text: str) -> list[Any]:
    """The values in a text that this API gave, at least one. Raises BadRequest for any other."""
    try:
        parts = json.loads(urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError):
        raise BadRequest(NOT_OURS) from None
    if not isinstance(parts, list) or not parts:
        raise BadRequest(NOT_OURS)
    return parts
