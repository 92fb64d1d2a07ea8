"""What is not words: rules, embeds, images and footnotes."""

import pytest

from tests.api.codecs.rich_text.samples import (
    NOTE,
    UNKNOWN_NOTE,
    keys,
    read,
    read_one,
    shape,
    spans,
)


def test_rules_embeds_and_images_stand_between_blocks():
    nodes = read(
        '<p>a</p><hr/><embed embedtype="media" url="https://video.example/?a=1&amp;b=2"/>'
        '<embed embedtype="image" format="left" id="4" alt="A &quot;cat&quot;"/><p>b</p>'
    )

    assert [node["_type"] for node in nodes] == ["block", "break", "embed", "image", "block"]
    assert nodes[1] == {"_type": "break", "_key": "b1"}
    assert nodes[2]["url"] == "https://video.example/?a=1&b=2"
    assert (nodes[3]["alt"], nodes[3]["image"]["id"]) == ('A "cat"', 4)
    assert keys([nodes[4]])[0] == "b4"


def test_a_rule_divides_words_that_no_block_holds():
    assert [node["_type"] for node in read("a<hr/>b<ul><li>c<hr/>d</li></ul>")] == [
        *("block", "break", "block", "block", "break", "block")
    ]


def test_an_image_within_a_paragraph_divides_it():
    nodes = read('<p><b>a<embed embedtype="image" id="4"/>b</b></p>')

    assert [node["_type"] for node in nodes] == ["block", "image", "block"]
    assert spans(nodes[2]) == [("b", ["strong"])]
    assert nodes[1]["alt"] == ""


@pytest.mark.parametrize(
    "attributes",
    [
        "",
        'embedtype="image"',
        'embedtype="image" id=""',
        'embedtype="image" id="x"',
        'embedtype="image" id="-1"',
        'embedtype="image" id="0"',
        f'embedtype="image" id="{2**63}"',
        f'embedtype="image" id="{"9" * 5000}"',
        'embedtype="image" id="\N{SUPERSCRIPT TWO}"',
        'embedtype="media"',
        'embedtype="media" url="javascript:alert(1)"',
        'embedtype="media" url="/relative"',
    ],
)
def test_embeds_of_nothing_are_dropped(attributes):
    assert shape(read(f"<p>a</p><embed {attributes}/><p>b</p>")) == [
        ("normal", "", 0, "a"),
        ("normal", "", 0, "b"),
    ]


def test_what_the_callbacks_return_stands_as_it_is():
    link, image = object(), object()

    nodes = read(
        '<p><a linktype="page" id="3">a</a></p><embed embedtype="image" id="4" alt=""/>',
        link=lambda reference, key: link,
        image=lambda id_, alt, key: image,
    )

    assert nodes[0]["markDefs"] == [link]
    assert nodes[1] is image


# Footnotes ----------------------------------------------------------------------------------------


def test_a_footnote_is_a_child_between_spans_and_its_stored_words_are_not_shown():
    block = read_one(f'<p>a <b><footnote id="{NOTE}">b6b4e6</footnote></b>, b</p>')

    assert block["children"] == [
        {"_type": "span", "_key": "b0c0", "text": "a ", "marks": []},
        {"_type": "footnote", "_key": "b0c1", "number": 1, "footnote": NOTE},
        {"_type": "span", "_key": "b0c2", "text": ", b", "marks": []},
    ]


@pytest.mark.parametrize("id_", [UNKNOWN_NOTE, "", "nonsense", "'\"", "1" * 5000])
def test_an_unknown_footnote_leaves_no_trace(id_):
    block = read_one(f'<p>a <footnote id="{id_.replace(chr(34), "")}">b</footnote> c</p>')

    assert spans(block) == [("a c", [])]


def test_a_block_of_a_footnote_alone_has_a_span_too():
    block = read_one(f'<p><footnote id="{NOTE.upper()}">b6b4e6</footnote></p>')

    assert [child["_type"] for child in block["children"]] == ["footnote", "span"]
    assert block["children"][0]["footnote"] == NOTE


def test_a_footnote_begins_the_second_paragraph_of_an_item():
    block = read_one(f'<ul><li><p>a</p><p><footnote id="{NOTE}">b</footnote></p></li></ul>')

    assert spans(block) == [("a\n", [])]
    assert block["children"][1]["footnote"] == NOTE


def test_a_footnote_that_is_never_closed_swallows_one_block_at_most():
    assert shape(read(f'a<footnote id="{NOTE}">b<p>c</p>d')) == [
        ("normal", "", 0, "a"),
        ("normal", "", 0, "c"),
    ]


def test_footnotes_are_numbered_in_reading_order():
    seen: list[str] = []

    def number(uuid: str) -> int:
        seen.append(uuid)
        return len(seen)

    read(
        f'<p><footnote id="{NOTE}">x</footnote></p><ul><li><footnote id="{UNKNOWN_NOTE}"/></li></ul>',
        footnote=number,
    )

    assert seen == [NOTE, UNKNOWN_NOTE]
