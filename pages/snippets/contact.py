from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from pages.snippets.base import NewsroomSnippet


class PressContact(NewsroomSnippet):
    """Whom journalists call or write to."""

    name = models.CharField(max_length=255)
    role = models.CharField(max_length=255, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    note = models.CharField(
        max_length=255, blank=True, help_text="Such as “available for interviews”."
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("role"),
        FieldPanel("phone"),
        FieldPanel("email"),
        FieldPanel("note"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.role})" if self.role else self.name
