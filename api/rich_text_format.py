"""`?rich_text_format=`: Portable Text unless a client asks for one of v2's strings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from rest_framework.request import Request
from wagtail.api.rich_text import APIRichText

from api.codecs.encoding import RichTextTree
from api.codecs.rich_text.render import to_html, to_markdown
from api.codecs.rich_text.source import public_source
from api.errors import BadRequest


def db_markdown(text: RichTextTree) -> str:
    """v2's, or where Wagtail cannot read what is stored, the words with addresses instead of ids."""
    try:
        written: str = APIRichText.serialize(public_source(text), format="db_markdown")
    except Exception:  # Its reader asserts what its own editor writes, in several ways.
        return to_markdown(text)
    return written


# `html` and `markdown` come from the resolved text. The `db_` formats are what is stored, ids in
# place of addresses. All refer to what is public only.
FORMATS: dict[str, Callable[[RichTextTree], Any] | None] = {
    "portable_text": None,
    "html": to_html,
    "markdown": to_markdown,
    "db_html": public_source,
    "db_markdown": db_markdown,
}


@dataclass(frozen=True)
class RichTextFormat:
    """How rich text is written in an answer."""

    name: str
    render: Callable[[RichTextTree], Any] | None

    @classmethod
    def called(cls, name: str) -> RichTextFormat:
        """The format of this name. Raises KeyError if there is none."""
        return cls(name, FORMATS[name])

    @classmethod
    def requested(cls, request: Request) -> RichTextFormat:
        """What a request asks for. Raises BadRequest for a format that does not exist."""
        name = request.GET.get("rich_text_format", "portable_text")
        if name not in FORMATS:
            raise BadRequest(f"rich_text_format must be one of {', '.join(FORMATS)}, got {name!a}")
        return cls.called(name)

    def apply(self, document: Any) -> Any:
        """The document with its rich text in this format."""
        if self.render is None:
            return document
        if isinstance(document, RichTextTree):
            return self.render(document)
        if isinstance(document, dict):
            return {name: self.apply(value) for name, value in document.items()}
        if isinstance(document, list):
            return [self.apply(item) for item in document]
        return document
