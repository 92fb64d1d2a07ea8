"""The forms of an embargo: until when it lasts, and why it is to end early."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import MAXYEAR, MINYEAR, UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.admin.widgets import AdminDateTimeInput

from cms.embargo import times
from pages.models import Embargo
from pages.models.embargo import in_words

PUBLIC = "Readers have it already. Unpublish it first."
NO_ZONE = "Write it without a time zone: that is chosen below."
PAST = "This moment has passed."
NEEDS_REASON = "Say why it is to end earlier: the log keeps it."
MAY_NOT_SHORTEN = "You may lengthen this embargo, but not shorten it. It lasts until {moment}."
CHANGED = (
    "Somebody has changed this embargo meanwhile: {now}. Nothing was saved, and what you wrote is "
    "still here. Save once more if it is to hold."
)
SKIPPED = (
    "{wall:%H:%M} does not exist on that day in {zone}: the clocks are put forward over it. "
    "Choose {before:%H:%M} or {after:%H:%M} instead."
)
TWICE = (
    "{wall:%H:%M} comes twice on that day in {zone}: the clocks are put back over it. "
    "Choose below which of the two is meant: {first} comes first, {second} an hour later."
)


class WallTimeField(forms.DateTimeField):
    """What clocks show, somewhere: a datetime without a time zone."""

    widget = AdminDateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        with timezone.override(UTC):
            found = super().to_python(value)
        if found and has_zone(value):
            raise forms.ValidationError(NO_ZONE, code="invalid")
        if found and not MINYEAR < found.year < MAXYEAR:
            # In some time zone it is outside the calendar.
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return found.replace(tzinfo=None) if found else None


def has_zone(value: Any) -> bool:
    """Whether a moment is written with a time zone, as `2026-11-27T09:00Z` is."""
    read = parse_datetime(value.strip()) if isinstance(value, str) else None
    return read is not None and read.tzinfo is not None


class _AboutEmbargo(forms.Form):
    """A form that knows which embargo its editor has seen, and asks again if that was changed."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, embargo: Embargo | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.embargo = embargo
        self.initial["seen"] = self.now_is = seen(embargo)

    def clean_seen(self) -> str:
        if self.cleaned_data["seen"] != self.now_is:
            # Whoever saves again has seen what the error says.
            sent: Any = self.data
            sent = sent.copy()
            sent[self.add_prefix("seen")] = self.now_is
            self.data = sent
            now = f"it lasts until {self.embargo.moment()}" if self.embargo else "it was lifted"
            raise forms.ValidationError(CHANGED.format(now=now))
        return self.now_is


class EmbargoForm(_AboutEmbargo):
    """Until when, in which time zone and on which terms."""

    wall_time = WallTimeField(
        label="Until", help_text="What the clocks show in the time zone below."
    )
    time_zone = forms.ChoiceField(label="Time zone")
    offset = forms.CharField(label="Which of the two", required=False, widget=forms.Select)
    terms = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What those agree to who may read it before.",
    )
    reason = forms.CharField(
        required=False,
        max_length=500,
        help_text="Needed to shorten an embargo; the log keeps it.",
    )

    translations = forms.BooleanField(
        required=False,
        initial=True,
        label="Its translations too",
        help_text="Puts those under the same embargo that readers do not have and you may edit.",
    )

    def __init__(
        self, *args: Any, own_zone: str, may_lift: bool, translations: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not translations:
            del self.fields["translations"]
        self.may_lift = may_lift
        time_zone: Any = self.fields["time_zone"]
        time_zone.choices = times.zones(own_zone)
        self.comes_twice = False
        if self.embargo:
            zone = self.embargo.time_zone
            self._offer(times.moments(times.shown_in(self.embargo.until, zone), zone), zone)

    def visible_fields(self) -> list[Any]:
        fields: list[Any] = super().visible_fields()
        return [field for field in fields if field.name != "offset" or self.comes_twice]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if {"wall_time", "time_zone"} <= data.keys() and (until := self._until()):
            data["until"] = until
            if until <= timezone.now():
                self.add_error("wall_time", PAST)
            elif self.embargo and until < self.embargo.until:
                self._shorten(data)
        return data

    def _until(self) -> datetime | None:
        wall, zone = self.cleaned_data["wall_time"], self.cleaned_data["time_zone"]
        found = times.moments(wall, zone)
        self._offer(found, zone)
        about = {"wall": wall, "zone": zone.replace("_", " ")}
        if not found:
            before, after = times.around(wall, zone)
            self.add_error("wall_time", SKIPPED.format(**about, before=before, after=after))
            return None
        if len(found) == 1:
            return found[0]
        by_offset = {times.offset(moment, zone): moment for moment in found}
        chosen = by_offset.get(self.cleaned_data["offset"])
        if chosen is None:
            first, second = by_offset
            self.add_error("wall_time", TWICE.format(**about, first=first, second=second))
        return chosen

    def _offer(self, found: Sequence[datetime], zone: str) -> None:
        """Asks which of two moments is meant."""
        self.comes_twice = len(found) > 1
        offsets = [times.offset(moment, zone) for moment in found]
        self.fields["offset"].widget.choices = [(name, name) for name in ("", *offsets)]

    def _shorten(self, data: dict[str, Any]) -> None:
        assert self.embargo is not None
        if not self.may_lift:
            self.add_error("wall_time", MAY_NOT_SHORTEN.format(moment=self.embargo.moment()))
        elif not data.get("reason"):
            self.add_error("reason", NEEDS_REASON)


class LiftForm(_AboutEmbargo):
    """Why it is lifted before its moment."""

    prefix = "lift"
    reason = forms.CharField(max_length=500, help_text="The log keeps it.")


def initial(embargo: Embargo | None, *, own_zone: str, terms: str) -> dict[str, Any]:
    """What the form shows at first: the embargo as it was meant."""
    if embargo is None:
        return {"time_zone": own_zone, "terms": terms}
    zone = embargo.time_zone
    return {
        "wall_time": times.shown_in(embargo.until, zone),
        "time_zone": zone,
        "offset": times.offset(embargo.until, zone),
        "terms": embargo.terms,
    }


def seen(embargo: Embargo | None) -> str:
    """What stands for an embargo as somebody saw it; empty for none."""
    return f"{embargo.until.isoformat()} {embargo.set_at.isoformat()}" if embargo else ""


def shown(moment: datetime, zone: str, own_zone: str) -> list[str]:
    """A moment as it was meant, as the clocks of whoever reads show it, and in UTC."""
    return [in_words(moment, name) for name in dict.fromkeys((zone, own_zone, "UTC"))]
