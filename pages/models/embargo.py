"""Embargoes: releases that named people may read before a moment, and nobody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from wagtail.models import Page

# Lifting takes a second; what still holds so long after its moment is overdue.
GRACE = timedelta(minutes=1)


class EmbargoQuerySet(models.QuerySet["Embargo"]):
    """What is asked for of embargoes."""

    def in_force(self) -> EmbargoQuerySet:
        """Those that nobody has lifted."""
        return self.filter(lifted_at=None)


class Embargo(models.Model):
    """Keeps a page from the public until it is lifted, whatever becomes of the page meanwhile.

    It belongs to the page and not to one of its drafts. That its moment passes opens nothing: what
    opens is `lifted_at`.
    """

    class Alarm(models.TextChoices):
        """The alarms of one that nobody has approved, in their order, and of one that stays shut."""

        DAY = "day", "A day before"
        HOUR = "hour", "An hour before"
        MOMENT = "moment", "At the moment"
        SHUT = "shut", "After it"

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="embargo")
    until = models.DateTimeField()
    time_zone = models.CharField(
        max_length=64, help_text="The IANA name of the zone in which the moment was meant."
    )
    terms = models.TextField(help_text="What those agree to who may read it before.")
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    set_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Null for one that a worker lifted at its moment.",
    )
    alarmed = models.CharField(
        max_length=8, blank=True, choices=Alarm.choices, help_text="Which alarm was sent last."
    )

    objects = EmbargoQuerySet.as_manager()

    # It is no use of the page: what is under embargo may be deleted like any other.
    wagtail_reference_index_ignore = True

    class Meta:
        default_permissions = ()
        permissions = [("lift_embargo", "Can shorten an embargo or lift it early")]
        indexes = [
            models.Index(
                fields=["until"], condition=models.Q(lifted_at=None), name="embargo_in_force"
            )
        ]
        verbose_name_plural = "embargoes"

    def __str__(self) -> str:
        return f"page {self.page_id} until {self.moment()}"

    @property
    def is_overdue(self) -> bool:
        """Whether it holds though a worker would have lifted it by now."""
        return self.lifted_at is None and self.until + GRACE <= timezone.now()

    def moment(self) -> str:
        """The moment as it was meant, in words."""
        return in_words(self.until, self.time_zone)


class EmbargoedFile(models.Model):
    """A picture or file that a page under embargo uses, in what is live of it or in a draft.

    Itself, or through a person or another snippet. Rows are only added while the embargo holds, and are gone when it is lifted.
    """

    embargo = models.ForeignKey(Embargo, on_delete=models.CASCADE, related_name="files")
    image = models.ForeignKey(
        "pages.NewsImage", null=True, on_delete=models.CASCADE, related_name="+"
    )
    document = models.ForeignKey(
        "pages.NewsDocument", null=True, on_delete=models.CASCADE, related_name="+"
    )

    # Else every such file would seem to be used by something that is no page, and be public.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(image=None) ^ models.Q(document=None),
                name="embargoed_file_is_one_of_both",
            ),
            models.UniqueConstraint(fields=["embargo", "image"], name="embargoed_image_once"),
            models.UniqueConstraint(fields=["embargo", "document"], name="embargoed_document_once"),
        ]

    def __str__(self) -> str:
        return f"{self.embargo}: {self.image or self.document}"


def in_words(moment: datetime, zone: str) -> str:
    """A moment in a time zone: `2026-11-01 09:00 America/New York (UTC-05:00)`."""
    local = moment.astimezone(ZoneInfo(zone))
    name = zone.replace("_", " ")
    return f"{local:%Y-%m-%d %H:%M} {name} (UTC{local.isoformat()[-6:]})"


def embargo_on(page_id: int | None) -> Embargo | None:
    """The embargo that keeps a page back: its own, or that of the page that it is an alias of."""
    seen: set[int] = set()
    while page_id and page_id not in seen:
        if embargo := Embargo.objects.in_force().filter(page_id=page_id).first():
            return embargo
        seen.add(page_id)
        page_id = Page.objects.filter(pk=page_id).values_list("alias_of_id", flat=True).first()
    return None


def take_turn(page_id: int) -> None:
    """Takes a page's row until the transaction ends: whoever sets an embargo or lifts it is awaited.

    Else what is saved or published meanwhile would know of no embargo, nor the embargo of that.
    """
    rows = Page.objects.select_for_update(no_key=True).filter(pk=page_id)
    rows.values_list("pk", flat=True).first()


def await_embargoes() -> None:
    """For who saves what pages take their files from: awaits all who look through those pages.

    Those who set embargoes, and who save drafts under one. Others are kept from it until the
    transaction ends: in one that saves pages too, save those first.
    """
    _lock("SHARE")


def await_snippets() -> None:
    """For who looks through a page's files: awaits all who save what it takes them from."""
    _lock("ROW EXCLUSIVE")


def _lock(mode: str) -> None:
    """Locks the table of embargoes. SQLite has one writer anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {Embargo._meta.db_table} IN {mode} MODE")
