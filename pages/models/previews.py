"""The drafts that editors look at, and the tokens that open them."""

from __future__ import annotations

import hashlib
import json
import re
import secrets
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.core.signing import b64_encode
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.debug import sensitive_variables

if TYPE_CHECKING:
    from pages.models.base import NewsroomPage

PREFIX = "dlp_"
# A name of 128 bits, the seal that says it is one of ours, and the proof that it is its row's.
TOKEN = re.compile(r"dlp_([\w-]{22})\.([\w-]{43})\.([\w-]{43})", re.ASCII)


class PreviewEnded(Exception):
    """There was a preview with this token once."""


class DraftPreviews(models.Manager["DraftPreview"]):
    """Keeps drafts for the people who write them, one each."""

    def keep(
        self, page: NewsroomPage, user_id: int, session_key: str, *, is_edited: bool = True
    ) -> DraftPreview:
        """The draft as it is now, in the row of this page, user and session, for `PREVIEW_MAX_AGE`.

        What is only looked at (an older revision) has a row of its own: a form that is open beside
        it does not show it. A row that has ended stays so, and another takes its place.
        """
        content = page.to_json()
        now = timezone.now()
        is_new = page.pk is None
        row: dict[str, Any] = {
            "user_id": user_id,
            "session_key": session_key,
            "page_id": page.pk,
            "parent_id": page.get_parent().pk if is_new else None,
            "content_type": page.content_type,
            "version": "" if is_edited else hashlib.sha256(content.encode()).hexdigest(),
        }
        self.filter(**row, expires_at__lt=now).delete()
        said = {"content_json": content, "expires_at": now + _life()}
        return self.update_or_create(**row, defaults=said)[0]

    @sensitive_variables()
    def opened_by(self, token: str) -> DraftPreview:
        """The preview with this token. Raises DoesNotExist if there never was one, PreviewEnded if
        there was: its time is over, whoever made it has signed out, or its page was deleted.
        """
        match = TOKEN.fullmatch(token)
        if match is None or not constant_time_compare(match[2], _seal(match[1])):
            raise self.model.DoesNotExist
        preview = self.select_related("user").filter(name=match[1]).first()
        if preview is None:
            raise PreviewEnded
        if not constant_time_compare(token, preview.token):
            raise self.model.DoesNotExist
        if not preview.is_open():
            raise PreviewEnded
        return preview

    def renew(self, user_id: int, page_id: int) -> None:
        """Gives a user's open previews of a page their whole life again, once half of it is over."""
        now = timezone.now()
        half_over = self.filter(expires_at__range=(now, now + _life() / 2))
        half_over.filter(user_id=user_id, page_id=page_id).update(expires_at=now + _life())

    def end(self, session_key: str) -> None:
        """Drops all that a session has opened."""
        self.filter(session_key=session_key).delete()

    def drop_ended(self) -> None:
        """Drops those whose time is over."""
        self.filter(expires_at__lt=timezone.now()).delete()


def new_name() -> str:
    """128 random bits, as 22 characters."""
    return secrets.token_urlsafe(16)


class DraftPreview(models.Model):
    """A draft that a user looks at in a browser session: the page's, or a new one's below `parent`.

    The token is made of what stands here with a key that does not: whoever reads the database can
    make none.
    """

    name = models.CharField(max_length=22, unique=True, default=new_name)
    nonce = models.CharField(max_length=22, default=new_name)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    session_key = models.CharField(max_length=40, db_index=True)
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+"
    )
    parent = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+"
    )
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.CASCADE, related_name="+"
    )
    # Empty for what is being edited, else a digest of what is looked at.
    version = models.CharField(max_length=64, blank=True)
    content_json = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    objects = DraftPreviews()

    # That a draft is looked at is no use of its page.
    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "session_key", "page", "content_type", "version"],
                condition=models.Q(page__isnull=False),
                name="one_preview_a_page",
            ),
            models.UniqueConstraint(
                fields=["user", "session_key", "parent", "content_type", "version"],
                condition=models.Q(page__isnull=True),
                name="one_preview_a_new_page",
            ),
            models.CheckConstraint(
                condition=models.Q(page__isnull=True) ^ models.Q(parent__isnull=True),
                name="preview_of_one_page",
            ),
        ]

    def __str__(self) -> str:
        return f"Preview of {self.page or f'a new page below {self.parent}'}"

    @property
    def token(self) -> str:
        """What opens it: `dlp_`, then 110 characters. The same as long as the row is there."""
        bound_to = [
            *(self.name, self.nonce, self.version, self.user_id, self.session_key),
            *(self.page_id, self.parent_id, self.content_type_id),
        ]
        proof = _mac("proof", json.dumps(bound_to))
        return f"{PREFIX}{self.name}.{_seal(self.name)}.{proof}"

    def is_open(self) -> bool:
        """Whether its time is not over, and its user still there and signed in where it was made."""
        return (
            self.expires_at >= timezone.now()
            and self.user.is_active
            and _is_signed_in(self.user, self.session_key)
        )

    def as_page(self) -> NewsroomPage:
        """The draft, where the page is in the tree now, under the slug that the draft has.

        Raises PreviewEnded for a page that has just been deleted.
        """
        model: Any = self.content_type.model_class()
        if self.page_id is None:
            new: NewsroomPage = model.from_json(self.content_json)
            new.pk = None
            return new
        page: NewsroomPage | None = model.objects.filter(pk=self.page_id).first()
        if page is None:
            raise PreviewEnded
        return page.with_content_json(json.loads(self.content_json))


def _life() -> timedelta:
    return timedelta(seconds=settings.PREVIEW_MAX_AGE)


@sensitive_variables()
def _mac(what_for: str, text: str) -> str:
    """256 bits that only who knows SECRET_KEY can tell, as 43 characters."""
    key_salt = f"pages.previews.{what_for}"
    return b64_encode(salted_hmac(key_salt, text, algorithm="sha256").digest()).decode()


def _seal(name: str) -> str:
    return _mac("seal", name)


@sensitive_variables()
def _is_signed_in(user: Any, session_key: str) -> bool:
    """Whether the session is there, and the user's, with the password that they have now.

    `django.contrib.auth.get_user` would say so too, and change the session.
    """
    session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    if session.get(SESSION_KEY) != user._meta.pk.value_to_string(user):
        return False
    kept = session.get(HASH_SESSION_KEY, "")
    good = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(kept, one) for one in good)
