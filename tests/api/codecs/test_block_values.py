import logging

import pytest
from wagtail import blocks

from pages.blocks.body import BodyBlock
from pages.blocks.evidence import KeyFactBlock, OptionalSourceBlock, SourceBlock, TableBlock
from tests.api.codecs.encode import encode
from tests.bodies import block

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    stream = BodyBlock()
    stream.set_name("body")
    return stream


# Structs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value", [None, {}, {"title": "", "publisher": None}, {"title": "", "publisher": "", "url": ""}]
)
def test_an_optional_struct_left_empty_is_null(value):
    assert encode(OptionalSourceBlock(required=False), value) is None
    assert encode(KeyFactBlock(), {"text": "A fact.", "source": value})["source"] is None


def test_an_optional_struct_is_whole_once_anything_is_written():
    assert encode(OptionalSourceBlock(required=False), {"publisher": "An office"}) == {
        "title": "",
        "publisher": "An office",
        "url": "",
        "date": "",
    }


def test_a_member_that_was_added_since_has_its_default():
    class NoteBlock(blocks.StructBlock):
        words = blocks.CharBlock()
        kind = blocks.ChoiceBlock(choices=[("note", "Note")], default="note")
        count = blocks.IntegerBlock(default=3)

    assert encode(NoteBlock(), {"words": "So"}) == {"words": "So", "kind": "note", "count": 3}


def test_a_member_that_is_no_more_is_left_out():
    value = {"title": "A report", "colour": "red"}

    assert encode(SourceBlock(), value).keys() == {"title", "publisher", "url", "date"}


# Values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "value", "answer"),
    [
        (blocks.CharBlock, None, ""),
        (blocks.TextBlock, "", ""),
        (blocks.URLBlock, None, ""),
        (blocks.IntegerBlock, None, None),
        (blocks.IntegerBlock, 0, 0),
        (blocks.FloatBlock, 0.5, 0.5),
        (blocks.BooleanBlock, None, False),
        (blocks.DateBlock, None, None),
        (blocks.DateBlock, "2016-10-17", "2016-10-17"),
        (blocks.TimeBlock, "09:30:00", "09:30:00"),
        (blocks.RichTextBlock, None, []),
    ],
)
def test_optional_values(kind, value, answer):
    assert encode(kind(required=False), value) == answer


def test_an_optional_choice_left_empty_is_null():
    choice = blocks.ChoiceBlock(choices=[("a", "A")], required=False)

    assert [encode(choice, value) for value in ("a", "", None)] == ["a", None, None]


# Streams and lists ----------------------------------------------------------------------------


def test_a_type_of_block_that_is_no_more_is_left_out(body):
    answer = encode(body, [block("banner", {"text": "Gone"}), block("paragraph", "<p>Stays</p>")])

    assert [found["type"] for found in answer] == ["paragraph"]


def test_blocks_keep_their_ids(body):
    stored = [block("paragraph", "<p>One</p>"), block("paragraph", "<p>Two</p>")]

    assert [found["id"] for found in encode(body, stored)] == [item["id"] for item in stored]


def test_lists_of_old_hold_bare_values():
    words = blocks.ListBlock(blocks.CharBlock())

    assert encode(words, ["a", {"type": "item", "value": "b", "id": "1"}]) == ["a", "b"]


def test_a_value_that_cannot_be_is_incomplete_and_logged(body, caplog):
    with caplog.at_level(logging.ERROR, "api.codecs.incomplete"):
        (found,) = encode(body, [block("heading", {"text": "Words", "level": "h1"})])

    assert found["value"] == {"block": "heading", "missing": ["level"]}
    assert found["id"] in caplog.text


def test_a_gap_is_incomplete_and_not_logged(body, caplog):
    (found,) = encode(body, [block("heading", {"text": "", "level": "h2"})])

    assert found["value"] == {"block": "heading", "missing": ["text"]}
    assert caplog.text == ""


# Tables ---------------------------------------------------------------------------------------


def table(columns, *rows, **more):
    return {
        "columns": [{"type": kind, "heading": kind} for kind in columns],
        "rows": [{"values": list(values)} for values in rows],
        **more,
    }


def cells(answer):
    return [[cell["value"] for cell in row["cells"]] for row in answer["rows"]]


def test_cells_say_their_type():
    kinds = ["text", "number", "date", "yes_no", "rich_text"]
    value = table(kinds, ["One", 1.5, "2017-01-02", True, "<p>Words</p>"], caption="A table")

    answer = encode(TableBlock(), value)

    assert answer["caption"] == "A table"
    assert [column["type"] for column in answer["columns"]] == kinds
    (row,) = answer["rows"]
    assert [cell["type"] for cell in row["cells"]] == kinds
    assert cells(answer)[0][:4] == ["One", 1.5, "2017-01-02", True]
    assert row["cells"][4]["value"][0]["children"][0]["text"] == "Words"


def test_empty_cells_are_typed_too():
    kinds = ["text", "number", "date", "yes_no", "rich_text"]
    answer = encode(TableBlock(), table(kinds, [None] * 5, ["", None, None, False, ""]))

    assert cells(answer) == [["", None, None, False, []]] * 2


def test_columns_whose_type_is_no_more_are_left_out_with_their_cells():
    value = table(["text", "picture", "number"], ["One", 7, 1.0], ["Two", 8, 2.0])

    answer = encode(TableBlock(), value)

    assert [column["type"] for column in answer["columns"]] == ["text", "number"]
    assert cells(answer) == [["One", 1.0], ["Two", 2.0]]


def test_a_table_of_nothing_but_such_columns_is_incomplete(body):
    (found,) = encode(body, [block("table", table(["picture"], [7]))])

    assert found["value"] == {"block": "table", "missing": ["columns"]}


def test_rows_that_are_too_short_are_filled_up():
    assert cells(encode(TableBlock(), table(["text", "number"], ["One"]))) == [["One", None]]


def test_a_table_from_before_captions_and_headings():
    answer = encode(TableBlock(), {"columns": [{"type": "text", "heading": None}], "rows": []})

    assert answer == {"caption": "", "columns": [{"type": "text", "heading": ""}], "rows": []}
