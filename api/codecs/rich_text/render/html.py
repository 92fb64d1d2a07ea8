"""Portable Text as HTML to be shown: no framework's classes, no scripts, nothing to look up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from api.codecs.rich_text.render.nesting import NestedList, Node, nest_marks, with_nested_lists

_TAGS = {
    "strong": "strong",
    "em": "em",
    "underline": "u",
    "strike-through": "s",
    "code": "code",
    "sup": "sup",
    "sub": "sub",
}
_LISTS = {"bullet": "ul", "number": "ol"}


def to_html(nodes: Iterable[Mapping[str, Any]]) -> str:
    """HTML of resolved Portable Text.

    A footnote becomes `<sup class="footnote-ref">` with a link to `#footnote-<number>`, an embed
    a link to its address, and a dead link no more than its words.
    """
    return "".join(
        _list(node) if isinstance(node, NestedList) else _NODES[node["_type"]](node)
        for node in with_nested_lists(nodes)
    )


def _list(nested: NestedList) -> str:
    tag = _LISTS[nested.kind]
    items = "".join(
        f"<li>{_item(item.block)}{''.join(map(_list, item.lists))}</li>" for item in nested.items
    )
    return f"<{tag}>{items}</{tag}>"


def _item(block: Node | None) -> str:
    if block is None:
        return ""
    return _inline(block) if block["style"] == "normal" else _block(block)


def _block(block: Node) -> str:
    tag = "p" if block["style"] == "normal" else block["style"]
    return f"<{tag}>{_inline(block)}</{tag}>"


def _break(node: Node) -> str:
    return "<hr>"


def _embed(node: Node) -> str:
    url = escape(node["url"])
    return f'<p><a href="{url}">{url}</a></p>'


def _image(node: Node) -> str:
    image = node["image"]
    return (
        f'<img src="{escape(image["url"])}" alt="{escape(node["alt"])}"'
        f' width="{image["width"]}" height="{image["height"]}">'
    )


_NODES = {"block": _block, "break": _break, "embed": _embed, "image": _image}


def _inline(block: Node) -> str:
    children: Sequence[Node] = block["children"]
    links = {mark["_key"]: mark["href"] for mark in block["markDefs"] if mark["_type"] == "link"}
    marks_of = [
        [mark for mark in child.get("marks", ()) if mark in _TAGS or mark in links]
        for child in children
    ]
    parts: list[str] = []
    for position, (closed, opened) in enumerate(nest_marks(marks_of, links)):
        for mark in closed:
            parts.append("</a>" if mark in links else f"</{_TAGS[mark]}>")
        for mark, _ in opened:
            parts.append(
                f'<a href="{escape(links[mark])}">' if mark in links else f"<{_TAGS[mark]}>"
            )
        if position < len(children):
            parts.append(_child(children[position]))
    return "".join(parts)


def _child(child: Node) -> str:
    if child["_type"] == "footnote":
        number = child["number"]
        return (
            f'<sup class="footnote-ref"><a href="#footnote-{number}"'
            f' role="doc-noteref">{number}</a></sup>'
        )
    return escape(child["text"], quote=False).replace("\n", "<br>")
