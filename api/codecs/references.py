"""Codecs of what another model's id stands for: a page, a picture, a file, a snippet."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from wagtail.models import Page

from api.codecs.codec import Codec, NoCodec
from api.codecs.images import image_reference
from api.codecs.links import document_link, page_card
from api.codecs.snippets import BOILERPLATE, ORGANISATION, PERSON, PRESS_CONTACT, TOPIC
from api.codecs.types import DocumentReference, Image, PageReference
from pages.models import (
    Boilerplate,
    NewsDocument,
    NewsImage,
    Organisation,
    Person,
    PressContact,
    Topic,
)

_codecs: dict[type[Model], Codec] = {
    Page: Codec(PageReference, page_card),
    # A picture that is gone or private is null: an answer cannot hold half a picture.
    NewsImage: Codec(Image, image_reference),
    NewsDocument: Codec(DocumentReference, document_link),
    Person: PERSON,
    Organisation: ORGANISATION,
    Topic: TOPIC,
    PressContact: PRESS_CONTACT,
    Boilerplate: BOILERPLATE,
}


def register_reference(model: type[Model], codec: Codec) -> None:
    """Says how an id of `model` is answered, for a snippet of your own."""
    _codecs[model] = codec


def reference_codec(model: Any) -> Codec:
    """The codec from an id of `model`, or of its nearest registered parent, to its answer.

    Raises NoCodec if there is none: call `register_reference` in your app's `ready`.
    """
    for parent in model.__mro__:
        if parent in _codecs:
            return _codecs[parent]
    raise NoCodec(f"no codec for references to {model.__name__}")
