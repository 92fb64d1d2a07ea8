from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from pages.snippets.base import NewsroomSnippet


class Person(NewsroomSnippet):
    """Somebody who writes, signs, is quoted or is portrayed, with the post held today."""

    name = models.CharField(max_length=255)
    post = models.CharField(
        max_length=255, blank=True, help_text="The post held today, such as “Chief of Police”."
    )
    organisation = models.ForeignKey(
        "pages.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="people",
    )
    portrait = models.ForeignKey(
        "pages.NewsImage", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("post"),
        FieldPanel("organisation"),
        FieldPanel("portrait"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("post"),
        index.AutocompleteField("name"),
        index.AutocompleteField("post"),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return f"{self.name}, {self.post}" if self.post else self.name
