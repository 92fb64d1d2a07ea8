"""Rich text as readers get it: Portable Text (https://portabletext.org).

Portable Text is a flat list of blocks whose words carry marks. Ready renderers exist for React,
Vue, Svelte, Astro and others; `_type: block`, the decorators and `_type: link` with its `href` are
what their defaults expect.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field, model_validator
from pydantic.json_schema import SkipJsonSchema
from typing_extensions import TypeAliasType

from api.codecs.types import Answer, DocumentLink, Image, PageLink

MAX_LIST_LEVEL = 10
"""Deeper lists are flattened to this level: no reader shows more, and no answer should grow by it."""

LinkKind = Literal["page", "document", "external", "email", "phone", "anchor"]

Key = Annotated[
    str, Field(description="Unique within the text, and the same for the same text every time.")
]


# Words ----------------------------------------------------------------------------------------


class Span(Answer):
    """Words that carry the same marks. A line break is a newline in `text`."""

    type: Literal["span"] = Field(alias="_type")
    key: Key = Field(alias="_key")
    text: str
    marks: list[str] = Field(
        description=(
            "Decorators (`strong`, `em`, `underline`, `strike-through`, `code`, `sup`, `sub`), "
            "then the `_key` of at most one of the block's `markDefs`."
        )
    )


class FootnoteReference(Answer):
    """Where a footnote is referred to. The footnotes themselves stand beside the text."""

    type: Literal["footnote"] = Field(alias="_type")
    key: Key = Field(alias="_key")
    number: int = Field(ge=1, description="As the reader sees it.")
    footnote: UUID = Field(description="Which footnote.")


RichTextInline = TypeAliasType(
    "RichTextInline", Annotated[Span | FootnoteReference, Field(discriminator="type")]
)


# Marks ----------------------------------------------------------------------------------------


class LinkMark(Answer):
    """What the words link to."""

    type: Literal["link"] = Field(alias="_type")
    key: Key = Field(alias="_key", description="What the `marks` of the linked words hold.")
    kind: LinkKind
    href: str = Field(description="Ready for the `href` attribute, whatever the kind.")
    page: PageLink | None = Field(description="The linked page; null unless `kind` is `page`.")
    document: DocumentLink | None = Field(
        description="The linked file; null unless `kind` is `document`."
    )


class DeadLinkMark(Answer):
    """Words that were linked to something that is not public or not safe: show them unlinked."""

    type: Literal["dead_link"] = Field(alias="_type")
    key: Key = Field(alias="_key", description="What the `marks` of the words hold.")


RichTextMark = TypeAliasType(
    "RichTextMark", Annotated[LinkMark | DeadLinkMark, Field(discriminator="type")]
)


# Nodes ----------------------------------------------------------------------------------------


def _leave_out_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def _is_absent(value: object) -> bool:
    return value is None


class TextBlock(Answer):
    """A paragraph, a heading, a quotation or an item of a list.

    `listItem` and `level` are there for an item of a list, and only for that: renderers take a
    block that has them, even as null, for one.
    """

    type: Literal["block"] = Field(alias="_type")
    key: Key = Field(alias="_key")
    style: Literal["normal", "h2", "h3", "h4", "h5", "h6", "blockquote"]
    list_item: Literal["bullet", "number"] | SkipJsonSchema[None] = Field(
        default=None,
        alias="listItem",
        exclude_if=_is_absent,
        json_schema_extra=_leave_out_default,
        description="Only on an item of a list.",
    )
    level: Annotated[int, Field(ge=1, le=MAX_LIST_LEVEL)] | SkipJsonSchema[None] = Field(
        default=None,
        exclude_if=_is_absent,
        json_schema_extra=_leave_out_default,
        description="How deep the item is nested, from 1. Only on an item of a list.",
    )
    children: list[RichTextInline] = Field(min_length=1)
    mark_definitions: list[RichTextMark] = Field(
        alias="markDefs", description="What the keys in the children's `marks` stand for."
    )

    @model_validator(mode="after")
    def _item_of_a_list_or_not(self) -> Self:
        """An absent member is not a null one, and neither of the two comes alone."""
        present = self.model_fields_set & {"list_item", "level"}
        if len(present) == 1 or (present and None in (self.list_item, self.level)):
            raise ValueError("listItem and level are either both there or both absent")
        return self


class Break(Answer):
    """A horizontal rule between two parts of the text."""

    type: Literal["break"] = Field(alias="_type")
    key: Key = Field(alias="_key")


class Embed(Answer):
    """A video, a post or the like, shown by the service that `url` belongs to."""

    type: Literal["embed"] = Field(alias="_type")
    key: Key = Field(alias="_key")
    url: str = Field(description="The address an editor pasted: http or https.")


class InlineImage(Answer):
    """A picture between two paragraphs."""

    type: Literal["image"] = Field(alias="_type")
    key: Key = Field(alias="_key")
    alt: str = Field(description="Alternative text for this place; empty when it is decorative.")
    image: Image


RichTextNode = TypeAliasType(
    "RichTextNode",
    Annotated[TextBlock | Break | Embed | InlineImage, Field(discriminator="type")],
)

PortableText = TypeAliasType("PortableText", list[RichTextNode])
"""A rich text, in reading order; empty when nothing was written."""
