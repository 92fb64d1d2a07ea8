from datetime import date, datetime, time
from typing import TypedDict
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    PageChooserPanel,
)
from wagtail.fields import StreamField
from wagtail.models import Orderable
from wagtail.search import index

from pages.blocks.body import BodyBlock
from pages.blocks.notices import UpdateNoticeBlock
from pages.models.base import NewsroomPage
from pages.time_zones import time_zones


def time_zone_choices() -> list[tuple[str, str]]:
    """Every time zone of the IANA database, by name."""
    return [(name, name.replace("_", " ")) for name in sorted(time_zones())]


class Event(TypedDict):
    """What a media advisory announces. Times carry the offset of the event's own time zone.

    The days are known before the hours: moments are null as long as hours are missing.
    """

    who: str
    what: str
    starts_on: date | None
    ends_on: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    time_zone: str
    venue: str
    address: str


class PressReleasePage(NewsroomPage):
    """What an organisation tells the press: releases, advisories, statements, open letters."""

    class Kind(models.TextChoices):
        PRESS_RELEASE = "press_release", "Press release"
        MEDIA_ADVISORY = "media_advisory", "Media advisory"
        STATEMENT = "statement", "Statement"
        SIGN_ON_LETTER = "sign_on_letter", "Sign-on letter"

    class EndMark(models.TextChoices):
        HASHES = "###", "# # #"
        THIRTY = "-30-", "-30-"
        ENDS = "ENDS", "Ends"
        NONE = "", "None"

    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.PRESS_RELEASE)
    deck = models.CharField(
        max_length=500, blank=True, help_text="The sub-headline, in a sentence or two."
    )
    dateline_place = models.CharField(
        max_length=120, blank=True, help_text="Where it is issued: “SAN DIEGO”."
    )
    issued_by = models.ForeignKey(
        "pages.Organisation",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    updates = StreamField(
        [("update", UpdateNoticeBlock())],
        blank=True,
        help_text="Updates and corrections after publication.",
    )
    body = StreamField(BodyBlock())
    boilerplate = models.ForeignKey(
        "pages.Boilerplate",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="The standing paragraph at the end.",
    )
    end_mark = models.CharField(
        max_length=8, blank=True, choices=EndMark.choices, default=EndMark.HASHES
    )

    event_who = models.TextField("who", blank=True)
    event_what = models.TextField("what", blank=True)
    event_date = models.DateField("date", null=True, blank=True)
    event_starts = models.TimeField("from", null=True, blank=True)
    event_ends = models.TimeField("until", null=True, blank=True)
    event_end_date = models.DateField(
        "last day", null=True, blank=True, help_text="If it ends on another day."
    )
    event_time_zone = models.CharField(
        "time zone",
        max_length=64,
        choices=time_zone_choices,
        default="America/New_York",
        help_text="Times above are local to this zone.",
    )
    event_venue = models.CharField("venue", max_length=255, blank=True)
    event_address = models.TextField("address", blank=True)
    event_contact = models.ForeignKey(
        "pages.PressContact",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="For questions about the event, if not the media contact.",
    )
    supersedes = models.ForeignKey(
        "pages.PressReleasePage",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="superseded_by",
        help_text="An earlier release or advisory that this one replaces.",
    )

    letter_date = models.DateField(
        null=True, blank=True, help_text="The date on the letter, if not the release date."
    )
    recipient = models.TextField(blank=True, help_text="Name and address, as on the letter.")
    salutation = models.CharField(max_length=255, blank=True, help_text="“Dear Secretary …:”")

    api_fields = [
        "kind",
        "deck",
        "dateline_place",
        "issued_by",
        "updates",
        "body",
        "media_contacts",
        "boilerplate",
        "end_mark",
        "event",
        "event_contact",
        "supersedes",
        "superseded_by",
        "letter_date",
        "recipient",
        "salutation",
        "signatories",
        *NewsroomPage.api_fields,
    ]
    search_fields = [
        *NewsroomPage.search_fields,
        index.SearchField("deck", boost=1.5),
        index.SearchField("dateline_place"),
        index.SearchField("body"),
        index.FilterField("kind"),
    ]

    content_panels = [
        *NewsroomPage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("kind"),
                FieldPanel("deck"),
                FieldRowPanel(
                    [
                        FieldPanel("dateline_place"),
                        FieldPanel("publication_date", heading="Release date"),
                        FieldPanel("date_precision"),
                    ]
                ),
                FieldPanel("issued_by"),
            ],
            heading="Release",
        ),
        FieldPanel("body"),
        FieldPanel("updates"),
        MultiFieldPanel(
            [
                FieldPanel("event_who"),
                FieldPanel("event_what"),
                FieldRowPanel(
                    [
                        FieldPanel("event_date"),
                        FieldPanel("event_starts"),
                        FieldPanel("event_ends"),
                        FieldPanel("event_end_date"),
                    ]
                ),
                FieldPanel("event_time_zone"),
                FieldPanel("event_venue"),
                FieldPanel("event_address"),
                FieldPanel("event_contact"),
                PageChooserPanel("supersedes"),
            ],
            heading="Media advisory: who, what, when, where",
            classname="collapsed",
        ),
        MultiFieldPanel(
            [
                FieldPanel("letter_date"),
                FieldPanel("recipient"),
                FieldPanel("salutation"),
                InlinePanel("signatories", heading="Signatories", label="Signatory"),
            ],
            heading="Sign-on letter: recipient and signatories",
            classname="collapsed",
        ),
        InlinePanel("media_contacts", heading="Media contacts", label="Media contact"),
        MultiFieldPanel([FieldPanel("boilerplate"), FieldPanel("end_mark")], heading="Closing"),
        *NewsroomPage.reading_on_panels,
        NewsroomPage.bylines_panel,
    ]

    parent_page_types = ["pages.SectionPage"]
    subpage_types: list[str] = []
    page_description = "A release, media advisory, statement or sign-on letter."

    class Meta:
        verbose_name = "press release"

    def clean(self) -> None:
        super().clean()
        event = self.event
        if event is None:
            return
        if event["starts_on"] and event["ends_on"] and event["ends_on"] < event["starts_on"]:
            raise ValidationError({"event_end_date": "The last day cannot lie before the first."})
        if event["starts_at"] and event["ends_at"] and event["ends_at"] <= event["starts_at"]:
            raise ValidationError({"event_ends": "The event cannot end before it begins."})

    def _event_time(self, day: date | None, hour: time | None) -> datetime | None:
        if day is None or hour is None:
            return None
        return datetime.combine(day, hour, ZoneInfo(self.event_time_zone or "UTC"))

    @property
    def event(self) -> Event | None:
        """What an advisory announces; nothing for the other kinds."""
        if self.kind != self.Kind.MEDIA_ADVISORY:
            return None
        return Event(
            who=self.event_who,
            what=self.event_what,
            starts_on=self.event_date,
            ends_on=self.event_end_date or self.event_date,
            starts_at=self._event_time(self.event_date, self.event_starts),
            ends_at=self._event_time(self.event_end_date or self.event_date, self.event_ends),
            time_zone=self.event_time_zone,
            venue=self.event_venue,
            address=self.event_address,
        )


class MediaContact(Orderable):
    """Whom journalists call about a release."""

    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="media_contacts")
    contact = models.ForeignKey("pages.PressContact", on_delete=models.CASCADE, related_name="+")

    panels = [FieldPanel("contact")]
    api_fields = ["contact"]


class Signatory(Orderable):
    """One who signed a letter, with post and agency on the day of signing."""

    page = ParentalKey(PressReleasePage, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(max_length=255)
    rank = models.CharField(max_length=255, blank=True)
    agency = models.CharField(max_length=255, blank=True)
    jurisdiction = models.CharField(max_length=255, blank=True)
    retired = models.BooleanField(default=False)

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("rank")]),
        FieldRowPanel([FieldPanel("agency"), FieldPanel("jurisdiction")]),
        FieldPanel("retired"),
    ]
    api_fields = ["name", "rank", "agency", "jurisdiction", "retired"]
