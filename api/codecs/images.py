"""Pictures: signed addresses of every format and width, without touching the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.images.views.serve import generate_image_url

from api.addresses import media_address
from api.codecs.encoding import Encoding, Reference, Scope
from api.codecs.keys import COLLECTIONS, Source, reads
from api.codecs.media_types import media_type
from api.codecs.unpublished import granted_by, shown
from pages.models import NewsImage

WIDTHS = (320, 640, 960, 1280, 1600, 2400)
FALLBACK_WIDTH = 1600
# Formats that can be transparent fall back to PNG, photographs to JPEG.
TRANSPARENT = {"image/png", "image/gif", "image/webp", "image/avif"}


@reads(Source("image", NewsImage, besides=(COLLECTIONS,)))
def load_images(keys: set[int], encoding: Encoding) -> Mapping[int, NewsImage]:
    """Pictures by id, but for those that are not public, unless there is leave to show them."""
    return shown(NewsImage, keys, encoding)


def encode_image(
    image: NewsImage | None, *, alt: str | None = None, decorative: bool = False
) -> dict[str, Any] | None:
    """An `Image`, or None. `alt` is the text for this use; else the picture's description."""
    if image is None:
        return None
    return {
        "id": image.pk,
        "alt": "" if decorative else (image.description if alt is None else alt),
        "decorative": decorative,
        "credit": image.credit,
        "width": image.width,
        "height": image.height,
        "focal_point": _focal_point(image),
        **_addresses(image),
        "placeholder": image.placeholder or None,
    }


def image_reference(image_id: int | None, scope: Scope) -> Reference | None:
    """An `Image` by its id, or null."""
    return scope.reference(load_images, image_id, encode_image) if image_id else None


def _focal_point(image: NewsImage) -> dict[str, float] | None:
    if not image.has_focal_point():
        return None
    return {
        "x": min(1.0, round(image.focal_point_x / image.width, 4)),
        "y": min(1.0, round(image.focal_point_y / image.height, 4)),
    }


def _addresses(image: NewsImage) -> dict[str, Any]:
    original = media_type(image.file.name)
    fallback = "image/png" if original in TRANSPARENT else "image/jpeg"
    widths = sorted({min(width, image.width) for width in WIDTHS})
    return {
        "url": _rendition(image, min(image.width, FALLBACK_WIDTH), fallback),
        "sources": [
            {
                "mime_type": mime_type,
                "srcset": ", ".join(
                    f"{_rendition(image, width, mime_type)} {width}w" for width in widths
                ),
            }
            for mime_type in ("image/avif", "image/webp", fallback)
        ],
    }


def original_address(image: NewsImage) -> str:
    """Where the file is that editors uploaded."""
    if grant := granted_by(image):
        return media_address(grant.image_address(image, "original"))
    return media_address(image.file.url)


def _rendition(image: NewsImage, width: int, mime_type: str) -> str:
    spec = f"width-{width}|format-{mime_type.removeprefix('image/')}"
    if grant := granted_by(image):
        return media_address(grant.image_address(image, spec))
    return media_address(generate_image_url(image, spec))
