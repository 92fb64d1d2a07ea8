"""What lengthens and what ends the previews of editors, besides their looking at them."""

from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db.models.signals import post_save
from django.http import HttpRequest
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from pages.models import DraftPreview


def connect() -> None:
    """Listens to the editor's pings, and to who signs out."""
    post_save.connect(_renew, sender=EditingSession, dispatch_uid="previews.renew")
    user_logged_out.connect(_end, dispatch_uid="previews.end")


def _renew(instance: EditingSession, created: bool, **_: Any) -> None:
    """An open editor says every ten seconds that it is there."""
    model = instance.content_type.model_class()
    if not created and model is not None and issubclass(model, Page):
        DraftPreview.objects.renew(instance.user_id, int(instance.object_id))


def _end(request: HttpRequest, **_: Any) -> None:
    if key := request.session.session_key:
        DraftPreview.objects.end(key)
