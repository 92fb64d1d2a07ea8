"""What a codec is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import NoneType
from typing import Any, get_args

from api.codecs.encoding import Scope


class NoCodec(TypeError):
    """A field, block or annotation that nothing here can encode. The system checks report it."""

    def __init__(self, reason: str, *path: str) -> None:
        super().__init__(f"{'.'.join(path)}: {reason}" if path else reason)
        self.reason = reason
        self.path = path

    def below(self, name: str) -> NoCodec:
        """The same, seen from the block that holds it as `name`."""
        return NoCodec(self.reason, name, *self.path)


@dataclass(frozen=True, slots=True)
class Codec:
    """A type and how to make a value of it.

    `type` is anything pydantic takes as an annotation. `encode` gets the value as it is stored
    (the id of a foreign key, the raw JSON of a block) and the scope, and returns a tree of plain
    JSON values, which may hold references that the encoding resolves.
    """

    type: Any
    encode: Callable[[Any, Scope], Any]

    @property
    def nullable(self) -> bool:
        """Whether the answer may be null."""
        return NoneType in get_args(self.type)

    def optional(self) -> Codec:
        """The same, or null where there is nothing."""
        encode = self.encode
        return Codec(
            self.type | None,
            lambda value, scope: None if value in (None, "") else encode(value, scope),
        )
