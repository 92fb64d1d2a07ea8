from django.db import models
from wagtail.admin.panels import FieldPanel, TitleFieldPanel
from wagtail.search import index

from pages.snippets.base import NewsroomSnippet


class Topic(NewsroomSnippet):
    """A subject that pages are filed under, across sections."""

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(
        max_length=120, unique=True, help_text="Names the topic in addresses and filters."
    )

    panels = [TitleFieldPanel("name", placeholder=False), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
