from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from pages.blocks.body import BodyBlock
from pages.models.base import NewsroomPage


class ProfileIndexPage(NewsroomPage):
    """A collection of profiles, with a word on why they were written."""

    introduction = RichTextField(blank=True, features=["bold", "italic", "link"])
    body = StreamField(BodyBlock(required=False), blank=True)

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
    subpage_types = ["pages.ProfilePage"]
    page_description = "A collection of profiles."

    class Meta:
        verbose_name = "profile collection"


class ProfilePage(NewsroomPage):
    """One person's story, with the post held at the time of writing."""

    person = models.ForeignKey(
        "pages.Person",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="profile_pages",
    )
    post = models.CharField(max_length=255, blank=True, help_text="At the time of writing.")
    organisation = models.ForeignKey(
        "pages.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    place = models.CharField(max_length=255, blank=True, help_text="Where the person works.")
    country_of_origin = models.CharField(max_length=120, blank=True)
    portrait = models.ForeignKey(
        "pages.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    quotation = models.TextField(blank=True, help_text="In the person's own words.")
    body = StreamField(BodyBlock(), verbose_name="story")

    api_fields = [
        "person",
        "post",
        "organisation",
        "place",
        "country_of_origin",
        "portrait",
        "quotation",
        "body",
        *NewsroomPage.api_fields,
    ]
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("post"),
        index.SearchField("place"),
        index.SearchField("country_of_origin"),
        index.SearchField("quotation"),
        index.SearchField("body"),
    ]
    content_panels = [
        *NewsroomPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("person"),
                FieldRowPanel([FieldPanel("post"), FieldPanel("organisation")]),
                FieldRowPanel([FieldPanel("place"), FieldPanel("country_of_origin")]),
                FieldPanel("portrait"),
            ],
            heading="Person",
        ),
        FieldPanel("quotation"),
        FieldPanel("body"),
        *NewsroomPage.reading_on_panels,
        *NewsroomPage.publication_panels,
    ]

    parent_page_types = ["pages.ProfileIndexPage"]
    subpage_types: list[str] = []
    page_description = "One person's story."

    class Meta:
        verbose_name = "profile"
