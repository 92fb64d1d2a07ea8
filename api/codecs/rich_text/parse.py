"""From Wagtail's database HTML to Portable Text.

The HTML is read as a stream of events, never as a tree, so no depth of nesting can exhaust the
stack; and what libxml2 reports is always balanced, so whatever is closed was open.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from lxml import etree  # type: ignore[import-untyped]  # publishes no types

from api.codecs.rich_text.blocks import BlockBuilder, Marking, TakeLink
from api.codecs.rich_text.links import UnknownLink, read_embed_url, read_id, read_link
from api.codecs.rich_text.types import MAX_LIST_LEVEL

_DECORATORS = {
    "b": "strong",
    "strong": "strong",
    "i": "em",
    "em": "em",
    "u": "underline",
    "s": "strike-through",
    "del": "strike-through",
    "code": "code",
    "sup": "sup",
    "sub": "sub",
}
_STYLES = {tag: tag for tag in ("h2", "h3", "h4", "h5", "h6", "blockquote")}
_LISTS = {"ul": "bullet", "ol": "number"}
_OTHERS = {"p", "li", "a", "br", "hr", "embed", "footnote", "html", "body"}
_KNOWN = {*_DECORATORS, *_STYLES, *_LISTS, *_OTHERS}

# What Wagtail never writes, but what texts imported from elsewhere bring along.
_FOREIGN_STYLES = {"h1": "h2"}
_FOREIGN_PARAGRAPHS = {
    *("address", "article", "aside", "caption", "center", "dd", "details", "dialog", "div", "dl"),
    *("dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "legend", "main"),
    *("menu", "nav", "option", "pre", "section", "summary", "table", "tbody", "td", "tfoot"),
    *("th", "thead", "tr"),
}
_WORDLESS = {"iframe", "noembed", "noframes", "script", "style", "template", "title"}

_ALL_STYLES = {**_STYLES, **_FOREIGN_STYLES}
_PARAGRAPHS = {"p", *_FOREIGN_PARAGRAPHS}
_WHOLE_BLOCKS = {*_ALL_STYLES, *_LISTS, "li"}


class UnknownTag(ValueError):
    """Markup that this codec has no meaning for; `tag` is what was found."""

    def __init__(self, tag: str) -> None:
        super().__init__(f"Rich text holds markup that has no meaning here: {tag}")
        self.tag = tag


class NumberFootnote(Protocol):
    """Gives a footnote's number; None for one that does not exist."""

    def __call__(self, uuid: str, /) -> int | None: ...


class TakeImage(Protocol):
    """Gives the node of an image, or what will be replaced by it."""

    def __call__(self, id_: int, alt: str, key: str, /) -> object: ...


def to_portable_text(
    html: str,
    *,
    link: TakeLink,
    footnote: NumberFootnote,
    image: TakeImage,
    strict: bool = False,
) -> list[Any]:
    """Portable Text of database HTML, as `types.PortableText` describes it once resolved.

    `link(reference, key)` is called for every link that has words and an allowed address, and
    returns what shall stand in the block's `markDefs`; `image(id, alt, key)` returns what shall
    stand in the list. Both may be placeholders that the caller resolves later.
    `footnote(uuid)` returns the number readers see; a reference to an unknown footnote vanishes.

    The `_key`s follow from what is left of the text, not from what an editor's session left in
    the HTML, so a draft and its published text have the same.

    Raises UnknownTag if `strict`, for markup without a meaning here. Otherwise its words are kept,
    and no input raises anything.
    """
    target = _Reader(link, footnote, image, strict)
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    # In bytes, because lxml refuses text that claims an encoding; in a body, because libxml2
    # invents paragraphs for words outside of one.
    source = b"<html><body>" + html.encode("utf-8", "replace")
    nodes: list[Any] = etree.fromstring(source, parser)
    return nodes


class _Context(NamedTuple):
    """What holds for the words at one place in the HTML."""

    marking: Marking = Marking()
    style: str = "normal"
    list_item: str | None = None
    level: int = 0
    silent: bool = False


