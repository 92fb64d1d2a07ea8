from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from pages.snippets.base import NewsroomSnippet


class Organisation(NewsroomSnippet):
    """A body that issues releases, employs people or signs papers."""

    name = models.CharField(max_length=255)
    short_name = models.CharField(
        max_length=80, blank=True, help_text="Abbreviation or everyday name."
    )
    url = models.URLField("web address", blank=True)
    logo = models.ForeignKey(
        "pages.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("short_name"),
        FieldPanel("url"),
        FieldPanel("logo"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("short_name"),
        index.AutocompleteField("name"),
        index.AutocompleteField("short_name"),
    ]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
