"""Database HTML, case by case, as Portable Text."""

import pytest

from api.codecs.rich_text.links import LinkReference
from api.codecs.rich_text.parse import UnknownTag
from tests.api.codecs.rich_text.samples import (
    UNKNOWN_NOTE,
    keys,
    read,
    read_one,
    shape,
    spans,
)


def test_a_paragraph_is_a_normal_block_without_list_members():
    assert read('<p data-block-key="x7d2k">Words</p>') == [
        {
            "_type": "block",
            "_key": "b0",
            "style": "normal",
            "children": [{"_type": "span", "_key": "b0c0", "text": "Words", "marks": []}],
            "markDefs": [],
        }
    ]


@pytest.mark.parametrize("tag", ["h2", "h3", "h4", "h5", "h6", "blockquote"])
def test_headings_and_quotations_keep_their_style(tag):
    assert shape(read(f"<{tag}>A</{tag}><p>b</p>")) == [(tag, "", 0, "A"), ("normal", "", 0, "b")]


@pytest.mark.parametrize(
    ("tag", "mark"),
    [
        ("b", "strong"),
        ("strong", "strong"),
        ("i", "em"),
        ("em", "em"),
        ("u", "underline"),
        ("s", "strike-through"),
        ("del", "strike-through"),
        ("code", "code"),
        ("sup", "sup"),
        ("sub", "sub"),
    ],
)
def test_inline_tags_become_decorators(tag, mark):
    block = read_one(f"<p>a<{tag}>b</{tag}>c</p>")

    assert spans(block) == [("a", []), ("b", [mark]), ("c", [])]


def test_marks_of_nested_tags_stand_in_one_order_whatever_the_nesting():
    block = read_one("<p><i><b>a</b></i><b><i>b</i></b></p>")

    assert spans(block) == [("ab", ["strong", "em"])]


def test_marks_that_overlap_are_split_where_they_do():
    block = read_one("<p><b>a <i>b</i></b><i> c</i></p>")

    assert spans(block) == [("a ", ["strong"]), ("b", ["strong", "em"]), (" c", ["em"])]


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>one <b>two</b> three</p>", "one two three"),
        ("<p>one<b> two </b>three</p>", "one two three"),
        ("<p>one <b> two</b></p>", "one two"),
        ("<p>one<b> </b>two</p>", "one two"),
        ("<p>  one \n\t two  </p>", "one two"),
        ("<p>one&nbsp; two</p>", "one\xa0 two"),
        ("<p>one\xa0<b>\xa0two</b></p>", "one\xa0\xa0two"),
        ("<p>&lt;b&gt; &amp;amp; &quot;q&quot;</p>", '<b> &amp; "q"'),
        ("<p>one<br/>two</p>", "one\ntwo"),
        ("<p>one <br/> two</p>", "one\ntwo"),
        ("<p><b>one </b><br/> two</p>", "one\ntwo"),
        ("<p>one<br/><br/>two</p>", "one\n\ntwo"),
        ("<p><br/>one<br/></p>", "one"),
        ("<p>un<b>believ</b>able</p>", "unbelievable"),
        ("<p>a<!-- b -->c</p>", "ac"),
        ("<p>a \x01 b\x00</p>", "a b\N{REPLACEMENT CHARACTER}"),
        ("<p>a\x0bb&#1;c</p>", "a bc"),
        ("<p>\N{GRINNING FACE} é</p>", "\N{GRINNING FACE} é"),
        ("<p>5 < 6 & 7 > 2</p>", "5 < 6 & 7 > 2"),
    ],
)
def test_words_and_the_blanks_between_them(html, words):
    assert [row[3] for row in shape(read(html))] == [words]


@pytest.mark.parametrize(
    "html",
    [
        "",
        " \n ",
        "<p></p>",
        "<p> </p>",
        "<p>&nbsp;</p>",
        "<p><b> </b><br/></p>",
        "<ul><li></li></ul>",
        "<h2><a href='https://example.org'></a></h2>",
        f'<p><footnote id="{UNKNOWN_NOTE}">x</footnote></p>',
    ],
)
def test_what_holds_no_words_is_dropped(html):
    assert read(html) == []


def test_words_outside_of_blocks_are_a_paragraph():
    assert shape(read("one <b>two</b><p>three</p>four")) == [
        ("normal", "", 0, "one two"),
        ("normal", "", 0, "three"),
        ("normal", "", 0, "four"),
    ]


# Lists ------------------------------------------------------------------------------------------


def test_nested_lists_become_levels():
    html = (
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li>"
        "<li>d<ol><li>e</li></ol><ul><li>f</li></ul></li></ul><ol><li>g</li></ol>"
    )

    assert shape(read(html)) == [
        ("normal", "bullet", 1, "a"),
        ("normal", "bullet", 2, "b"),
        ("normal", "bullet", 3, "c"),
        ("normal", "bullet", 1, "d"),
        ("normal", "number", 2, "e"),
        ("normal", "bullet", 2, "f"),
        ("normal", "number", 1, "g"),
    ]


def test_skipped_levels_stay_skipped():
    html = "<ul><li><ul><li>a</li></ul></li><li>b</li></ul>"

    assert shape(read(html)) == [("normal", "bullet", 2, "a"), ("normal", "bullet", 1, "b")]


