"""Gathers the words between two block boundaries, and makes one Portable Text block of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from api.codecs.rich_text.links import LinkReference, dead_link

DECORATORS = ("strong", "em", "underline", "strike-through", "code", "sup", "sub")
"""In the order in which every span names them."""

# Characters that no reader sees and XML, or a database, refuses.
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]+")
# Only what is not a single blank already: the common text is left as it is. No-break spaces stay.
_BLANKS = re.compile("[\t\n\x0b\f\r\x1c-\x1f][\t\n\x0b\f\r\x1c-\x1f ]*| [\t\n\x0b\f\r\x1c-\x1f ]+")


class TakeLink(Protocol):
    """Gives the mark of a link, or what will be replaced by it."""

    def __call__(self, reference: LinkReference, key: str, /) -> object: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Link:
    """One `<a>`: two of them are two links, even to the same place."""

    reference: LinkReference | None


class Marking(NamedTuple):
    """How words are marked."""

    decorators: frozenset[str] = frozenset()
    link: _Link | None = None

    def decorated(self, decorator: str) -> Marking:
        return Marking(self.decorators | {decorator}, self.link)

    def linked(self, reference: LinkReference | None) -> Marking:
        """None is a link that readers must not follow. The innermost of nested links counts."""
        return Marking(self.decorators, _Link(reference))


class _Words(NamedTuple):
    text: str
    marking: Marking


class _Footnote(NamedTuple):
    uuid: str
    number: int


class BlockBuilder:
    """Collapses blanks as a browser does, and merges what is marked alike."""

    def __init__(self, take_link: TakeLink) -> None:
        self._take_link = take_link
        self._begin()

    def _begin(self) -> None:
        self._pieces: list[_Words | _Footnote] = []
        self._break_is_due = False

    def add_words(self, text: str, marking: Marking) -> None:
        text = _BLANKS.sub(" ", _UNSEEN.sub("", text))
        if text.startswith(" ") and (self._break_is_due or self._ends_with_blank()):
            text = text[1:]
        if text:
            self._break_if_due()
            self._pieces.append(_Words(text, marking))

    def add_footnote(self, uuid: str, number: int) -> None:
        self._break_if_due()
        self._pieces.append(_Footnote(uuid, number))

    def break_line(self, marking: Marking) -> None:
        """A line break; one before the first word breaks nothing."""
        self._break_is_due = False
        if self._pieces:
            self._drop_trailing(" ")
            self._pieces.append(_Words("\n", marking))

    def break_line_before_more(self) -> None:
        """A line break, if more is to follow."""
        self._break_is_due = bool(self._pieces)

    def take(self, key: str, style: str, list_item: str | None, level: int) -> object:
        """The block of all that was added since the last one; None if nobody would see it."""
        if not self._pieces:
            return None
        self._drop_trailing(" \n")
        pieces = self._pieces
        self._begin()
        if not any(isinstance(piece, _Footnote) or piece.text.strip() for piece in pieces):
            return None
        block: dict[str, Any] = {"_type": "block", "_key": key, "style": style}
        if list_item:
            block |= {"listItem": list_item, "level": level}
        link_keys = _link_keys(pieces, key)
        block["children"] = _children(pieces, link_keys, key)
        block["markDefs"] = [self._define(link, key) for link, key in link_keys.items()]
        return block

    def _define(self, link: _Link, key: str) -> object:
        return self._take_link(link.reference, key) if link.reference else dead_link(key)

    def _ends_with_blank(self) -> bool:
        if not self._pieces:
            return True
        last = self._pieces[-1]
        return isinstance(last, _Words) and last.text[-1] in " \n"

    def _break_if_due(self) -> None:
        if self._break_is_due:
            self.break_line(Marking())

    def _drop_trailing(self, blanks: str) -> None:
        while self._pieces:
            last = self._pieces[-1]
            if isinstance(last, _Footnote) or last.text[-1] not in blanks:
                return
            self._pieces.pop()
            if text := last.text.rstrip(blanks):
                self._pieces.append(_Words(text, last.marking))


def _link_keys(pieces: Sequence[_Words | _Footnote], block_key: str) -> dict[_Link, str]:
    """The block's links, in reading order. One around nothing but blanks leads nobody anywhere."""
    links = [
        piece.marking.link for piece in pieces if isinstance(piece, _Words) and piece.text.strip()
    ]
    return {link: f"{block_key}m{n}" for n, link in enumerate(dict.fromkeys(filter(None, links)))}


def _children(
    pieces: Sequence[_Words | _Footnote], link_keys: Mapping[_Link, str], block_key: str
) -> list[dict[str, Any]]:
    children: list[dict[str, Any]] = []
    for piece in pieces:
        key = f"{block_key}c{len(children)}"
        if isinstance(piece, _Footnote):
            number, uuid = piece.number, piece.uuid
            children.append({"_type": "footnote", "_key": key, "number": number, "footnote": uuid})
            continue
        marks = _marks(piece.marking, link_keys)
        if children and children[-1].get("marks") == marks:
            children[-1]["text"].append(piece.text)
        else:
            children.append({"_type": "span", "_key": key, "text": [piece.text], "marks": marks})
    if all(child["_type"] == "footnote" for child in children):
        # Renderers expect words in every block.
        key = f"{block_key}c{len(children)}"
        children.append({"_type": "span", "_key": key, "text": [], "marks": []})
    for child in children:
        if child["_type"] == "span":
            child["text"] = "".join(child["text"])
    return children


def _marks(marking: Marking, link_keys: Mapping[_Link, str]) -> list[str]:
    marks = [name for name in DECORATORS if name in marking.decorators]
    if marking.link and marking.link in link_keys:
        marks.append(link_keys[marking.link])
    return marks
