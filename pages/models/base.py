"""What all page types share."""

import uuid
from datetime import date
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PublishingPanel,
)
from wagtail.coreutils import camelcase_to_underscore
from wagtail.models import Page, Site
from wagtail.search import index
from wagtail_headless_preview.models import HeadlessMixin

from pages.comments import NamedCommentPanel
from pages.models.dangling import without_dangling
from pages.models.previews import DraftPreview
from pages.models.under_embargo import UnderEmbargo


def today() -> date:
    """The date in the newsroom's time zone."""
    return timezone.localdate()


class NewsroomPage(UnderEmbargo, HeadlessMixin, Page):
    """A page of the newsroom: what listings, search engines and social media show of it.

    `api_fields` names what frontends get, in order; a name is a model field, a relation or a
    property with a return annotation. Everything else follows from it: the answer, its type
    and its documentation.
    """

    class DatePrecision(models.TextChoices):
        DAY = "day", "Day"
        MONTH = "month", "Month"
        YEAR = "year", "Year"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    summary = models.TextField(
        blank=True,
        max_length=500,
        help_text="One or two sentences, written by hand: listings and link previews show them.",
    )
    publication_date = models.DateField(
        default=today,
        help_text="The date readers see. It may lie before the page was made in this system.",
    )
    date_precision = models.CharField(
        max_length=8,
        choices=DatePrecision.choices,
        default=DatePrecision.DAY,
        help_text="How much of the date is known and shown.",
    )
    share_image = models.ForeignKey(
        "pages.NewsImage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For listings and social media.",
    )
    canonical_url = models.URLField(
        "canonical URL",
        blank=True,
        help_text="If this page appeared elsewhere first, its address there.",
    )
    topics = ParentalManyToManyField("pages.Topic", blank=True, related_name="+")
    further_sections = ParentalManyToManyField(
        "pages.SectionPage",
        blank=True,
        related_name="+",
        help_text="Sections that list this page too, besides the one it is in.",
    )

    api_fields = [
        "summary",
        "publication_date",
        "date_precision",
        "share_image",
        "canonical_url",
        "topics",
        "bylines",
        "further_sections",
        "related_pages",
        "downloads",
        "footnotes",
    ]
    search_fields = [
        *Page.search_fields,
        index.SearchField("summary", boost=1.5),
        index.FilterField("publication_date"),
        index.FilterField("uuid"),
    ]

    bylines_panel = InlinePanel("bylines", heading="Bylines", label="Byline")
    publication_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("publication_date"), FieldPanel("date_precision")])],
            heading="Publication date",
        ),
        bylines_panel,
    ]
    listing_panels = [
        MultiFieldPanel(
            [FieldPanel("summary"), FieldPanel("share_image")], heading="Summary and share image"
        ),
        MultiFieldPanel(
            [
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("further_sections", widget=CheckboxSelectMultiple),
            ],
            heading="Where it is filed",
        ),
    ]
    reading_on_panels = [
        InlinePanel("footnotes", heading="Footnotes", label="Footnote"),
        InlinePanel("related_pages", heading="Related pages", label="Related page"),
        InlinePanel("downloads", heading="Downloads", label="Download"),
    ]
    promote_panels = [
        *listing_panels,
        MultiFieldPanel(
            [
                FieldPanel("slug"),
                FieldPanel("seo_title"),
                FieldPanel("search_description"),
                FieldPanel("canonical_url"),
            ],
            heading="For search engines",
        ),
        MultiFieldPanel([FieldPanel("show_in_menus")], heading="For site menus"),
    ]
    settings_panels = [PublishingPanel(), NamedCommentPanel()]

    # The request for a preview, which the package does not hand on.
    looked_at_by: HttpRequest | None = None

    # A copy is another page: it gets a UUID of its own.
    exclude_fields_in_copy = ["uuid"]

    class Meta:
        abstract = True

    @classmethod
    def short_type(cls) -> str:
        """The type's word in filters, links and the contract: `PressReleasePage` → `press_release`."""
        return camelcase_to_underscore(cls.__name__.removesuffix("Page"))

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.alias_of_id:
            # Wagtail makes an alias with all that its original has.
            self.uuid = uuid.uuid4()
        super().save(*args, **kwargs)

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> "NewsroomPage | None":
        """A page of what a revision holds, whose references are looked up all at once."""
        checked = without_dangling(cls, data, strict=strict_fks) if check_fks else data
        if checked is None:
            return None
        page: NewsroomPage | None = super().from_serializable_data(checked, False, strict_fks)
        return page

    def with_content_json(self, content: dict[str, Any]) -> "NewsroomPage":
        """This page with the content of a revision, its own or that of what it is a copy of."""
        page: NewsroomPage = super().with_content_json(content)
        page.uuid = self.uuid
        return page

    def serve(self, request: HttpRequest) -> HttpResponse:
        """Sends whoever comes to the CMS for this page on to the frontend.

        Raises Http404 where that would lead back here, for a site without a frontend of its own, and
        for a page under embargo.
        """
        address = None if self.embargoed_until else self.get_full_url()
        if address is None or address == request.build_absolute_uri(request.path):
            raise Http404("No frontend shows this page.")
        return redirect(address)

    def get_client_root_url(self, request: HttpRequest) -> str:
        """Where the frontend shows drafts of this page: `preview/` on the page's own site.

        A page outside every site is shown by the default one; where there is none, by the
        frontend that the settings name.
        """
        site = self.get_site() or Site.find_for_request(request)
        return f"{site.root_url if site else settings.FRONTEND_URL}/preview/"

    def serve_preview(self, request: HttpRequest, preview_mode: str) -> HttpResponse:
        """Sends an editor to the frontend, with a token for the draft."""
        self.looked_at_by = request
        response: HttpResponse = super().serve_preview(request, preview_mode)
        return response

    def create_page_preview(self) -> DraftPreview:
        """The draft as it is now, kept for who looks at it.

        Raises PermissionDenied if that is nobody who has signed in.
        """
        request = self.looked_at_by
        if request is None or not (user_id := request.user.pk):
            raise PermissionDenied
        key = request.session.session_key or ""
        # Wagtail says so of the form's own preview.
        is_edited = getattr(request, "is_editing", False)
        return DraftPreview.objects.keep(self, user_id, key, is_edited=is_edited)
