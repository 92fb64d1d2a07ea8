"""`cursor=`: where a listing goes on. To clients it is a text without meaning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api import opaque
from api.codecs.encoding import HIGHEST_ID
from api.errors import BadRequest
from api.parameters import LARGEST_NUMBER


@dataclass(frozen=True, slots=True)
class Cursor:
    """After how many items to go on and, where a listing can find it, after which.

    `order` is the order in which that is so. `last` are the last item's values of its columns.
    """

    order: str
    passed: int
    last: tuple[Any, ...] = ()

    def write(self) -> str:
        return opaque.write([self.order, self.passed, *self.last])

    @classmethod
    def read(cls, text: str, order: str) -> Cursor:
        """A cursor that this API gave for a listing in this order. An empty one begins it.

        Raises BadRequest for any other.
        """
        if not text:
            return cls(order, 0)
        parts = opaque.read(text)
        if len(parts) < 2:
            raise BadRequest(opaque.NOT_OURS)
        known_order, passed, *last = parts
        plain = all(map(_is_plain, last))
        counts = type(passed) is int and 0 <= passed <= LARGEST_NUMBER
        if not (isinstance(known_order, str) and counts and plain):
            raise BadRequest(opaque.NOT_OURS)
        if known_order != order:
            raise BadRequest("cursor is of a listing in another order; begin again without it")
        return cls(order, passed, tuple(last))


def _is_plain(value: Any) -> bool:
    """Whether a database can compare with it."""
    if isinstance(value, str):
        return "\x00" not in value
    return type(value) is int and abs(value) <= HIGHEST_ID
