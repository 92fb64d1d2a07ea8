from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from pages.blocks.body import BodyBlock
from pages.blocks.notices import CallToActionBlock
from pages.blocks.text import QuoteBlock
from pages.models.base import NewsroomPage


class HomePage(NewsroomPage):
    """The front of a site: what it stands for, in a headline, voices and things to do."""

    headline = models.CharField(max_length=255, blank=True)
    introduction = RichTextField(blank=True, features=["bold", "italic", "link"])
    quotations = StreamField(
        [("quote", QuoteBlock())], blank=True, help_text="Shown in turn on the front."
    )
    calls_to_action = StreamField([("call_to_action", CallToActionBlock())], blank=True)
    body = StreamField(BodyBlock(required=False), blank=True)

    api_fields = [
        "headline",
        "introduction",
        "quotations",
        "calls_to_action",
        "body",
        *NewsroomPage.api_fields,
    ]
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("headline"),
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]
    content_panels = [
        *NewsroomPage.content_panels,
        MultiFieldPanel([FieldPanel("headline"), FieldPanel("introduction")], heading="Welcome"),
        FieldPanel("quotations"),
        FieldPanel("calls_to_action"),
        FieldPanel("body"),
        *NewsroomPage.reading_on_panels,
        *NewsroomPage.publication_panels,
    ]

    parent_page_types = ["wagtailcore.Page"]
    page_description = "The front of a site."

    class Meta:
        verbose_name = "home page"
