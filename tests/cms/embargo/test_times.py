"""What clocks show is a moment, or two, or none, wherever whoever reads it is."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.embargo import times
from cms.embargo.forms import shown

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"


@pytest.mark.parametrize(
    ("wall", "zone", "hours"),
    [
        ("2026-11-01 00:30", NEW_YORK, [4.5]),
        ("2026-11-01 01:30", NEW_YORK, [5.5, 6.5]),
        ("2026-11-01 02:30", NEW_YORK, [7.5]),
        ("2027-03-14 01:30", NEW_YORK, [6.5]),
        ("2027-03-14 02:30", NEW_YORK, []),
        ("2027-03-14 03:30", NEW_YORK, [7.5]),
        ("2026-11-01 02:30", BERLIN, [1.5]),
        ("2026-10-25 02:30", BERLIN, [0.5, 1.5]),
        ("2026-11-01 01:30", "UTC", [1.5]),
        ("2027-04-04 01:45", "Australia/Lord_Howe", [-9.25, -8.75]),
    ],
)
def test_moments_at_which_clocks_show_a_time(wall, zone, hours):
    shown_there = datetime.fromisoformat(wall)
    midnight = shown_there.replace(hour=0, minute=0, tzinfo=UTC)

    found = times.moments(shown_there, zone)

    assert found == [midnight + timedelta(hours=number) for number in hours]
    assert {times.shown_in(moment, zone) for moment in found} <= {shown_there}


def test_around_a_time_that_is_skipped():
    assert times.around(datetime(2027, 3, 14, 2, 30), NEW_YORK) == (
        datetime(2027, 3, 14, 1, 30),
        datetime(2027, 3, 14, 3, 30),
    )


def test_a_moment_is_shown_as_it_was_meant_as_the_reader_lives_and_in_utc():
    moment = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)

    assert shown(moment, NEW_YORK, BERLIN) == [
        "2026-11-01 01:30 America/New York (UTC-04:00)",
        "2026-11-01 06:30 Europe/Berlin (UTC+01:00)",
        "2026-11-01 05:30 UTC (UTC+00:00)",
    ]
    assert len(shown(moment, "UTC", "UTC")) == 1


def test_zones_begin_with_the_readers_and_the_newsrooms(settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    (_, first), (_, others) = times.zones(BERLIN)

    assert [zone for zone, _ in first] == [BERLIN, "Asia/Tokyo", "UTC"]
    assert len(others) > 400
    assert (NEW_YORK, "America/New York") in others
    assert not {BERLIN, "UTC"} & {zone for zone, _ in others}
