"""Footnotes: those that the text mentions, numbered as the reader meets them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from pydantic import Field

from api.codecs.codec import Codec
from api.codecs.encoding import Scope
from api.codecs.prose import PortableText, encode_rich_text
from api.codecs.types import Answer


class Footnote(Answer):
    """A note. The text refers to it by number and UUID."""

    uuid: UUID
    number: int = Field(ge=1)
    text: PortableText


def _encode(instance: Any, scope: Scope) -> list[dict[str, Any]]:
    # Encoded after the texts, so that numbers follow the order of first mention. A footnote that
    # nothing mentions stays with the editors.
    return [
        {
            "uuid": uuid,
            "number": number,
            "text": encode_rich_text(scope.footnotes[uuid].text, scope),
        }
        for uuid, number in list(scope.footnote_numbers.items())
    ]


FOOTNOTES = Codec(list[Footnote], _encode)
