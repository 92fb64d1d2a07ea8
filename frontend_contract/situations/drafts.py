"""Drafts as an editor of the newsroom looks at them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import (
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    SESSION_KEY,
    get_user_model,
)

from pages.models import DraftPreview, NewsroomPage


def preview_of(page: NewsroomPage) -> DraftPreview:
    """The preview of a draft, by somebody who has just signed in to look at it."""
    editor, _ = get_user_model().objects.get_or_create(username="editor-of-examples")
    return DraftPreview.objects.keep(page, editor.pk, signed_in(editor))


def signed_in(user: Any) -> str:
    """The key of a new session of this user's."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)
