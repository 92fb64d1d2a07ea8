"""The words of one block as Markdown.

Whether `**` begins or ends emphasis depends on the characters beside it. Where that is not beyond
doubt, and for marks that Markdown lacks, the inline HTML that CommonMark allows is written
instead: `un<strong>believ</strong>able`.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from api.codecs.rich_text.render.escaping import code_span, escape_text, link_target
from api.codecs.rich_text.render.nesting import Node, nest_marks

_DELIMITERS = {"strong": "**", "em": "*", "strike-through": "~~"}
_TAGS = {"strong": "strong", "em": "em", "strike-through": "s", "underline": "u"}
_TAGS |= {"sup": "sup", "sub": "sub"}
_SEPARATORS = frozenset(string.punctuation) - frozenset("*~")


def write_words(block: Node) -> str:
    """What is in the block, without what its style adds."""
    links = {mark["_key"]: mark["href"] for mark in block["markDefs"] if mark["_type"] == "link"}
    return _Writer(_runs(block["children"], links), links).write()


# Runs -----------------------------------------------------------------------------------------


class _Run(NamedTuple):
    """Words that are marked alike, or a footnote's reference."""

    text: str
    marks: tuple[str, ...] = ()
    is_code: bool = False
    footnote: int | None = None

    @property
    def is_blank(self) -> bool:
        return self.footnote is None and not self.text.strip()


def _runs(children: Sequence[Node], links: Collection[str]) -> list[_Run]:
    """Blanks keep only what the words on both sides are marked with: `**so **` is no emphasis."""
    runs: list[_Run] = []
    for child in children:
        if child["_type"] == "footnote":
            runs.append(_Run("", footnote=child["number"]))
        elif child["text"]:
            marks = tuple(mark for mark in child["marks"] if mark in _TAGS or mark in links)
            runs += _split_blanks(child["text"], marks, "code" in child["marks"])
    for order in (range(len(runs)), range(len(runs) - 1, -1, -1)):
        beside: tuple[str, ...] = ()
        for position in order:
            if runs[position].is_blank:
                kept = tuple(mark for mark in runs[position].marks if mark in beside)
                runs[position] = runs[position]._replace(marks=kept)
            beside = runs[position].marks
    return _merged(runs)


def _split_blanks(text: str, marks: tuple[str, ...], is_code: bool) -> list[_Run]:
    words = text.strip()
    if not words:
        return [_Run(text, marks)]
    before, _, after = text.partition(words)
    runs = [_Run(before, marks), _Run(words, marks, is_code), _Run(after, marks)]
    return [run for run in runs if run.text]


def _merged(runs: Sequence[_Run]) -> list[_Run]:
    merged: list[_Run] = []
    for alike, group in groupby(runs, lambda run: run._replace(text="")):
        if alike.footnote is None:
            merged.append(alike._replace(text="".join(run.text for run in group)))
        else:
            merged += group
    return merged


# Writing --------------------------------------------------------------------------------------


class _Open(NamedTuple):
    """A mark that is being written, and the characters outside of it."""

    mark: str
    start: int
    end: int
    opener: str
    closer: str
    before: str
    after: str


class _Writer:
    def __init__(self, runs: Sequence[_Run], links: Mapping[str, str]) -> None:
        self._runs = runs
        self._links = links
        self._open: list[_Open] = []
        self._parts: list[str] = []

    def write(self) -> str:
        marks_of = [run.marks for run in self._runs]
        for position, (closed, opened) in enumerate(nest_marks(marks_of, self._links)):
            for _ in closed:
                self._parts.append(self._open.pop().closer)
            for mark, end in opened:
                self._open.append(self._opened(mark, position, end))
                self._parts.append(self._open[-1].opener)
            if position < len(self._runs):
                self._parts.append(self._words(position))
        return "".join(self._parts)

    def _last_character(self) -> str:
        return self._parts[-1][-1] if self._parts else "\n"

    def _opened(self, mark: str, start: int, end: int) -> _Open:
        if mark in self._links:
            closer = f"]({link_target(self._links[mark])})"
            return _Open(mark, start, end, "[", closer, self._last_character(), closer[0])
        if delimiter := _DELIMITERS.get(mark):
            before = self._before(delimiter, start)
            after = self._after(delimiter, end)
            opens = self._is_plain(before, mark, start, 0)
            closes = self._is_plain(after, mark, end - 1, -1)
            if opens and closes:
                return _Open(mark, start, end, delimiter, delimiter, before, after)
        opener, closer = f"<{_TAGS[mark]}>", f"</{_TAGS[mark]}>"
        return _Open(mark, start, end, opener, closer, "<", "<")

    def _before(self, delimiter: str, start: int) -> str:
        """The character before a delimiter, or before those of the same kind that it joins."""
        parent = self._open[-1] if self._open else None
        if parent and parent.start == start and parent.opener[0] == delimiter[0]:
            return parent.before
        return self._last_character()

    def _after(self, delimiter: str, end: int) -> str:
        """The character after a delimiter, or after those of the same kind that it joins."""
        parent = self._open[-1] if self._open else None
        if parent and parent.end == end:
            return parent.after if parent.closer[0] == delimiter[0] else parent.closer[0]
        if end == len(self._runs):
            return "\n"
        run = self._runs[end]
        begins_mark = run.footnote or {*run.marks} - {mark.mark for mark in self._open}
        return "<" if begins_mark else run.text[0]

    def _is_plain(self, outside: str, mark: str, position: int, index: int) -> bool:
        """Whether a delimiter is only a beginning, or only an end, given what is beside it.

        It is, between a blank and what is not blank, and between punctuation and a letter.
        """
        run = self._runs[position]
        if run.text[index].isspace():
            return False
        if outside.isspace():
            return True
        inner_marks = {*run.marks} - {mark, *(parent.mark for parent in self._open)}
        is_word = not (inner_marks or run.is_code) and run.text[index].isalnum()
        return is_word and outside in _SEPARATORS

    def _words(self, position: int) -> str:
        run = self._runs[position]
        if run.footnote is not None:
            return f"[^{run.footnote}]"
        if run.is_code:
            return code_span(run.text)
        before = self._last_character()
        text = escape_text(run.text, at_line_start=before == "\n")
        if before == "]" and text[0] in "(:":
            # After the reference to a footnote these would make a link or a definition of it.
            text = "\\" + text
        is_followed = position + 1 < len(self._runs)
        if text.endswith("!") and is_followed and not self._runs[position + 1].is_blank:
            # Before a link it would make an image of it.
            text = text[:-1] + "\\!"
        return text
