"""Portable Text as Markdown, checked by reading it with a parser of CommonMark."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from api.codecs.rich_text.render import to_markdown
from tests.api.codecs.rich_text.samples import NOTE, edited_html, read, unhurried
from tests.api.codecs.rich_text.test_rich_text_properties import SOUP

COMMONMARK = MarkdownIt("commonmark").enable("strikethrough")
WITH_TABLES = MarkdownIt("commonmark").enable(["strikethrough", "table"])

MARKDOWN = [
    ("<p>a <b>b</b> <i>c</i> <s>d</s></p>", "a **b** *c* ~~d~~"),
    ("<p><b><i>a</i></b></p>", "***a***"),
    ("<p>a<b> b </b>c</p>", "a **b** c"),
    ("<p><b>a </b><i>b</i></p>", "**a** *b*"),
    ("<p>un<b>believ</b>able</p>", "un<strong>believ</strong>able"),
    ("<p><b>a</b><i>b</i></p>", "**a**<em>b</em>"),
    ("<p>(<b>a</b>), (<b>“a”</b>)</p>", "(**a**), (<strong>“a”</strong>)"),
    (
        "<p>(<b><i>a</i></b>), (<b><code>a</code></b>)</p>",
        "(<strong>*a*</strong>), (<strong>`a`</strong>)",
    ),
    ('<p><a href="/b">a <i>b!</i></a></p>', "[a <em>b!</em>](/b)"),
    ("<p><b>a <i>b!</i></b></p>", "**a *b!***"),
    ("<p><u>a <i>b</i></u><i> c</i></p>", "<u>a *b*</u><em> c</em>"),
    ('<p><b>a!</b> <a href="/b">b</a></p>', "**a!** [b](/b)"),
    ("<p>“<b>a</b>”</p>", "“<strong>a</strong>”"),
    ("<p>CO<sub>2</sub>, m<sup>2</sup>, <u>u</u></p>", "CO<sub>2</sub>, m<sup>2</sup>, <u>u</u>"),
    ("<h2>a</h2><p>b</p>", "## a\n\nb"),
    ("<h6>a<br/>b</h6>", "###### a b"),
    ("<h2>C # ##</h2><h3>#</h3><h4>C#</h4>", "## C # \\##\n\n### \\#\n\n#### C#"),
    ("<p>a<br/>b</p>", "a\\\nb"),
    ("<p>a<br/><br/>b</p>", "a\\\n\\\nb"),
    ("<blockquote>a<br/>b</blockquote><blockquote>c</blockquote>", "> a\\\n> b\n\n> c"),
    ("<p>a</p><hr/><p>b</p>", "a\n\n***\n\nb"),
    (
        "<ul><li>a<br/>b<ol><li>c</li><li>d</li></ol></li><li>e</li></ul><ol><li>f</li></ol>",
        "- a\\\n  b\n  1. c\n  2. d\n- e\n\n1. f",
    ),
    (
        f"<ol>{'<li>a</li>' * 9}<li>b<br/>c</li></ol>",
        "\n".join(f"{n}. a" for n in range(1, 10)) + "\n10. b\\\n    c",
    ),
    ("<ul><li><ul><li>a</li></ul></li><li>b</li></ul>", "- - a\n- b"),
    ("<ul><li><h3>a</h3></li></ul>", "- ### a"),
    ("<p><code>a*b</code> <code>a`b</code> <code>`</code></p>", "`a*b` ``a`b`` `` ` ``"),
    ("<p><code>a`b``c</code></p>", "```a`b``c```"),
    ("<p><code>a<br/>b</code></p>", "`a`\\\n`b`"),
    ('<p><a href="/b"><code>a]:</code></a></p>', "[<code>a\\]:</code>](/b)"),
    ('<p><a linktype="page" id="3">a <b>b</b></a></p>', "[a **b**](https://news.example/linked/)"),
    (
        '<p><a href="https://example.org/a_(b) c?d=1&amp;copy=2">a]</a></p>',
        "[a\\]](https://example.org/a_\\(b\\)%20c?d=1\\&copy=2)",
    ),
    ('<p>a <a href="javascript:b">b</a></p>', "a b"),
    ('<p>a! <a href="/b">b</a>!</p>', "a! [b](/b)!"),
    ('<p>a!<a href="/b">b</a></p>', "a\\![b](/b)"),
    (f'<p>a<footnote id="{NOTE}">x</footnote> b</p>', "a[^1] b"),
    (f'<p><footnote id="{NOTE}">x</footnote>: b</p>', "[^1]\\: b"),
    (f'<p>a<footnote id="{NOTE}">x</footnote>(b)</p>', "a[^1]\\(b)"),
    (
        '<embed embedtype="media" url="https://example.org/a_b?c&amp;d"/>',
        "[https://example.org/a\\_b?c\\&d](https://example.org/a_b?c\\&d)",
    ),
    (
        '<embed embedtype="image" id="4" alt="a]\n[b"/>',
        "![a\\] \\[b](https://media.example/4.jpg)",
    ),
    ("", ""),
]


@pytest.mark.parametrize(("stored", "markdown"), MARKDOWN)
def test_markdown(stored, markdown):
    assert to_markdown(read(stored)) == markdown


@pytest.mark.parametrize(
    ("words", "markdown"),
    [
        ("# a", "\\# a"),
        ("#", "\\#"),
        ("#a", "#a"),
        ("C# a", "C# a"),
        ("> a", "\\> a"),
        ("a > b", "a > b"),
        ("- a", "\\- a"),
        ("-5 degrees", "-5 degrees"),
        ("-0.5 degrees", "-0.5 degrees"),
        ("---", "\\---"),
        ("===", "\\==="),
        ("+ a", "\\+ a"),
        ("1. a", "1\\. a"),
        ("1986) a", "1986\\) a"),
        ("1.5 million", "1.5 million"),
        ("2026.", "2026\\."),
        ("* a", "\\* a"),
        ("a_b_c", "a\\_b\\_c"),
        ("[a](b)", "\\[a\\](b)"),
        ("[a]: b", "\\[a\\]: b"),
        ("![a](b)", "!\\[a\\](b)"),
        ("<b>", "\\<b>"),
        ("&amp;", "\\&amp;"),
        ("a & b", "a & b"),
        ("`a`", "\\`a\\`"),
        ("~~~", "\\~\\~\\~"),
        ("a | b", "a \\| b"),
        ("a\\", "a\\\\"),
        ("\\*a\\*", "\\\\\\*a\\\\\\*"),
    ],
)
def test_words_that_look_like_markup_are_escaped(words, markdown):
    stored = words.replace("&", "&amp;").replace("<", "&lt;")

    assert to_markdown(read(f"<p>{stored}</p>")) == markdown
    assert to_markdown(read(f"<p>a<br/>{stored}</p>")) == f"a\\\n{markdown}"
    assert _meaning(read(COMMONMARK.render(markdown))) == _meaning(read(f"<p>{stored}</p>"))


# What a parser makes of it ------------------------------------------------------------------------


def _meaning(nodes: list[Any]) -> list[Any]:
    """Each block with the marks of each character, but for what Markdown cannot or need not say.

    Nobody sees the marks of blanks, a heading is one line, and dead links are only words.
    """
    return [
        (
            node["_type"],
            node.get("style"),
            node.get("listItem"),
            node.get("level"),
            list(_characters(node)),
        )
        for node in nodes
    ]


def _characters(node: dict[str, Any]) -> Iterator[tuple[str, frozenset[str | None]]]:
    names = {mark["_key"]: mark.get("href") for mark in node.get("markDefs", ())}
    in_heading = node.get("style", "").startswith("h")
    before = ""
    for child in node.get("children", ()):
        marks = frozenset(names.get(mark, mark) for mark in child["marks"]) - {None}
        for character in child["text"]:
            if not in_heading or character.strip() or before.strip():
                blank = " " if in_heading else character
                yield (character, marks) if character.strip() else (blank, frozenset())
            before = character


AWKWARD = st.text(
    st.sampled_from([*"ab1 .)!*_`~#>-+=[]()<|&;:\\\"'“”é", "\N{ZERO WIDTH SPACE}"]),
    min_size=1,
    max_size=8,
)


@given(edited_html(AWKWARD))
@example("<p><i>-<b>-a-</b>-</i></p>")
@example("<p>.<b><i>-a-</i>-</b>.</p>")
@example("<p>a <b>b</b><i>c</i><b>d</b></p>")
@example("<p>1<a href='javascript:a'>. a</a></p>")
@example("<p><b>1<br/></b><br/><b>1</b></p>")
@example('<p><b>1</b><a href="/b"><b><br/>1</b><br/>1</a></p>')
@example('<p><a href="/b"><i><b>1</b></i><b>:<i>:</i></b></a></p>')
@example('<p><a href="/b"><code>]:</code></a></p>')
@unhurried
def test_read_by_a_parser_of_commonmark_a_text_is_the_same(html):
    nodes = read(html)

    for parser in (COMMONMARK, WITH_TABLES):
        assert _meaning(read(parser.render(to_markdown(nodes)))) == _meaning(nodes)


@given(st.text(st.characters(exclude_categories=["C", "Z"])))
@unhurried
def test_any_words_read_by_a_parser_are_the_same_words(text):
    stored = text.replace("&", "&amp;").replace("<", "&lt;")
    nodes = read(f"<p>a {stored} b</p>")

    assert _meaning(read(COMMONMARK.render(to_markdown(nodes)))) == _meaning(nodes)


@given(SOUP)
@unhurried
def test_nothing_in_a_text_becomes_markup_of_its_own(html):
    shown = COMMONMARK.render(to_markdown(read(html)))

    for tag in ("<script", "<style", "<iframe", "<table", "<!--", 'href="javascript'):
        assert tag not in shown
