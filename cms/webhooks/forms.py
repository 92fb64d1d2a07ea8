from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.widgets import AdminDateTimeInput

from api.changes.models import Event
from api.codecs.pages import page_models
from api.webhooks.models import Endpoint
from api.webhooks.queue import create_endpoint, tell_otherwise


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.cache:
            # All else is in the settings, or is told to every cache.
            for name in self.fields.keys() - {"owner", "paused"}:
                del self.fields[name]
        else:
            told = set(Endpoint.About) - {Endpoint.About.PURGES}
            self.fields["about"].choices = [one for one in Endpoint.About.choices if one[0] in told]

    def save(self, commit: bool = True) -> Any:
        endpoint = super().save(commit=False)
        if commit and endpoint.pk is None:
            create_endpoint(endpoint)
        elif commit:
            # Nothing besides: a worker may have written the rest meanwhile.
            endpoint.save(update_fields=list(self.fields))
            if "about" in self.changed_data:
                tell_otherwise(endpoint)
        return endpoint


class SinceForm(forms.Form):
    """From when on to tell again."""

    since = forms.DateTimeField(label="Tell again all since", widget=AdminDateTimeInput)
