"""Wagtail's own API v2 with all that its documentation tells one to add to read it without a CMS.

Blocks that choose something answer what a frontend shows of it, as their `get_api_representation`,
and pictures come with renditions. It is set here, on the classes, as a project would in its own.
"""

from __future__ import annotations

from typing import Any

from wagtail.api import APIField
from wagtail.blocks import PageChooserBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.api.fields import ImageRenditionField
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from api.codecs.pages import page_models
from bench.contestants.stock import urlpatterns
from pages import models

__all__ = ["urlpatterns"]

WIDTHS = ("width-320", "width-960", "width-1600")


def picture(image: Any) -> dict[str, Any] | None:
    """A picture in three widths."""
    if image is None:
        return None
    renditions = image.get_renditions(*WIDTHS)
    found = {
        spec: {"url": made.full_url, "width": made.width, "height": made.height}
        for spec, made in renditions.items()
    }
    return {"id": image.pk, "title": image.title, "credit": image.credit, "renditions": found}


def page(value: Any) -> dict[str, Any] | None:
    """A page's title and address."""
    return value and {"id": value.pk, "title": value.title, "url": value.full_url}


def document(value: Any) -> dict[str, Any] | None:
    """A file's title and address."""
    return value and {"id": value.pk, "title": value.title, "url": value.url}


def snippet(value: Any) -> dict[str, Any] | None:
    """The words of a snippet; of a person also the picture and the organisation."""
    if value is None:
        return None
    found: dict[str, Any] = {"id": value.pk}
    for name in ("name", "title", "text", "post", "role", "phone", "email"):
        if hasattr(value, name):
            found[name] = getattr(value, name)
    if isinstance(value, models.Person):
        found["organisation"] = str(value.organisation or "")
        found["portrait"] = picture(value.portrait)
    return found


def represent(block: Any, write: Any) -> None:
    block.get_api_representation = lambda self, value, context=None: write(value)


represent(ImageChooserBlock, picture)
represent(PageChooserBlock, page)
represent(DocumentChooserBlock, document)
represent(SnippetChooserBlock, snippet)

models.Byline.api_fields = [APIField("person"), APIField("organisation")]
for kind in page_models().values():
    kind.api_fields = [
        APIField(name, serializer=ImageRenditionField("width-960"))
        if name == "share_image"
        else name
        for name in kind.api_fields
    ]
