from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from wagtail.admin.widgets import AdminDateTimeInput
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from cms.review import mail
from cms.review.models import ReviewLink
from pages.models import NewsroomPage
from pages.models.embargo import embargo_on

USUAL = timedelta(days=7)
# Drafts that are offered to go along, those edited last.
MOST_DRAFTS = 30


def in_time(until: datetime) -> datetime:
    """The moment, if a link may end then. Raises ValidationError that says when it may."""
    now = timezone.now()
    if until <= now:
        raise forms.ValidationError("This moment has passed.")
    if until > now + timedelta(days=settings.REVIEW_LINK_DAYS):
        raise forms.ValidationError(
            f"A link works for {settings.REVIEW_LINK_DAYS} days at most. Choose an earlier moment."
        )
    return until


class ShareForm(forms.ModelForm):
    """A new link to the draft of a page, and to those of others that go with it."""

    send = forms.BooleanField(
        label="Send it by e-mail now",
        required=False,
        help_text="You get the link in any case, to hand it over yourself.",
    )
    further = forms.ModelMultipleChoiceField(
        Page.objects.none(),
        label="Other drafts to show along with it",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Links between them lead to each other.",
    )
    passcode = forms.CharField(
        required=False,
        min_length=6,
        max_length=100,
        help_text="Optional. Tell it another way than the link, such as by telephone.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    max_visits = forms.IntegerField(
        label="How often it may be opened",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Optional. Reading on within twelve hours counts once.",
    )

    class Meta:
        model = ReviewLink
        fields = [
            "recipient",
            "email",
            "send",
            "purpose",
            "shows",
            "further",
            "expires_at",
            "passcode",
            "max_visits",
            "comments_welcome",
            "kept_when_published",
        ]
        widgets = {
            "expires_at": AdminDateTimeInput,
            "purpose": forms.RadioSelect,
            "shows": forms.RadioSelect,
        }
        labels = {
            "recipient": "For whom",
            "email": "Their e-mail address",
            "purpose": "What for",
            "shows": "What it shows",
            "expires_at": "Works until",
            "comments_welcome": "They may comment",
            "kept_when_published": "It goes on working after the page is published",
        }

    field_order = Meta.fields

    def __init__(self, *args: Any, page: NewsroomPage, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        usual = min(USUAL, timedelta(days=settings.REVIEW_LINK_DAYS))
        self.fields["expires_at"].initial = timezone.now() + usual
        if page.embargoed_until is None:
            del self.fields["purpose"]
        if not mail.is_set_up():
            del self.fields["send"]
        mine = page_permission_policy.instances_user_has_permission_for(user, "change")
        drafts = mine.filter(has_unpublished_changes=True).exclude(pk=page.pk)
        newest = drafts.order_by("-latest_revision_created_at").values_list("pk", flat=True)
        offered = Page.objects.filter(pk__in=list(newest[:MOST_DRAFTS])).order_by("draft_title")
        self.fields["further"].queryset = offered  # type: ignore[attr-defined]
        self.fields["further"].label_from_instance = (  # type: ignore[attr-defined]
            lambda one: one.get_admin_display_title()
        )
        if not offered:
            del self.fields["further"]

    @sensitive_variables("passcode")
    def clean_passcode(self) -> str:
        """Its hash: as it is, it goes no further than here."""
        passcode = self.cleaned_data["passcode"]
        return make_password(passcode) if passcode else ""

    def clean_expires_at(self) -> datetime:
        return in_time(self.cleaned_data["expires_at"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("send") and not values.get("email"):
            self.add_error("email", "Without an address it cannot be sent.")
        if values.get("purpose") == ReviewLink.Purpose.EMBARGO:
            for other in values.get("further", []):
                if embargo_on(other.pk) is None:
                    title = other.get_admin_display_title()
                    self.add_error("further", f"{title} is not under embargo.")
        return values

    def pages(self) -> list[Page]:
        """The pages to show, the one that the form is of first."""
        return [self.page, *self.cleaned_data.get("further", [])]


class ExtendForm(forms.Form):
    """Until when a link is to work now."""

    until = forms.DateTimeField(label="Works until", widget=AdminDateTimeInput)

    def clean_until(self) -> datetime:
        return in_time(self.cleaned_data["until"])