class _Reader:
    """Takes the events of lxml's parser, and `close` gives the nodes."""

    def __init__(
        self, link: TakeLink, footnote: NumberFootnote, image: TakeImage, strict: bool
    ) -> None:
        self._footnote = footnote
        self._image = image
        self._strict = strict
        self._context = _Context()
        self._outer: list[_Context] = []
        self._nodes: list[Any] = []
        self._block = BlockBuilder(link)

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._strict and tag not in _KNOWN:
            raise UnknownTag(tag)
        context = self._context
        self._outer.append(context)
        if decorator := _DECORATORS.get(tag):
            self._context = context._replace(marking=context.marking.decorated(decorator))
        elif tag in _PARAGRAPHS or tag in _WHOLE_BLOCKS:
            self._start_block(tag, context)
        elif tag == "a":
            self._context = context._replace(marking=self._read_link(context, attributes))
        elif tag == "br":
            self._block.break_line(context.marking)
        elif tag == "hr":
            self._end_block()
            self._nodes.append({"_type": "break", "_key": self._next_key()})
        elif tag == "embed":
            self._read_embed(attributes)
        elif tag == "footnote":
            self._read_footnote(attributes)
            self._context = context._replace(silent=True)
        elif tag in _WORDLESS:
            self._context = context._replace(silent=True)

    def end(self, tag: str) -> None:
        if tag in _PARAGRAPHS:
            self._end_paragraph()
        elif tag in _WHOLE_BLOCKS:
            self._end_block()
        self._context = self._outer.pop()

    def data(self, text: str) -> None:
        if not self._context.silent:
            self._block.add_words(text, self._context.marking)

    def close(self) -> list[Any]:
        self._end_block()
        return self._nodes

    def _start_block(self, tag: str, context: _Context) -> None:
        # A footnote that was never closed must not swallow the blocks after it.
        context = context._replace(silent=False)
        if tag in _PARAGRAPHS:
            self._end_paragraph()
        else:
            self._end_block()
        if style := _ALL_STYLES.get(tag):
            context = context._replace(style=style)
        elif list_item := _LISTS.get(tag):
            level = min(context.level + 1, MAX_LIST_LEVEL)
            context = context._replace(style="normal", list_item=list_item, level=level)
        elif tag == "li":
            list_item, level = context.list_item or "bullet", context.level or 1
            context = context._replace(style="normal", list_item=list_item, level=level)
        self._context = context

    def _end_paragraph(self) -> None:
        """Two paragraphs in one item of a list are still one item."""
        if self._context.list_item:
            self._block.break_line_before_more()
        else:
            self._end_block()

    def _end_block(self) -> None:
        context = self._context
        block = self._block.take(self._next_key(), context.style, context.list_item, context.level)
        if block:
            self._nodes.append(block)

    def _next_key(self) -> str:
        return f"b{len(self._nodes)}"

    def _read_link(self, context: _Context, attributes: Mapping[str, str]) -> Marking:
        try:
            return context.marking.linked(read_link(attributes))
        except UnknownLink as unknown:
            if self._strict:
                raise UnknownTag(f'a linktype="{unknown}"') from None
            return context.marking.linked(None)

    def _read_embed(self, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("embedtype")
        self._end_block()
        if kind == "image":
            if id_ := read_id(attributes.get("id", "")):
                alt = attributes.get("alt", "")
                self._nodes.append(self._image(id_, alt, self._next_key()))
        elif kind == "media":
            if url := read_embed_url(attributes.get("url", "")):
                self._nodes.append({"_type": "embed", "_key": self._next_key(), "url": url})
        elif self._strict:
            raise UnknownTag(f'embed embedtype="{kind}"')

    def _read_footnote(self, attributes: Mapping[str, str]) -> None:
        try:
            uuid = str(UUID(attributes.get("id", "")))
        except ValueError:
            return
        number = self._footnote(uuid)
        if number is not None:
            self._block.add_footnote(uuid, number)
