"""What holds of every text, and not only of those somebody thought of."""

import re
from html import escape
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from api.codecs.rich_text.parse import UnknownTag
from tests.api.codecs.rich_text.samples import (
    ADAPTER,
    DECORATING_TAGS,
    NOTE,
    edited_html,
    keys,
    read,
    text_of,
    unhurried,
)

ANY_TEXT = st.text(st.one_of(st.characters(), st.characters(categories=["Cs", "Cc"])))
"""Lone surrogates, control characters and all."""

TAGS = [
    *DECORATING_TAGS,
    *("p", "h1", "h2", "ul", "ol", "li", "blockquote", "a", "br", "hr", "embed", "footnote"),
    *("div", "table", "tr", "td", "script", "style", "title", "textarea", "template", "iframe"),
    *("html", "head", "body", "frameset", "select", "option", "svg", "plaintext", "x-y"),
]
ATTRIBUTES = [
    "",
    ' href="https://example.org/"',
    " href='javascript:alert(1)'",
    ' linktype="page" id="3"',
    ' linktype="x" id=x',
    ' embedtype="media" url="https://example.org/"',
    ' embedtype="image" id="4" alt="a"',
    f' id="{NOTE}"',
    ' a="',
]
MARKUP = st.one_of(
    st.builds("<{}{}>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds("<{}{}/>".format, st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.sampled_from(TAGS).map("</{}>".format),
    st.sampled_from(
        ["<!--", "-->", "<![CDATA[", "<?xml encoding='utf-16'?>", "<!doctype", "<", "&"]
    ),
    st.sampled_from(["&amp;", "&#0;", "&#xD800;", "&nbsp", "&#x110000;", "&colon;", " ", "\n"]),
    ANY_TEXT,
)
SOUP = st.one_of(ANY_TEXT, st.lists(MARKUP, max_size=25).map("".join))

WORDS = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1)
BLANKS = st.sampled_from(["", "", " ", "  ", "\n", "\xa0"])
UNKNOWN_TAGS = ["span", "x-y", 'font color="red"', "label"]


@given(SOUP)
@example("a\ud800b")
@example("</p></body></html><html><body>")
@example("<?xml version='1.0' encoding='utf-16'?>a")
@unhurried
def test_any_input_is_read_and_is_what_the_contract_says(html):
    nodes = read(html)

    validated = ADAPTER.validate_python(nodes)
    assert ADAPTER.dump_python(validated, mode="json") == nodes


@given(SOUP)
@unhurried
def test_keys_are_unique_and_the_same_every_time(html):
    nodes = read(html)

    assert len(set(keys(nodes))) == len(keys(nodes))
    assert read(html) == nodes


@given(SOUP)
@unhurried
def test_every_mark_is_a_decorator_or_defined_and_every_definition_is_used(html):
    decorators = {"strong", "em", "underline", "strike-through", "code", "sup", "sub"}
    for block in read(html):
        used = {mark for child in block.get("children", ()) for mark in child.get("marks", ())}
        assert used - decorators == {mark["_key"] for mark in block.get("markDefs", ())}


@given(SOUP)
@unhurried
def test_blocks_are_in_normal_form(html):
    for block in read(html):
        if block["_type"] != "block":
            continue
        text = text_of(block)
        first, last = block["children"][0], block["children"][-1]
        # Blanks between a note's mark and the words beside it are the author's.
        assert text == text.lstrip(" \n") or first["_type"] == "footnote"
        assert text == text.rstrip(" \n") or last["_type"] == "footnote"
        assert not re.search(r"[ \t\r\f\v]{2}| \n|\n ", text) or "footnote" in str(
            block["children"]
        )
        assert any(child["_type"] == "footnote" for child in block["children"]) or text.strip()
        for one, next_one in pairwise(block["children"]):
            assert one.get("marks") != next_one.get("marks") or one["_type"] == "footnote"


@given(st.lists(st.tuples(WORDS, BLANKS, st.sampled_from([*DECORATING_TAGS, "span", "x-y"]))))
@unhurried
def test_words_and_blanks_survive_any_marking(pieces):
    marked = "".join(f"<{tag}>{escape(word)}{blank}</{tag}>" for word, blank, tag in pieces)
    plain = "".join(word + blank for word, blank, _ in pieces)

    nodes = read(f"<p>{marked}</p>")

    assert "".join(map(text_of, nodes)) == re.sub(r"[ \n]+", " ", plain).strip(" \n")


@given(edited_html(WORDS, UNKNOWN_TAGS))
@unhurried
def test_no_word_of_a_text_is_lost_or_moved(html):
    words = re.sub(r"<[^>]*>", "", html)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(entity, character)

    read_words = "".join(map(text_of, read(html)))

    assert "".join(read_words.split()) == "".join(words.split())


@given(edited_html(WORDS))
@unhurried
def test_what_an_editor_can_write_is_known(html):
    assert read(html, strict=True) == read(html)


@given(SOUP)
@unhurried
def test_strict_reading_differs_by_nothing_but_its_exception(html):
    try:
        nodes = read(html, strict=True)
    except UnknownTag:
        return
    assert nodes == read(html)