@pytest.mark.parametrize(
    ("html", "blocks"),
    [
        ("<li>a", [("normal", "bullet", 1, "a")]),
        ("<ol>a</ol>", [("normal", "number", 1, "a")]),
        ("<ul><li><p>a</p><p>b</p></li></ul>", [("normal", "bullet", 1, "a\nb")]),
        ("<ul><li>a<p> b</p> </li></ul>", [("normal", "bullet", 1, "a\nb")]),
        ("<ul><li><h3>a</h3></li></ul>", [("h3", "bullet", 1, "a")]),
        (
            "<ol><li>a<ul><li>b</li></ul>c</li></ol>d",
            [
                ("normal", "number", 1, "a"),
                ("normal", "bullet", 2, "b"),
                ("normal", "number", 1, "c"),
                ("normal", "", 0, "d"),
            ],
        ),
        (
            "<blockquote>a<ul><li>b</li></ul>c</blockquote>",
            [
                ("blockquote", "", 0, "a"),
                ("normal", "bullet", 1, "b"),
                ("blockquote", "", 0, "c"),
            ],
        ),
    ],
)
def test_lists_that_the_editor_never_writes(html, blocks):
    assert shape(read(html)) == blocks


def test_lists_deeper_than_anybody_shows_are_flattened():
    levels = [level for _, _, level, _ in shape(read("<ul><li>x" * 5000))]

    assert levels[:12] == [*range(1, 11), 10, 10]
    assert max(levels) == 10


# Keys ---------------------------------------------------------------------------------------------


def test_keys_do_not_depend_on_what_a_session_of_the_editor_leaves_behind():
    text = '<p{0}>a <b>b</b></p>{1}<ul><li{0}><a href="/c">c</a></li></ul>'

    stored = read(text.format("", ""))
    edited = read(text.format(' data-block-key="x7d2k"', '<p data-block-key="aaaaa"></p>'))

    assert stored == edited
    assert keys(stored) == ["b0", "b0c0", "b0c1", "b1", "b1c0", "b1m0"]


# Markup without a meaning -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        ("<p><span>a</span></p>", "span"),
        ("<h1>a</h1>", "h1"),
        ("<table><tr><td>a</td></tr></table>", "table"),
        ("<script>a</script>", "script"),
        ('<embed embedtype="chart" id="3"/>', 'embed embedtype="chart"'),
        ('<a linktype="chart" id="3">a</a>', 'a linktype="chart"'),
    ],
)
def test_strict_reading_raises_for_unknown_markup(html, tag):
    with pytest.raises(UnknownTag) as raised:
        read(html, strict=True)

    assert raised.value.tag == tag


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<p>a <span>b</span>c</p>", ["a bc"]),
        ("<x-y>a</x-y>b", ["ab"]),
        ("<div>a</div><div>b</div>", ["a", "b"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a", "b"]),
        ("<h1>a</h1>", ["a"]),
        ("a<script>b</script><style>c</style><iframe>d</iframe>", ["a"]),
        ('<a linktype="chart" id="3">a</a>', ["a"]),
        ("<p>a</p><pre>b</pre>", ["a", "b"]),
    ],
)
def test_otherwise_the_words_are_kept(html, words):
    assert [row[3] for row in shape(read(html))] == words


def test_a_page_title_is_not_a_heading_of_the_text():
    assert shape(read("<h1>a</h1>")) == [("h2", "", 0, "a")]


# Links --------------------------------------------------------------------------------------------


def test_a_link_is_taken_once_for_each_block_that_has_words_of_it():
    taken: list[tuple[LinkReference, str]] = []

    def take(reference: LinkReference, key: str) -> dict[str, str]:
        taken.append((reference, key))
        return {"_key": key}

    nodes = read(
        '<p><a linktype="page" id="3">a<b>b</b></a> <a linktype="page" id="3">c</a></p>'
        '<p>d<a href="/x"> </a>d<a href="/y"></a></p><a linktype="document" id="7"><p>e</p>f</a>',
        link=take,
    )

    assert taken == [
        (LinkReference("page", id=3), "b0m0"),
        (LinkReference("page", id=3), "b0m1"),
        (LinkReference("document", id=7), "b2m0"),
        (LinkReference("document", id=7), "b3m0"),
    ]
    assert [child["marks"] for child in nodes[0]["children"]] == [
        ["b0m0"],
        ["strong", "b0m0"],
        [],
        ["b0m1"],
    ]


def test_of_links_within_links_the_innermost_counts():
    block = read_one('<p><a href="/a">a<b><a href="/b">b</a></b></a></p>')

    assert [(text, marks[-1]) for text, marks in spans(block)] == [("a", "/a"), ("b", "/b")]


# Sizes --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("tag", ["b", "p", "div", "ul", "ul><li", "blockquote", "x-y", "a", "span"])
def test_ten_thousand_levels_are_read(tag):
    assert "".join(row[3] for row in shape(read(f"<{tag}>" * 10_000 + "deep"))) == "deep"


def test_words_beyond_the_limits_of_parsers_are_read():
    words = "x" * 12_000_000

    assert read_one(f'<p><a href="/{words}">{words}</a></p>')["children"][0]["text"] == words


def test_a_paragraph_of_very_many_pieces_is_read():
    block = read_one("<p>" + "a<b>b</b>&amp;" * 20_000 + "</p>")

    assert len(block["children"]) == 40_001
