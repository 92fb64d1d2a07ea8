"""Portable Text is flat; HTML and Markdown nest. What both need to get from one to the other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from api.codecs.rich_text.types import MAX_LIST_LEVEL

Node = Mapping[str, Any]


# Lists ----------------------------------------------------------------------------------------


@dataclass(slots=True)
class Item:
    """An item of a list, and the lists within it. `block` is None where a level was skipped."""

    block: Node | None = None
    lists: list[NestedList] = field(default_factory=list)


@dataclass(slots=True)
class NestedList:
    """A list of one kind, `bullet` or `number`."""

    kind: str
    items: list[Item] = field(default_factory=list)


def with_nested_lists(nodes: Iterable[Node]) -> list[Node | NestedList]:
    """The nodes in order, each run of items of a list as the tree that their levels describe."""
    roots: list[Node | NestedList] = []
    open_lists: list[NestedList] = []
    for node in nodes:
        if "listItem" not in node:
            open_lists.clear()
            roots.append(node)
            continue
        kind, level = node["listItem"], min(node["level"], MAX_LIST_LEVEL)
        del open_lists[level:]
        if len(open_lists) == level and open_lists[-1].kind != kind:
            open_lists.pop()
        while len(open_lists) < level:
            opened = NestedList(kind)
            if open_lists:
                items = open_lists[-1].items
                if not items:
                    items.append(Item())
                items[-1].lists.append(opened)
            else:
                roots.append(opened)
            open_lists.append(opened)
        open_lists[-1].items.append(Item(node))
    return roots


# Marks ----------------------------------------------------------------------------------------


class Opened(NamedTuple):
    """A mark that starts here, and the position before which it will be closed."""

    mark: str
    end: int


def nest_marks(
    marks_of: Sequence[Collection[str]], links: Collection[str]
) -> Iterator[tuple[list[str], list[Opened]]]:
    """For each position, and once more after the last: the marks to close and those to open.

    Closed innermost first, opened outermost first, and what lasts longer goes outside, so
    that there are few of them. Links are never interrupted: other marks are, where they meet one.
    """
    ends = _ends(marks_of, links)
    open_marks: list[Opened] = []
    for position, marks in enumerate([*marks_of, ()]):
        closed: list[str] = []
        # No mark outlasts the one around it, so those that end here are the innermost.
        while open_marks and open_marks[-1].end <= position:
            closed.append(open_marks.pop().mark)
        held = {mark for mark, _ in open_marks}
        fresh = [mark for mark in dict.fromkeys(marks) if mark not in held]
        fresh.sort(key=lambda mark: (-ends[position][mark], mark not in links))
        opened: list[Opened] = []
        for mark in fresh:
            end = ends[position][mark]
            opened.append(Opened(mark, min(end, open_marks[-1].end) if open_marks else end))
            open_marks.append(opened[-1])
        yield closed, opened


def _ends(marks_of: Sequence[Collection[str]], links: Collection[str]) -> list[dict[str, int]]:
    """For each position and mark there, the first position after it that the mark cannot reach.

    It lacks the mark, or begins a link that lasts longer than the mark.
    """
    ends: list[dict[str, int]] = []
    following: dict[str, int] = {}
    for position in range(len(marks_of) - 1, -1, -1):
        marks = marks_of[position]
        begun = (end for mark, end in following.items() if mark in links and mark not in marks)
        longest = max(begun, default=0)
        reached = {mark: following.get(mark, position + 1) for mark in marks}
        following = {mark: end if end >= longest else position + 1 for mark, end in reached.items()}
        ends.append(following)
    ends.reverse()
    return ends
