"""What a listing is asked: how much of it, from where, and with which counts."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from rest_framework.request import Request

from api.errors import BadRequest
from api.listings.cursor import Cursor
from api.parameters import true_or_false, whole_number

LISTING_PARAMETERS = frozenset(["count", "cursor", "facets"])
FACETS = ("topic", "kind", "year", "section")


@dataclass(frozen=True, slots=True)
class Paging:
    """How many items from where, and whether they are to be counted; None if that is not said."""

    limit: int
    cursor: Cursor
    counted: bool | None


def requested_paging(request: Request) -> Paging:
    """v2's `limit` and `offset`, `cursor` in place of the latter, and `count`.

    Raises BadRequest for values that are out of range, or do not go together.
    """
    most = getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20)
    limit = _number(request, "limit", min(20, most or 20))
    if most and limit > most:
        raise BadRequest(f"limit cannot be higher than {most}")
    order = request.GET.get("order") or ("relevance" if "search" in request.GET else "")
    if "cursor" not in request.GET:
        cursor = Cursor(order, _number(request, "offset", 0))
    elif "offset" in request.GET:
        raise BadRequest("cursor and offset cannot be combined")
    elif "random" in order:
        raise BadRequest("random ordering with cursor is not supported")
    else:
        cursor = Cursor.read(request.GET["cursor"], order)
    return Paging(limit, cursor, _counted(request))


def requested_facets(request: Request) -> list[str]:
    """The facets to count. Raises BadRequest for one that there is not."""
    names = [name for name in request.GET.get("facets", "").split(",") if name]
    if unknown := [name for name in names if name not in FACETS]:
        raise BadRequest(f"facets has no {unknown[0]!a}; there are {', '.join(FACETS)}")
    return [name for name in FACETS if name in names]


def _counted(request: Request) -> bool | None:
    return true_or_false(request.GET["count"], "count") if "count" in request.GET else None


def _number(request: Request, name: str, default: int) -> int:
    return whole_number(request.GET[name], name) if name in request.GET else default
