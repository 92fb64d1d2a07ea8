"""What Wagtail's own converter writes, rather than what we think it does."""

import json
import re
from typing import Any

import pytest
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from api.codecs.rich_text.render import to_html
from tests.api.codecs.rich_text.samples import NOTE, read, shape, spans, text_of

FEATURES = [
    *("h2", "h3", "h4", "h5", "h6", "ol", "ul", "hr", "blockquote", "bold", "italic", "code"),
    *("superscript", "subscript", "strikethrough", "link", "document-link", "image", "embed"),
    "footnotes",
]

LINK: dict[str, Any] = {"type": "LINK", "data": {"url": "mailto:desk@example.org"}}
PAGE_LINK: dict[str, Any] = {"type": "LINK", "data": {"id": 3, "url": "/linked/", "parentId": 2}}
DOCUMENT_LINK: dict[str, Any] = {"type": "DOCUMENT", "data": {"id": 7, "url": "/documents/7/"}}
FOOTNOTE: dict[str, Any] = {"type": "FOOTNOTES", "data": {"footnote": NOTE}}
RULE: dict[str, Any] = {"type": "HORIZONTAL_RULE", "data": {}}
EMBED: dict[str, Any] = {"type": "EMBED", "data": {"url": "https://video.example/?a=1&b=2"}}
IMAGE: dict[str, Any] = {
    "type": "IMAGE",
    "data": {"id": 4, "format": "left", "alt": 'A "cat" & <dog>'},
}


def stored(*blocks: dict[str, Any]) -> str:
    """The database HTML of an editor's content; each block's `entities` are (offset, length, entity)."""
    entities: list[dict[str, Any]] = []
    for number, block in enumerate(blocks):
        ranges = []
        for offset, length, entity in block.pop("entities", ()):
            ranges.append({"offset": offset, "length": length, "key": len(entities)})
            entities.append(entity | {"mutability": "MUTABLE"})
        block |= {"key": f"key{number}", "entityRanges": ranges}
    content = {"blocks": blocks, "entityMap": dict(enumerate(entities))}
    return ContentstateConverter(FEATURES).to_database_format(json.dumps(content))


def block(
    text: str, kind: str = "unstyled", depth: int = 0, *styles: Any, **more: Any
) -> dict[str, Any]:
    ranges = [
        {"offset": start, "length": length, "style": style} for start, length, style in styles
    ]
    return {"text": text, "type": kind, "depth": depth, "inlineStyleRanges": ranges} | more


@pytest.mark.parametrize(
    ("kind", "style"),
    [
        ("unstyled", "normal"),
        ("header-two", "h2"),
        ("header-three", "h3"),
        ("header-four", "h4"),
        ("header-five", "h5"),
        ("header-six", "h6"),
        ("blockquote", "blockquote"),
    ],
)
def test_every_style_of_block(kind, style):
    assert shape(read(stored(block("a", kind)), strict=True)) == [(style, "", 0, "a")]


@pytest.mark.parametrize(
    ("style", "mark"),
    [
        ("BOLD", "strong"),
        ("ITALIC", "em"),
        ("STRIKETHROUGH", "strike-through"),
        ("CODE", "code"),
        ("SUPERSCRIPT", "sup"),
        ("SUBSCRIPT", "sub"),
    ],
)
def test_every_inline_style(style, mark):
    (node,) = read(stored(block("a b c", "unstyled", 0, (2, 1, style))), strict=True)

    assert spans(node) == [("a ", []), ("b", [mark]), (" c", [])]


def test_styles_that_overlap():
    html = stored(block("abcd", "unstyled", 0, (0, 3, "BOLD"), (1, 3, "ITALIC")))

    assert spans(read(html, strict=True)[0]) == [
        ("a", ["strong"]),
        ("bc", ["strong", "em"]),
        ("d", ["em"]),
    ]


@pytest.mark.parametrize("text", ["a < b & c > d", "\"'", "a\xa0b", "\N{GRINNING FACE} a\nb"])
def test_words_come_out_as_they_were_typed(text):
    assert text_of(read(stored(block(text)), strict=True)[0]) == text


def test_every_link_and_footnote():
    html = stored(
        block(
            "mail page file note",
            entities=[
                (0, 4, LINK),
                (5, 4, PAGE_LINK),
                (10, 4, DOCUMENT_LINK),
                (15, 4, FOOTNOTE),
            ],
        )
    )

    (node,) = read(html, strict=True)

    assert [mark["kind"] for mark in node["markDefs"]] == ["email", "page", "document"]
    assert node["children"][-1]["footnote"] == NOTE
    assert text_of(node) == "mail page file "


def test_a_link_that_wagtail_took_the_address_from_is_dead():
    link = {"type": "LINK", "data": {"url": "javascript:alert(1)"}}

    (node,) = read(stored(block("words", entities=[(0, 5, link)])), strict=True)

    assert [mark["_type"] for mark in node["markDefs"]] == ["dead_link"]


def test_everything_that_is_not_text():
    html = stored(
        *(block(" ", "atomic", entities=[(0, 1, entity)]) for entity in (RULE, EMBED, IMAGE))
    )

    nodes = read(html, strict=True)

    assert [node["_type"] for node in nodes] == ["break", "embed", "image"]
    assert nodes[1]["url"] == EMBED["data"]["url"]
    assert nodes[2]["alt"] == IMAGE["data"]["alt"]


@pytest.mark.parametrize(
    "levels",
    [[0, 0], [0, 1, 2, 1, 0], [2, 1, 0], [0, 3, 1], [4, 0, 4]],
)
@pytest.mark.parametrize("kind", ["unordered-list-item", "ordered-list-item"])
def test_lists_of_every_shape(levels, kind):
    html = stored(*(block(str(n), kind, depth) for n, depth in enumerate(levels)))

    nodes = read(html, strict=True)

    list_item = "bullet" if kind == "unordered-list-item" else "number"
    assert shape(nodes) == [
        ("normal", list_item, depth + 1, str(n)) for n, depth in enumerate(levels)
    ]
    assert to_html(nodes) == re.sub(r' data-block-key="\w+"', "", html)
