"""What a page is written in: all blocks, and sections one level deep."""

from wagtail import blocks

from pages.blocks.evidence import (
    KeyFactsBlock,
    NumberedClaimsBlock,
    StatisticsBlock,
    TableBlock,
    TimelineBlock,
)
from pages.blocks.media import DownloadBlock, EmbedBlock, FigureBlock, GalleryBlock
from pages.blocks.notices import (
    BoilerplateBlock,
    CalloutBlock,
    CallToActionBlock,
    ContactsBlock,
    RelatedPagesBlock,
    UpdateNoticeBlock,
)
from pages.blocks.text import (
    PROSE,
    HeadingBlock,
    ParagraphBlock,
    QuestionsBlock,
    QuoteBlock,
    TextQuotationBlock,
)


class ContentBlock(blocks.StreamBlock):
    """Everything but sections: the content of a section, and most of a page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    text_quotation = TextQuotationBlock()
    questions = QuestionsBlock()
    image = FigureBlock()
    gallery = GalleryBlock()
    embed = EmbedBlock()
    download = DownloadBlock()
    table = TableBlock()
    key_facts = KeyFactsBlock()
    statistics = StatisticsBlock()
    claims = NumberedClaimsBlock()
    timeline = TimelineBlock()
    callout = CalloutBlock()
    update = UpdateNoticeBlock()
    related_pages = RelatedPagesBlock()
    call_to_action = CallToActionBlock()
    boilerplate = BoilerplateBlock()
    contacts = ContactsBlock()


class SectionBlock(blocks.StructBlock):
    """A titled part of a page. Sections do not nest."""

    title = blocks.CharBlock(max_length=255)
    content = ContentBlock()

    class Meta:
        icon = "folder-open-inverse"
        group = PROSE
        label = "Section"
        description = "A titled part that keeps its blocks together."
        preview_value = {
            "title": "Background",
            "content": [{"type": "paragraph", "value": "<p>How it came about.</p>"}],
        }


class BodyBlock(ContentBlock):
    """The body of a page: content, in sections where wanted."""

    section = SectionBlock()
