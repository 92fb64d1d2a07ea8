"""Mail to reviewers, and to those who sent them links."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from wagtail.models import Page

from cms.review.embargoes import longest_on
from cms.review.links import note
from cms.review.models import ReviewLink

logger = logging.getLogger(__name__)


def is_set_up() -> bool:
    """Whether there is a mail server. Without one mail is printed where the log is: no place for links."""
    return settings.EMAIL_BACKEND != "cms.mail.PrintedMail"


@sensitive_variables("address", "text")
def invite(link: ReviewLink, address: str) -> None:
    """Sends the link to its recipient. The passcode is to go another way."""
    embargo = longest_on(link) if link.purpose == ReviewLink.Purpose.EMBARGO else None
    if embargo:
        # Its title is for those who have accepted the terms.
        subject = "To read under embargo"
        what = f"something under embargo until {embargo.moment()}. You accept its terms first."
    else:
        titles = [
            shown.page.get_admin_display_title() for shown in link.shown.select_related("page")
        ]
        subject = f"To read: {titles[0]}"
        what = "\n\n" + "\n".join(f"- {title}" for title in titles)
    sender = link.maker.get_full_name() or link.maker.get_username() if link.maker else ""
    until = date(timezone.localtime(link.expires_at), "j F Y, H:i e")
    text = (
        f"{sender} asks you to read: {what}\n\n{address}\n\n"
        f"The address is for you alone and works until {until}."
    )
    if link.passcode:
        text += " It asks for a passcode, which you get another way."
    _send(subject, text, link.email, partial(note_unsent, link))


def note_unsent(link: ReviewLink) -> None:
    """To the history of the pages, where whoever waits for a reviewer looks: nobody has the address."""
    for shown in link.shown.select_related("page"):
        note(link, "unsent", shown.page)


def tell_maker(link: ReviewLink, page: Page, subject: str, text: str) -> None:
    """Tells whoever made a link what came of it."""
    if link.maker is None or not link.maker.is_active or not link.maker.email:
        return
    edit = settings.CMS_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
    _send(subject, f"{text}\n\n{edit}\n", link.maker.email)


@sensitive_variables("text")
def _send(subject: str, text: str, to: str, failed: Callable[[], None] | None = None) -> None:
    """When what it tells is there for good. What was written must not be lost by a mail server."""
    one_line = " ".join(subject.split())[:200]
    transaction.on_commit(partial(_try, one_line, text, to, failed))


@sensitive_variables("text")
def _try(subject: str, text: str, to: str, failed: Callable[[], None] | None) -> None:
    try:
        send_mail(subject, text, None, [to])
    except Exception as error:  # Whatever a mail server says; its words may hold ours.
        logger.error("Mail about a review could not be sent: %s", type(error).__name__)
        if failed:
            failed()
