from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from pages.blocks.body import BodyBlock
from pages.models.base import NewsroomPage


class SectionPage(NewsroomPage):
    """A listing with an introduction. It lists what lies in it and what names it besides."""

    introduction = RichTextField(blank=True, features=["bold", "italic", "link"])
    body = StreamField(
        BodyBlock(required=False), blank=True, help_text="Shown around the listing; often empty."
    )

    api_fields = ["introduction", "body", *NewsroomPage.api_fields]
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    content_panels = [
        *NewsroomPage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("body"),
        *NewsroomPage.reading_on_panels,
        *NewsroomPage.publication_panels,
    ]

    parent_page_types = ["pages.HomePage", "pages.SectionPage"]
    page_description = "Lists releases, fact sheets and other pages."

    class Meta:
        verbose_name = "section"
