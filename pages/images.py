"""Pictures and files, with what a newsroom needs to know of them."""

import base64
import io
from typing import Any

from django.core.files import File
from django.db import models
from PIL import Image as PillowImage
from PIL import ImageOps, UnidentifiedImageError
from thumbhash import rgba_to_thumb_hash
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

# Enough for a ThumbHash, which keeps at most 7 × 7 coefficients; the hash is pure Python.
PLACEHOLDER_EDGE = 32


def placeholder_of(file: File) -> str:
    """The ThumbHash of a picture as base64, about 32 characters. Empty if it cannot be read."""
    try:
        file.seek(0)
        with PillowImage.open(io.BytesIO(file.read())) as picture:
            picture.draft("RGB", (PLACEHOLDER_EDGE * 2, PLACEHOLDER_EDGE * 2))
            small = ImageOps.exif_transpose(picture).convert("RGBA")
            small.thumbnail((PLACEHOLDER_EDGE, PLACEHOLDER_EDGE))
    except (OSError, ValueError, UnidentifiedImageError, PillowImage.DecompressionBombError):
        return ""
    finally:
        file.seek(0)
    values = list(small.tobytes())
    return base64.b64encode(bytes(rgba_to_thumb_hash(*small.size, values))).decode()


class NewsImage(AbstractImage):
    """A picture with its credit. Its description is the alternative text offered to editors."""

    credit = models.CharField(
        max_length=255, blank=True, help_text="Photographer or holder of the rights."
    )
    placeholder = models.CharField(max_length=64, blank=True, editable=False)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = "image"
        verbose_name_plural = "images"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.file and not self.file._committed:
            self.placeholder = placeholder_of(self.file.file)
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "placeholder"}
        super().save(*args, **kwargs)


class NewsRendition(AbstractRendition):
    """A picture scaled, cropped or re-encoded."""

    image = models.ForeignKey(NewsImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class NewsDocument(AbstractDocument):
    """A file to download."""

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = "document"
        verbose_name_plural = "documents"
