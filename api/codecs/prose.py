"""Rich text: stored HTML becomes Portable Text, its links resolved with everything else."""

from __future__ import annotations

from typing import Any

from api.codecs.encoding import OMITTED, RichTextTree, Scope
from api.codecs.images import encode_image, load_images
from api.codecs.links import DEAD, encode_document, encode_page_link, load_documents, load_pages
from api.codecs.rich_text.links import LinkReference, dead_link, plain_link
from api.codecs.rich_text.parse import to_portable_text
from api.codecs.rich_text.types import PortableText

__all__ = ["PortableText", "encode_rich_text"]


def encode_rich_text(html: Any, scope: Scope) -> RichTextTree:
    """Portable Text of stored rich text, in reading order of the page for its footnotes.

    Empty for what is no text.
    """

    def link(reference: LinkReference, key: str) -> object:
        if reference.kind == "page" and reference.id:
            return scope.reference(
                load_pages,
                reference.id,
                lambda page: _mark(key, "page", encode_page_link(page)),
            )
        if reference.kind == "document" and reference.id:
            return scope.reference(
                load_documents,
                reference.id,
                lambda document: _mark(key, "document", encode_document(document)),
            )
        return plain_link(reference, key)

    def image(image_id: int, alt: str, key: str) -> object:
        return scope.reference(
            load_images, image_id, lambda found: _picture(key, alt, encode_image(found, alt=alt))
        )

    source = html if isinstance(html, str) else ""
    nodes = to_portable_text(source, link=link, footnote=scope.footnote, image=image)
    return RichTextTree(nodes, source)


def _mark(key: str, kind: str, target: dict[str, Any]) -> dict[str, Any]:
    if target is DEAD:
        return dead_link(key)
    return {
        "_type": "link",
        "_key": key,
        "kind": kind,
        "href": target["url"],
        "page": target if kind == "page" else None,
        "document": target if kind == "document" else None,
    }


def _picture(key: str, alt: str, image: dict[str, Any] | None) -> Any:
    if image is None:
        return OMITTED
    return {"_type": "image", "_key": key, "alt": alt, "image": image}
