from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from pages.blocks.body import BodyBlock
from pages.models.base import NewsroomPage


class StandardPage(NewsroomPage):
    """A page of its own, such as About or Contact."""

    body = StreamField(BodyBlock(required=False), blank=True)

    api_fields = ["body", *NewsroomPage.api_fields]
    search_fields = [*NewsroomPage.search_fields, index.SearchField("body")]
    content_panels = [
        *NewsroomPage.content_panels,
        FieldPanel("body"),
        *NewsroomPage.reading_on_panels,
        *NewsroomPage.publication_panels,
    ]

    parent_page_types = ["pages.HomePage", "pages.SectionPage", "pages.StandardPage"]
    page_description = "About, Contact and the like."

    class Meta:
        verbose_name = "standard page"
