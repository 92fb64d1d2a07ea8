"""Review links, who came by them, and what was answered."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page, TaskState

# For how long somebody who came may go on without it being another visit.
VISIT = timedelta(hours=12)


class ReviewLink(models.Model):
    """Leave for one person to read drafts until it ends. Of its token only a hash is kept."""

    # Who may read a page is no use of it.
    wagtail_reference_index_ignore = True

    class Shows(models.TextChoices):
        LATEST = "latest", "Always the latest draft"
        REVISION = "revision", "The draft as it is now"

    class Purpose(models.TextChoices):
        REVIEW = "review", "Review"
        EMBARGO = "embargo", "Reading under embargo"

    class Ended(models.TextChoices):
        REVOKED = "revoked", "Revoked"
        PUBLISHED = "published", "Published"
        GUESSED = "guessed", "Too many wrong passcodes"
        WORKFLOW = "workflow", "The review is over"
        EMBARGO = "embargo", "The embargo is over"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    token_hash = models.CharField(max_length=64, unique=True, help_text="SHA-256, in hexadecimal.")
    purpose = models.CharField(max_length=8, choices=Purpose.choices, default=Purpose.REVIEW)
    recipient = models.CharField(max_length=255)
    email = models.EmailField("e-mail", blank=True)
    shows = models.CharField(max_length=8, choices=Shows.choices, default=Shows.LATEST)
    comments_welcome = models.BooleanField(default=True)
    kept_when_published = models.BooleanField(default=False)
    passcode = models.CharField(max_length=255, blank=True, help_text="Hashed as passwords are.")
    wrong_passcodes = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    max_visits = models.PositiveIntegerField(null=True, blank=True)
    visit_count = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    renewed_at = models.DateTimeField(null=True, help_text="When it got the address it has now.")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=16, choices=Ended.choices, blank=True)
    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    task_state = models.ForeignKey(
        TaskState, null=True, on_delete=models.SET_NULL, related_name="review_links"
    )

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} by {self.recipient}"

    def why_closed(self) -> str:
        """Why it does not open any more, in a few words; empty while it does."""
        if self.ended_at:
            return str(self.get_ended_because_display())
        if self.expires_at <= timezone.now():
            return "Expired"
        if self.maker is None or not self.maker.is_active:
            return "Its maker has left"
        if not self.shown.all():
            return "Its pages were deleted"
        return ""

    def may_be_renewed(self) -> bool:
        """Whether another address would open it: also if whoever answered for the last one has left."""
        return not self.ended_at and self.expires_at > timezone.now() and bool(self.shown.all())

    def last_verdict(self, page_id: int) -> Verdict | None:
        """What was said of a page last, by the address that the link has now."""
        said = self.verdicts.filter(page_id=page_id)
        return (said.filter(at__gte=self.renewed_at) if self.renewed_at else said).first()

    def state(self) -> str:
        """For the admin."""
        if closed := self.why_closed():
            return closed
        return "Used up" if self.used_up() else "Open"

    def used_up(self) -> bool:
        """Whether nobody may begin another visit."""
        return self.max_visits is not None and self.visit_count >= self.max_visits


class ShownPage(models.Model):
    """A page that a link shows. `content` is that of the draft that was shared, or null for the latest."""

    wagtail_reference_index_ignore = True

    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="shown")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="shown_by")
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    order = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["link", "page"], name="shown_once")]

    def __str__(self) -> str:
        return f"{self.link}: {self.page_id}"


class Visit(models.Model):
    """Somebody who came by a link, for some hours. `seen` is what they saw last, for the marks."""

    wagtail_reference_index_ignore = True

    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="visits")
    ticket_hash = models.CharField(
        max_length=64,
        null=True,
        unique=True,
        help_text="SHA-256, in hexadecimal; null if it ended.",
    )
    begun_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    seen = models.JSONField(default=dict, help_text="By page: hashes of blocks and members.")
    name = models.CharField(max_length=255, blank=True, help_text="Who accepted the terms.")
    outlet = models.CharField(max_length=255, blank=True)
    terms = models.TextField(blank=True, help_text="As they were accepted.")
    accepted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.link}, {self.begun_at}"


class Remark(models.Model):
    """What a reviewer wrote of a block or of the whole page, as they wrote it.

    Editors see it as one of Wagtail's comments beside the block, which they answer and resolve there.
    """

    wagtail_reference_index_ignore = True

    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="remarks")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    block = models.CharField(max_length=64, blank=True, help_text="Its id; empty for the whole.")
    text = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)
    number = models.BigIntegerField(null=True, help_text="Of its comment or reply in Wagtail.")
    thread = models.ForeignKey(
        "self", null=True, on_delete=models.CASCADE, related_name="replies", help_text="If a reply."
    )
    # Without names on their side: Wagtail saves all that a comment has a name for.
    comment = models.OneToOneField(Comment, null=True, on_delete=models.SET_NULL, related_name="+")
    reply = models.OneToOneField(
        CommentReply, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text


class Verdict(models.Model):
    """What a reviewer says of a page as it was at a moment. The last one counts."""

    wagtail_reference_index_ignore = True

    class Says(models.TextChoices):
        APPROVED = "approved", "Approves"
        CHANGES = "changes_requested", "Asks for changes"

    link = models.ForeignKey(ReviewLink, on_delete=models.CASCADE, related_name="verdicts")
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    says = models.CharField(max_length=20, choices=Says.choices)
    text = models.TextField(blank=True)
    version = models.CharField(max_length=64, help_text="Of the draft that it is about.")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link}: {self.says}"
