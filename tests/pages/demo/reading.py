"""Going through everything that the demo holds."""

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail_footnotes.models import Footnote

from pages.models import Boilerplate, NewsroomPage, NewsroomSettings


def all_pages() -> list[NewsroomPage]:
    return list(Page.objects.filter(depth__gt=1).specific())


def streams():
    """Every StreamField of every page and of the settings: its block and its value."""
    for owner in [*all_pages(), NewsroomSettings.objects.get()]:
        for field in owner._meta.get_fields():
            if isinstance(field, StreamField):
                yield field.stream_block, getattr(owner, field.name)


def walk(block, value):
    """The block with its value, and all blocks inside it with theirs."""
    yield block, value
    match block:
        case blocks.StreamBlock():
            inner = [(child.block, child.value) for child in value]
        case blocks.ListBlock():
            inner = [(block.child_block, child) for child in value]
        case ImageBlock():
            inner = []
        case blocks.StructBlock():
            inner = [(child, value[name]) for name, child in block.child_blocks.items()]
        case TypedTableBlock():
            inner = [(cell.block, cell.value) for row in value.rows for cell in row]
        case _:
            inner = []
    for child, content in inner:
        yield from walk(child, content)


def everything_of(kind):
    """The values of every block of that class, wherever it stands."""
    return [
        (block, value)
        for stream_block, stream in streams()
        for block, value in walk(stream_block, stream)
        if isinstance(block, kind)
    ]


def rich_texts():
    """Every rich text, with the features that its editor has."""
    for block, value in everything_of(blocks.RichTextBlock):
        yield value.source, block.features
    for owner in [*all_pages(), *Footnote.objects.all(), *Boilerplate.objects.all()]:
        for field in owner._meta.get_fields():
            if isinstance(field, RichTextField):
                yield getattr(owner, field.name), field.features
