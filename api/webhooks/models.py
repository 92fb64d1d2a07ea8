"""Who is told, with which secrets, of what, and what came of it."""

from __future__ import annotations

from base64 import b64encode
from datetime import timedelta
from secrets import token_bytes
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from wagtail.models import Site

from api.purge.caches import cache_names
from api.webhooks.addresses import check_url

# Before each further try, as Standard Webhooks has them.
DELAYS = [
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
]
# After a new secret was made, for which the old one signs as well.
ROTATION = timedelta(hours=24)
# From which on an endpoint that fails is its owner's concern.
FAILING = timedelta(days=1)


def new_secret() -> str:
    """192 random bits, as Standard Webhooks writes them."""
    return f"whsec_{b64encode(token_bytes(24)).decode()}"


def new_message_id() -> str:
    return f"msg_{uuid4().hex}"


class Endpoint(models.Model):
    """An address to which changes are told, or a cache in front that is told what to drop."""

    # No page is used by it.
    wagtail_reference_index_ignore = True

    class About(models.TextChoices):
        CHANGES = "changes", "each change of a page, in a message of its own"
        TAGS = "tags", "the cache tags to drop, of whatever was changed"
        PURGES = "purges", "what to drop, as a cache in front understands it"

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    name = models.CharField(max_length=100)
    cache = models.CharField(
        max_length=100,
        null=True,
        unique=True,
        editable=False,
        help_text="Its name in `WAGTAILFRONTENDCACHE`. Null for an address, which a cache has not.",
    )
    url = models.URLField("address", max_length=500, validators=[check_url])
    about = models.CharField("tells", max_length=10, choices=About, default=About.CHANGES)
    events = models.JSONField(default=list, blank=True, help_text="All, if none is chosen.")
    types = models.JSONField(
        "page types", default=list, blank=True, help_text="All, if none is chosen."
    )
    site = models.ForeignKey(
        Site, null=True, blank=True, on_delete=models.CASCADE, help_text="All, if none is chosen."
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="Is written to when it has failed for a day, or was switched off.",
    )
    paused = models.BooleanField(default=False, help_text="What is to be told waits until then.")
    disabled_at = models.DateTimeField(null=True, editable=False)
    position = models.BigIntegerField(
        default=0, editable=False, help_text="The last row of the log that was made a delivery."
    )
    failures = models.IntegerField(default=0, editable=False, help_text="One after another.")
    failing_since = models.DateTimeField(null=True, editable=False)
    rests_until = models.DateTimeField(null=True, editable=False)
    owner_told_at = models.DateTimeField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]
        verbose_name = "webhook"

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> str:
        """Where it is, for the admin."""
        return self.url or "WAGTAILFRONTENDCACHE"

    @property
    def does(self) -> str:
        """What it is there for, in a few words behind its name."""
        if self.cache:
            return f"has the cache {self.cache} drop what was changed"
        return f"tells {self.url} of changes"

    @property
    def state(self) -> str:
        """How it is with it, in a word or two for the admin."""
        if self.cache and self.cache not in cache_names():
            return "not in the settings any more"
        if self.disabled_at:
            return "switched off: it answered 410 Gone"
        if self.paused:
            return "paused"
        if self.failing_since is None:
            return "working"
        long = timezone.now() - self.failing_since > FAILING
        return f"failing{' for more than a day' if long else ''}"

    def signing_secrets(self) -> list[str]:
        """Those that are good now, the newest first."""
        good = self.secrets.filter(
            models.Q(ends_at=None) | models.Q(ends_at__gt=timezone.now())
        ).order_by("-id")
        return list(good.values_list("value", flat=True))

    def rotate(self) -> Secret:
        """A new secret. Those before sign for a day more."""
        ends_at = timezone.now() + ROTATION
        with transaction.atomic():
            self.secrets.filter(ends_at=None).update(ends_at=ends_at)
            return Secret.objects.create(endpoint=self, value=new_secret())


class Secret(models.Model):
    """What signs messages to an endpoint. It is shown once, to whoever made it."""

    wagtail_reference_index_ignore = True

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="secrets")
    value = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    shown_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"of {self.endpoint_id}, {self.created_at:%Y-%m-%d}"


class Delivery(models.Model):
    """A message to an endpoint, until it has arrived or nobody tries any more."""

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        PENDING = "pending", "waiting"
        DELIVERED = "delivered", "delivered"
        FAILED = "failed", "failed"

    endpoint = models.ForeignKey(Endpoint, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=100, unique=True, help_text="The `webhook-id`.")
    sequence = models.BigIntegerField(null=True, help_text="Of the change that it tells.")
    page_id = models.BigIntegerField(null=True, help_text="Messages about a page keep their order.")
    event = models.CharField(max_length=50)
    payload = models.TextField(help_text="JSON, as it is sent and signed.")
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    tries = models.IntegerField(default=0, help_text="Since it was last begun.")
    due_at = models.DateTimeField(default=timezone.now)
    held_until = models.DateTimeField(null=True, help_text="While somebody sends it.")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(fields=["endpoint", "state", "due_at"], name="delivery_due"),
            models.Index(fields=["endpoint", "page_id", "state", "sequence"], name="delivery_page"),
            models.Index(fields=["ended_at"], name="delivery_end"),
        ]

    def __str__(self) -> str:
        return self.message_id


class Attempt(models.Model):
    """A request that was made, and what came of it."""

    wagtail_reference_index_ignore = True

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    milliseconds = models.IntegerField()
    request_headers: Any = models.JSONField()
    status = models.IntegerField(null=True)
    response_headers: Any = models.JSONField(default=dict)
    response = models.TextField(help_text="Its beginning.")
    error = models.TextField(help_text="Why there was no answer.")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}: {self.status or self.error}"
