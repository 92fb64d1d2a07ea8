"""The change log, and what was last told of every page."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Event(models.TextChoices):
    """What became of a page, as readers see it."""

    PUBLISHED = "published", "published"
    WENT_LIVE = "went_live", "went live as planned"
    UPDATED = "updated", "updated"
    MOVED = "moved", "moved"
    UNPUBLISHED = "unpublished", "unpublished"
    EXPIRED = "expired", "expired"
    RESTRICTED = "restricted", "restricted"
    DELETED = "deleted", "deleted"


class Told(models.Model):
    """What is told of a page: columns of the same name hold the same as the document's.

    If it is gone, the last three are empty.
    """

    page_id = models.BigIntegerField()
    uuid = models.CharField(max_length=36)
    type = models.CharField(max_length=100)
    locale = models.CharField(max_length=100)
    site_id = models.BigIntegerField(null=True, help_text="Null if there are several.")
    at = models.DateTimeField(help_text="When it was noticed: at once, while a worker runs.")
    path = models.TextField(help_text="On the frontend, unescaped.")
    url = models.TextField(help_text="Its address there.")
    etag = models.CharField(max_length=64, help_text="Of the document.")

    class Meta:
        abstract = True


class Change(Told):
    """A row of the log. Its id is its place; there may be gaps, and none is filled later."""

    event = models.CharField(max_length=16, choices=Event)
    previous_path = models.TextField(help_text="Before; empty if it was not there.")
    previous_url = models.TextField()
    keys = models.TextField(help_text="Those touched of which it follows, with commas between.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Who did it, if it was done to the page itself.",
    )

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(fields=["page_id", "id"], name="change_page"),
            models.Index(fields=["at"], name="change_time"),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.path or self.previous_path} {self.event}"


class Announced(Told):
    """A page that was told of and is not gone: as it was told."""

    page_id = models.BigIntegerField(primary_key=True)
    change_id = models.BigIntegerField(help_text="The last row of the log about it.")
    edition = models.CharField(max_length=32, help_text="Of the code that encoded it.")
    look_at = models.DateTimeField(null=True, help_text="When to look at it unasked.")

    class Meta:
        verbose_name_plural = "announced"
        indexes = [
            models.Index(fields=["change_id"], name="announced_change"),
            models.Index(fields=["look_at"], name="announced_look_at"),
            models.Index(fields=["edition"], name="announced_edition"),
        ]

    def __str__(self) -> str:
        return self.path
