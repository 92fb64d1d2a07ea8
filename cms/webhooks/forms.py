from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from api.changes.models import Event
from api.codecs.pages import page_models
from api.webhooks.models import Endpoint
from api.webhooks.queue import create_endpoint


class EndpointForm(WagtailAdminModelForm):
    """An endpoint. A new one gets its first secret, and is told of what comes from now on."""

    url = forms.URLField(
        label="Address",
        max_length=500,
        assume_scheme="https",
        help_text="Gets a signed POST (Standard Webhooks). https, and reachable from the internet.",
    )
    events = forms.MultipleChoiceField(
        choices=Event.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Of these alone. All, if none is chosen.",
    )
    types = forms.MultipleChoiceField(
        label="Page types",
        choices=lambda: [
            (name, model._meta.verbose_name) for name, model in sorted(page_models().items())
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Of these alone. All, if none is chosen.",
    )

    class Meta:
        model = Endpoint
        fields = ["name", "url", "about", "events", "types", "site", "owner", "paused"]

    def save(self, commit: bool = True) -> Any:
        if self.instance.pk is None and commit:
            endpoint = super().save(commit=False)
            create_endpoint(endpoint)
            return endpoint
        return super().save(commit)


class SinceForm(forms.Form):
    """From when on to tell again."""

    since = forms.DateTimeField(label="Tell again all since", widget=AdminDateTimeInput)
