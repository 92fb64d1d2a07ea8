"""Portable Text as Markdown: CommonMark, with GitHub's strikethrough and footnote references."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from api.codecs.rich_text.render.escaping import escape_text, link_target
from api.codecs.rich_text.render.markdown_words import write_words
from api.codecs.rich_text.render.nesting import NestedList, Node, with_nested_lists

_NUMBER_SIGNS_AT_END = re.compile(r"(?<= )#+$")
_PREFIXES = {f"h{level}": "#" * level + " " for level in range(2, 7)}


def to_markdown(nodes: Iterable[Mapping[str, Any]]) -> str:
    """Markdown of resolved Portable Text, without a newline at its end.

    A footnote becomes `[^<number>]`; what it says is not part of the text. An embed becomes a
    link to its address, and a dead link no more than its words.
    """
    blocks = (
        _list(node) if isinstance(node, NestedList) else _NODES[node["_type"]](node)
        for node in with_nested_lists(nodes)
    )
    return "\n\n".join(filter(None, blocks))


def _list(nested: NestedList) -> str:
    items: list[str] = []
    for item in nested.items:
        parts = [_block(item.block) if item.block else "", *map(_list, item.lists)]
        if body := "\n".join(filter(None, parts)):
            marker = "- " if nested.kind == "bullet" else f"{len(items) + 1}. "
            items.append(marker + body.replace("\n", "\n" + " " * len(marker)))
    return "\n".join(items)


def _block(block: Node) -> str:
    text = write_words(block)
    if prefix := _PREFIXES.get(block["style"]):
        # A heading is one line, and number signs at its end would be taken for part of its markup.
        text = _NUMBER_SIGNS_AT_END.sub(r"\\\g<0>", text.replace("\\\n", " "))
        return prefix + text if text else ""
    if block["style"] == "blockquote":
        return "> " + text.replace("\n", "\n> ") if text else ""
    return text


def _break(node: Node) -> str:
    return "***"


def _embed(node: Node) -> str:
    return f"[{escape_text(node['url'])}]({link_target(node['url'])})"


def _image(node: Node) -> str:
    alt = escape_text(node["alt"].replace("\n", " "))
    return f"![{alt}]({link_target(node['image']['url'])})"


_NODES = {"block": _block, "break": _break, "embed": _embed, "image": _image}
