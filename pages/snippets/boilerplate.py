from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from pages.snippets.base import NewsroomSnippet


class Boilerplate(NewsroomSnippet):
    """A standing paragraph, such as “About the Task Force”, written once."""

    name = models.CharField(max_length=255, help_text="For editors; readers do not see it.")
    title = models.CharField(max_length=255, blank=True, help_text="Heading above the text.")
    text = RichTextField(features=["bold", "italic", "link", "document-link"])

    panels = [FieldPanel("name"), FieldPanel("title"), FieldPanel("text")]
    api_fields = ["title", "text"]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("text"),
        index.AutocompleteField("name"),
    ]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
