"""Pictures, players and files."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.embeds.blocks import EmbedBlock as WagtailEmbedBlock
from wagtail.images.blocks import ImageBlock

MEDIA = "Pictures and files"


class FigureBlock(blocks.StructBlock):
    """A picture with caption and credit. Wagtail's ImageBlock asks for alternative text."""

    image = ImageBlock()
    caption = blocks.CharBlock(required=False, max_length=500)
    credit = blocks.CharBlock(
        required=False, max_length=255, help_text="Leave empty to use the picture's own credit."
    )

    class Meta:
        icon = "image"
        group = MEDIA
        label = "Image"
        description = "A picture with alternative text, caption and credit."
        preview_value = {"image": None, "caption": "The panel in session.", "credit": "Staff"}


class GalleryBlock(blocks.StructBlock):
    """Several pictures under one title."""

    title = blocks.CharBlock(required=False, max_length=255)
    images = blocks.ListBlock(FigureBlock(), min_num=2)

    class Meta:
        icon = "grip"
        group = MEDIA
        label = "Gallery"
        description = "Two or more pictures that belong together."
        preview_value = {"title": "The conference in pictures", "images": []}


class EmbedBlock(blocks.StructBlock):
    """A player from elsewhere. The title is what a reader sees before consenting to load it."""

    media = WagtailEmbedBlock(
        label="Web address", help_text="Of a video or recording, such as a YouTube address."
    )
    title = blocks.CharBlock(max_length=255, help_text="What it is, for those who cannot see it.")
    transcript = DocumentChooserBlock(required=False)

    class Meta:
        icon = "media"
        group = MEDIA
        label = "Embed"
        description = "A video or recording kept elsewhere."
        preview_value = {"media": None, "title": "Panel discussion", "transcript": None}


class DownloadBlock(blocks.StructBlock):
    """A file to download."""

    document = DocumentChooserBlock()
    title = blocks.CharBlock(
        required=False, max_length=255, help_text="Leave empty to use the file's own title."
    )

    class Meta:
        icon = "download"
        group = MEDIA
        label = "Download"
        description = "A file, such as the PDF version."
        preview_value = {"document": None, "title": "Full report (PDF)"}
