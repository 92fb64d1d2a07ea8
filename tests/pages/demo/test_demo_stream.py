"""Stream values from plain data."""

import pytest

from pages.blocks.body import BodyBlock
from pages.demo.stream import rich_text, stream

BODY = BodyBlock()
BODY.set_name("body")


def test_what_is_left_out_takes_its_default():
    value = stream(BODY, [("heading", {"text": "Background"})], "page x.body")
    assert value[0].value["level"] == "h2"


def test_ids_depend_on_the_place_alone():
    facts = [("key_facts", {"facts": [{"text": "One."}, {"text": "Two."}]})]
    first = stream(BODY, facts, "page x.body").get_prep_value()
    again = stream(BODY, facts, "page x.body").get_prep_value()
    elsewhere = stream(BODY, facts, "page y.body").get_prep_value()

    assert first == again
    assert first[0]["id"] != elsewhere[0]["id"]
    items = first[0]["value"]["facts"]
    assert len({item["id"] for item in items} | {first[0]["id"]}) == 3


def test_a_bare_sentence_becomes_a_paragraph_with_a_key():
    html = rich_text("A <b>sentence</b>.", "x")
    assert html.startswith('<p data-block-key="')
    assert html.endswith('">A <b>sentence</b>.</p>')


def test_every_paragraph_and_item_has_a_key_of_its_own():
    html = rich_text("<p>One</p><ul><li>Two</li><li>Three</li></ul>", "x")
    keys = [part.partition('"')[0] for part in html.split('data-block-key="')[1:]]
    assert len(set(keys)) == len(keys) == 3


def test_empty_rich_text_stays_empty():
    assert rich_text("", "x") == ""


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([("headline", {})], "no block “headline”"),
        ([("heading", {"words": "Background"})], "no such field here: words"),
        ([("heading", {"text": ""})], "required"),
        ([("quote", {"quotation": "Words."})], "Choose a person or write a name"),
        ([("gallery", {"images": []})], "minimum number of items"),
    ],
)
def test_content_that_an_editor_could_not_save_is_refused(content, words):
    with pytest.raises(ValueError, match=words) as refusal:
        stream(BODY, content, "page x.body")
    assert str(refusal.value).startswith("page x.body")
