"""How the reference site writes what is not to be written as it is stored."""

import json
import subprocess

import pytest

from frontend_contract.node import node
from frontend_contract.site import SERVER

EVENT = {
    "who": "",
    "what": "",
    "starts_on": "2019-05-04",
    "ends_on": "2019-05-04",
    "starts_at": None,
    "ends_at": None,
    "time_zone": "",
    "venue": "",
    "address": "",
}
MORNING = {"starts_at": "2019-05-04T09:00:00-04:00", "time_zone": "America/New_York"}


def said(function, *arguments):
    """What a function of `words.ts` gives."""
    script = (
        f"import {{ {function} }} from './src/lib/words.ts';"
        f"console.log(JSON.stringify({function}(...{json.dumps(arguments)})))"
    )
    done = subprocess.run(
        [*node(), "--input-type=module", "--eval", script],
        cwd=SERVER.parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("printed", "dialled"),
    [
        ("+44 (0)20 7946 0000", "+442079460000"),
        ("+1 202 555 0100, ext. 12", "+12025550100"),
        ("+1 202 555 0100 x12", "+12025550100"),
        ("(020) 7946-0000", "02079460000"),
        ("030 / 123.45", "03012345"),
        ("202 555 0100 / 0101", ""),
        ("ask at the desk", ""),
    ],
)
def test_a_telephone_dials_one_number(printed, dialled):
    assert said("toDial", printed) == dialled


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0004, "0.0004"), (12.3456, "12.3456"), (2017, "2017"), (1234567, "1,234,567"), (-3, "-3")],
)
def test_a_number_keeps_its_digits(value, words):
    assert said("number", value, "en") == words


@pytest.mark.parametrize(
    ("event", "words"),
    [
        ({}, "May 4, 2019"),
        ({"ends_on": "2019-05-05"}, "May 4, 2019 – May 5, 2019"),
        (MORNING, "Saturday, May 4, 2019 at 9:00 AM (New York time)"),
        (
            MORNING | {"ends_on": "2019-05-05"},
            "Saturday, May 4, 2019 at 9:00 AM (New York time) – May 5, 2019",
        ),
        (MORNING | {"time_zone": "Nowhere/Known"}, "Saturday, May 4, 2019 at 1:00 PM (UTC)"),
    ],
)
def test_when_something_takes_place(event, words):
    assert said("when", EVENT | event, "en").replace("\u202f", " ") == words


def test_no_more_of_a_date_is_told_than_is_known():
    found = [said("known", "2016-01-01", precision) for precision in ("day", "month", "year")]
    assert found == ["2016-01-01", "2016-01", "2016"]


@pytest.mark.parametrize(
    ("language", "way"), [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("arn", "ltr")]
)
def test_which_way_a_language_is_written(language, way):
    assert said("direction", language) == way
