from __future__ import annotations

from datetime import datetime

from django import forms
from wagtail.admin.widgets import AdminDateTimeInput

from cms.as_of.session import why_not_as_of


class MomentForm(forms.Form):
    """As of when to look at the site."""

    moment = forms.DateTimeField(label="The site as it will be on", widget=AdminDateTimeInput)

    def clean_moment(self) -> datetime:
        moment: datetime = self.cleaned_data["moment"]
        if wrong := why_not_as_of(moment):
            raise forms.ValidationError(f"This moment {wrong}.")
        return moment
