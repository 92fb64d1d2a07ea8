"""Portable Text as HTML."""

from typing import Any

import lxml.html  # type: ignore[import-untyped]
import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.codecs.rich_text.render import to_html
from tests.api.codecs.rich_text.samples import (
    IMAGE,
    NOTE,
    edited_html,
    read,
    resolve_image,
    text_of,
    unhurried,
)
from tests.api.codecs.rich_text.test_rich_text_properties import SOUP

HTML = [
    ("<p>a <b>b</b></p>", "<p>a <strong>b</strong></p>"),
    ("<h2>a</h2><h6>b</h6>", "<h2>a</h2><h6>b</h6>"),
    ("<blockquote>a<br/>b</blockquote>", "<blockquote>a<br>b</blockquote>"),
    ("<p>a</p><hr/><p>b</p>", "<p>a</p><hr><p>b</p>"),
    ("<p><i>a <b>b</b> c</i></p>", "<p><em>a <strong>b</strong> c</em></p>"),
    ("<p><b>a <i>b</i></b><i> c</i></p>", "<p><strong>a <em>b</em></strong><em> c</em></p>"),
    (
        "<p><u>a</u><s>b</s><code>c</code><sup>d</sup><sub>e</sub></p>",
        "<p><u>a</u><s>b</s><code>c</code><sup>d</sup><sub>e</sub></p>",
    ),
    (
        '<p><a linktype="page" id="3">a <b>b</b></a></p>',
        '<p><a href="https://news.example/linked/">a <strong>b</strong></a></p>',
    ),
    (
        '<p><b>a <a href="/b">b</a></b><a href="/c">c</a></p>',
        '<p><strong>a <a href="/b">b</a></strong><a href="/c">c</a></p>',
    ),
    (
        '<p><b><a href="/a">a</a> b</b> <b><a href="/c">c</a></b></p>',
        '<p><strong><a href="/a">a</a> b</strong> <a href="/c"><strong>c</strong></a></p>',
    ),
    ('<p>a <a href="javascript:b">b</a></p>', "<p>a b</p>"),
    ('<p>a <a linktype="page" id="x"><b>b</b></a> c</p>', "<p>a <strong>b</strong> c</p>"),
    (
        '<p><a href="/?a=1&amp;b=&quot;&lt;">a</a></p>',
        '<p><a href="/?a=1&amp;b=&quot;&lt;">a</a></p>',
    ),
    ("<p>&lt;b&gt; &amp;amp; &quot;</p>", '<p>&lt;b&gt; &amp;amp; "</p>'),
    (
        "<ul><li>a<ol><li>b</li></ol><ul><li>c</li></ul></li><li>d</li></ul><ol><li>e</li></ol>",
        "<ul><li>a<ol><li>b</li></ol><ul><li>c</li></ul></li><li>d</li></ul><ol><li>e</li></ol>",
    ),
    (
        "<ul><li><ul><li><ul><li>a</li></ul></li><li>b</li></ul></li><li>c</li></ul><p>d</p>",
        "<ul><li><ul><li><ul><li>a</li></ul></li><li>b</li></ul></li><li>c</li></ul><p>d</p>",
    ),
    ("<ul><li>a</li></ul><p>b</p><ul><li>c</li></ul>", None),
    ("<ul><li><h3>a</h3></li></ul>", None),
    (
        f'<p>a<footnote id="{NOTE}">x</footnote></p>',
        '<p>a<sup class="footnote-ref"><a href="#footnote-1" role="doc-noteref">1</a></sup></p>',
    ),
    (
        f'<p><a href="/a">a<footnote id="{NOTE}">x</footnote>b</a></p>',
        '<p><a href="/a">a</a><sup class="footnote-ref"><a href="#footnote-1" role="doc-noteref">'
        '1</a></sup><a href="/a">b</a></p>',
    ),
    (
        '<embed embedtype="media" url="https://example.org/?a&amp;b"/>',
        '<p><a href="https://example.org/?a&amp;b">https://example.org/?a&amp;b</a></p>',
    ),
    (
        '<embed embedtype="image" id="4" alt="&quot;a&quot; &lt;b&gt;"/>',
        '<img src="https://media.example/4.jpg" alt="&quot;a&quot; &lt;b&gt;" width="800"'
        ' height="600">',
    ),
    ("", ""),
]


@pytest.mark.parametrize(("stored", "shown"), HTML)
def test_html_that_is_shown(stored, shown):
    assert to_html(read(stored)) == (stored if shown is None else shown)


def test_a_link_is_one_link_though_other_marks_end_within_it():
    spans = [("a ", ["strong"]), ("b", ["strong", "m"]), (" c", ["m"])]

    shown = to_html(_text(spans, "/b"))

    assert shown == '<p><strong>a </strong><a href="/b"><strong>b</strong> c</a></p>'


def test_a_mark_that_is_not_defined_leaves_the_words():
    assert to_html(_text([("a", ["nonsense"])], "/")) == "<p>a</p>"


def _text(spans: list[tuple[str, list[str]]], href: str) -> list[dict[str, Any]]:
    children = [
        {"_type": "span", "_key": "", "text": text, "marks": marks} for text, marks in spans
    ]
    link = {"_type": "link", "_key": "m", "href": href}
    return [{"_type": "block", "style": "normal", "children": children, "markDefs": [link]}]


EDITED = edited_html(st.text(st.characters(exclude_categories=["C"]), min_size=1))


@given(EDITED)
@unhurried
def test_shown_and_read_again_a_text_is_the_same(html):
    nodes = read(html)
    for node in nodes:
        for mark in node.get("markDefs", ()):
            if mark["kind"] in ("page", "document"):
                # What is shown is their address alone.
                mark |= {"kind": "external", "page": None, "document": None}

    assert read(to_html(nodes), strict=True) == nodes


@given(st.text(st.characters(exclude_categories=["C"])))
@unhurried
def test_any_text_shown_and_read_again_is_the_same_text(text):
    shown = to_html(_text([(" ".join(text.split()), [])], "/"))

    assert "".join(map(text_of, read(shown))) == " ".join(text.split())


@given(SOUP)
@unhurried
def test_nothing_in_a_text_becomes_markup_of_its_own(html):
    shown = to_html(read(html))

    if shown:
        for element in lxml.html.fragments_fromstring(shown):
            for child in element.iter():
                assert child.tag in KNOWN, shown
                assert set(child.attrib) <= {
                    "href",
                    "src",
                    "alt",
                    "width",
                    "height",
                    "class",
                    "role",
                }
                assert not child.get("href", "").startswith("javascript")


KNOWN = {
    *("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "hr", "br", "img"),
    *("strong", "em", "u", "s", "code", "sup", "sub", "a"),
}


@given(st.text(), st.text(), st.text())
@unhurried
def test_attributes_hold_what_they_were_given(href, alt, src):
    image = resolve_image(4, alt, "b1") | {"image": IMAGE | {"url": src}}
    shown = to_html([*_text([("a", ["m"])], href), image])

    paragraph, img = lxml.html.fragments_fromstring(shown.encode(), parser=_UTF8)
    assert _as_parsed(paragraph[0].get("href")) == _as_parsed(href)
    assert (_as_parsed(img.get("alt")), _as_parsed(img.get("src"))) == (
        _as_parsed(alt),
        _as_parsed(src),
    )


_UTF8 = lxml.html.HTMLParser(encoding="utf-8")


def _as_parsed(text: str) -> str:
    """Parsers of HTML replace NUL and write every end of a line as one newline."""
    return text.replace("\0", "\N{REPLACEMENT CHARACTER}").replace("\r\n", "\n").replace("\r", "\n")
