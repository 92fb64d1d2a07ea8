"""Portable Text as HTML."""

from itertools import groupby
from typing import Any

from frontend_contract.reader.html import Html, anchor, join, tag
from frontend_contract.reader.values import figure

DECORATORS = {
    "strong": "strong",
    "em": "em",
    "underline": "u",
    "strike-through": "s",
    "code": "code",
    "sup": "sup",
    "sub": "sub",
}
LISTS = {"bullet": "ul", "number": "ol"}


def prose(nodes: list[dict[str, Any]]) -> Html:
    """A rich text. Items of lists stand one after the other, each with its level and kind."""
    html = ""
    open_lists: list[str] = []
    for node in nodes:
        level, kind = node.get("level", 0), LISTS.get(node.get("listItem", ""), "")
        while len(open_lists) > level or (len(open_lists) == level > 0 and open_lists[-1] != kind):
            html += f"</li></{open_lists.pop()}>"
        if level and len(open_lists) == level:
            html += "</li><li>"
        while len(open_lists) < level:
            open_lists.append(kind)
            html += f"<{kind}><li>"
        html += _node(node)
    for kind in reversed(open_lists):
        html += f"</li></{kind}>"
    return Html(html)


def _node(node: dict[str, Any]) -> Html:
    match node["_type"]:
        case "block":
            words = _inline(node["children"], {mark["_key"]: mark for mark in node["markDefs"]})
            if "listItem" in node:
                return words
            return tag({"normal": "p"}.get(node["style"], node["style"]), words)
        case "image":
            return figure(node["image"] | {"alt": node["alt"]})
        case "embed":
            return tag("p", anchor(node["url"], node["url"]))
        case "break":
            return tag("hr")
        case _:
            return Html()


def _inline(children: list[dict[str, Any]], marks: dict[str, dict[str, Any]]) -> Html:
    """Spans; neighbours with the same link are one link."""

    def link_of(span: dict[str, Any]) -> str:
        return next((mark for mark in span.get("marks", []) if mark in marks), "")

    html = []
    for key, spans in groupby(children, link_of):
        words = join(*map(_span, spans))
        # A dead link has no address: its words stay.
        address = marks[key].get("href", "") if key else ""
        html.append(anchor(address, words))
    return join(html)


def _span(span: dict[str, Any]) -> Html:
    if span["_type"] == "footnote":
        number = span["number"]
        return tag("sup", tag("a", number, href=f"#note-{number}", role="doc-noteref"))
    html = Html(join(span["text"]).replace("\n", "<br>"))
    for mark in span["marks"]:
        if mark in DECORATORS:
            html = tag(DECORATORS[mark], html)
    return html
