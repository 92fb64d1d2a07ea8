from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from django.db import models

from api.codecs.annotations import moment, plain
from api.codecs.encoding import Encoding, Scope
from api.codecs.values import column_codec
from pages.models import PressReleasePage, Signatory
from tests.api.codecs.encode import encode_field

pytestmark = pytest.mark.django_db

# The event of a media advisory ---------------------------------------------------------------


def advisory(**columns):
    return PressReleasePage(
        **{
            "kind": "media_advisory",
            "event_date": date(2016, 10, 17),
            "event_starts": time(9, 30),
            "event_time_zone": "America/New_York",
            **columns,
        },
    )


@pytest.mark.parametrize(
    ("columns", "starts_at", "ends_at"),
    [
        ({}, "2016-10-17T09:30:00-04:00", None),
        ({"event_ends": time(11)}, "2016-10-17T09:30:00-04:00", "2016-10-17T11:00:00-04:00"),
        ({"event_time_zone": "Asia/Kolkata"}, "2016-10-17T09:30:00+05:30", None),
        ({"event_time_zone": "UTC"}, "2016-10-17T09:30:00+00:00", None),
        ({"event_time_zone": ""}, "2016-10-17T09:30:00+00:00", None),
        # The clocks go back between its beginning and its end.
        (
            {
                "event_date": date(2016, 11, 5),
                "event_end_date": date(2016, 11, 6),
                "event_ends": time(9),
            },
            "2016-11-05T09:30:00-04:00",
            "2016-11-06T09:00:00-05:00",
        ),
        ({"event_starts": None}, None, None),
        ({"event_date": None}, None, None),
    ],
)
def test_times_of_an_event_carry_the_offset_of_its_place(columns, starts_at, ends_at):
    event = encode_field(advisory(**columns), "event")

    assert (event["starts_at"], event["ends_at"]) == (starts_at, ends_at)
    assert event["time_zone"] == columns.get("event_time_zone", "America/New_York")


def test_other_kinds_announce_no_event():
    for kind in PressReleasePage.Kind.values:
        event = encode_field(advisory(kind=kind), "event")
        assert (event is None) == (kind != "media_advisory")


# Columns --------------------------------------------------------------------------------------


def test_moments_are_the_same_however_they_are_held():
    held = datetime(2016, 10, 17, 13, 30, 0, 123456, tzinfo=UTC)
    ways = [held, held.astimezone(timezone(timedelta(hours=-4))), held.replace(microsecond=123000)]
    codec = column_codec(models.DateTimeField())
    scope = Scope(Encoding())

    assert {codec.encode(way, scope) for way in ways} == {"2016-10-17T13:30:00.123Z"}
    assert moment(None) is None


def test_a_moment_of_a_place_keeps_its_offset():
    assert plain(datetime(2016, 10, 17, 9, 30, tzinfo=timezone(timedelta(hours=-4)))) == (
        "2016-10-17T09:30:00-04:00"
    )


@pytest.mark.parametrize(
    ("blank", "allowed"), [(False, {"draft", "final"}), (True, {"draft", "final", ""})]
)
def test_choices_are_an_enumeration_and_may_be_blank(blank, allowed):
    field = models.CharField(choices=[("draft", "Draft"), ("final", "Final")], blank=blank)

    assert set(column_codec(field).type.__args__) == allowed


def test_every_value_of_a_choice_is_answered():
    for value in PressReleasePage.EndMark.values:
        assert encode_field(PressReleasePage(end_mark=value), "end_mark") == value


# Rows -----------------------------------------------------------------------------------------


def test_rows_of_no_order_stand_as_they_were_saved_and_new_ones_last():
    """A database returns rows of the same order in any order, as this draft holds them."""
    page = PressReleasePage()
    page.signatories = [
        Signatory(pk=pk, name=name, sort_order=order)
        for pk, name, order in (
            (None, "D", 1),
            (3, "C", 1),
            (2, "B", 1),
            (9, "A", 0),
            (4, "E", None),
        )
    ]

    assert [row["name"] for row in encode_field(page, "signatories")] == list("ABCDE")
