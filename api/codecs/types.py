"""The shapes that answers are made of: the vocabulary of the contract.

Every public answer validates against one of these models, or against one composed from them
out of page types and blocks. Nothing here touches the database.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypeAliasType


class Answer(BaseModel):
    """A part of an answer. Unknown members are errors, on our side as on the reader's."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True, serialize_by_alias=True)


# Images ---------------------------------------------------------------------------------------


class FocalPoint(Answer):
    """What matters most in the picture, for cropping."""

    x: float = Field(ge=0, le=1, description="From the left edge, as a share of the width.")
    y: float = Field(ge=0, le=1, description="From the top edge, as a share of the height.")


class ImageSource(Answer):
    """One `<source>` of a `<picture>`: the same picture in one format and several widths."""

    mime_type: Literal["image/avif", "image/webp", "image/jpeg", "image/png"]
    srcset: str = Field(description="Ready for the `srcset` attribute, with width descriptors.")


class Image(Answer):
    """A picture. Sources are ordered: a browser takes the first format it knows."""

    id: int
    alt: str = Field(description="Alternative text; empty when the picture is decorative.")
    decorative: bool
    credit: str = Field(description="Photographer or holder of the rights; may be empty.")
    width: int = Field(description="Of the original, in pixels.")
    height: int = Field(description="Of the original, in pixels.")
    focal_point: FocalPoint | None
    url: str = Field(description="A fallback for `<img src>`, at most 1600 pixels wide.")
    sources: list[ImageSource]
    placeholder: str | None = Field(
        description="ThumbHash of the picture, base64: a blurred preview of about 25 bytes."
    )


# Links ----------------------------------------------------------------------------------------


class PageLink(Answer):
    """A link to a page that is public now."""

    type: Literal["page"]
    id: int
    uuid: UUID
    page_type: str = Field(description="The linked page's `type`, such as `press_release`.")
    title: str
    url: str = Field(description="Absolute address on the frontend.")
    path: str = Field(description="The address without its host, for client-side routing.")
    locale: str


class PageCard(PageLink):
    """A linked page with what a listing shows of it."""

    kind: str | None = Field(description="Its kind, such as `media_advisory`, where it has one.")
    kind_label: str | None
    summary: str
    publication_date: date | None
    image: Image | None


class DocumentLink(Answer):
    """A file to download."""

    type: Literal["document"]
    id: int
    title: str
    url: str
    filename: str
    file_size: int | None = Field(description="In bytes.")
    mime_type: str


class ExternalLink(Answer):
    """An address elsewhere: http(s), mailto or tel."""

    type: Literal["external"]
    url: str


class DeadLink(Answer):
    """Something was linked here that is not public: unpublished, expired, private or deleted."""

    type: Literal["dead"]


Link = TypeAliasType(
    "Link",
    Annotated[PageLink | DocumentLink | ExternalLink | DeadLink, Field(discriminator="type")],
)
PageReference = TypeAliasType(
    "PageReference", Annotated[PageCard | DeadLink, Field(discriminator="type")]
)
DocumentReference = TypeAliasType(
    "DocumentReference", Annotated[DocumentLink | DeadLink, Field(discriminator="type")]
)


# Snippets -------------------------------------------------------------------------------------


class OrganisationLink(Answer):
    """An organisation, as bylines and people refer to it."""

    type: Literal["organisation"]
    id: int
    uuid: UUID
    name: str
    short_name: str
    url: str = Field(description="The organisation's own site; may be empty.")
    logo: Image | None


class PersonLink(Answer):
    """A person, with the post held today. A quotation carries the post held when it was said."""

    type: Literal["person"]
    id: int
    uuid: UUID
    name: str
    post: str
    organisation: OrganisationLink | None
    portrait: Image | None
    profile: PageLink | None = Field(
        description="The person's profile page, where it is public; null on that page itself."
    )


class TopicLink(Answer):
    """A topic. `slug` is what the `topic` filter of a listing takes."""

    type: Literal["topic"]
    id: int
    uuid: UUID
    name: str
    slug: str


class PressContact(Answer):
    """Whom journalists call."""

    type: Literal["press_contact"]
    id: int
    uuid: UUID
    name: str
    role: str
    phone: str
    email: str
    note: str = Field(description="Such as “available for interviews”.")


# Pages ----------------------------------------------------------------------------------------


class ParentMeta(Answer):
    """Where the parent page is, in the form of Wagtail's API v2."""

    type: str
    detail_url: str
    html_url: str | None


class ParentLink(Answer):
    """The parent page, in the form of Wagtail's API v2."""

    id: int
    meta: ParentMeta
    title: str


class PageMeta(Answer):
    """What Wagtail's API v2 tells of every page, and what else is true of all of ours."""

    type: str = Field(description="Django's label, such as `pages.PressReleasePage`.")
    detail_url: str | None = Field(description="Null for a page that was never saved.")
    html_url: str | None = Field(description="Absolute address on the frontend.")
    slug: str
    show_in_menus: bool
    seo_title: str
    search_description: str
    first_published_at: datetime | None
    last_published_at: datetime | None
    alias_of: ParentLink | None
    parent: ParentLink | None
    locale: str
    preview: bool = Field(description="True for a draft; never true in a public answer.")
