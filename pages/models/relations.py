"""What hangs on a page in order: bylines, related pages, downloads.

A row with a single entry in `api_fields` is answered as that value, without a wrapping object.
"""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from pages.blocks.notices import READABLE_PAGE_TYPES


class Byline(Orderable):
    """A person or an organisation that a page is by."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="bylines")
    person = models.ForeignKey(
        "pages.Person", null=True, blank=True, on_delete=models.CASCADE, related_name="bylines"
    )
    organisation = models.ForeignKey(
        "pages.Organisation",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="bylines",
    )

    panels = [FieldPanel("person"), FieldPanel("organisation")]
    # A byline is answered as whichever of the two is set.
    api_alternatives = ["person", "organisation"]

    def clean(self) -> None:
        super().clean()
        if bool(self.person_id) == bool(self.organisation_id):
            raise ValidationError({"person": "Choose either a person or an organisation."})


class RelatedPage(Orderable):
    """A page to read next."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="related_pages")
    related_page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")

    panels = [PageChooserPanel("related_page", READABLE_PAGE_TYPES)]
    api_fields = ["related_page"]


class Download(Orderable):
    """A file that belongs to a page."""

    page = ParentalKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="downloads")
    document = models.ForeignKey("pages.NewsDocument", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(
        max_length=255, blank=True, help_text="Leave empty to use the file's own title."
    )

    panels = [FieldPanel("document"), FieldPanel("title")]
    api_fields = ["document", "title"]
