"""What changed since somebody looked last: block by block, and member by member."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Literal

from api.documents.encode import to_json

Change = Literal["added", "changed", "moved"]
# Of no interest to a reviewer: where the draft stands, and what follows from it.
BESIDES = {"id", "uuid", "type", "meta", "breadcrumbs", "translations"}
# But for what editors write of it for search engines and menus.
OF_META = ("slug", "seo_title", "search_description", "show_in_menus")


def fingerprint(document: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of a document to tell later what changed.

    `lists` are the ids of blocks by where their list is, `blocks` their types and hashes by id,
    `members` the hashes of all else by name.
    """
    lists: dict[str, list[str]] = {}
    blocks: dict[str, list[str]] = {}
    members: dict[str, str] = {}
    said = {name: document["meta"][name] for name in OF_META} if "meta" in document else {}
    for name, value in (*document.items(), *said.items()):
        if name in BESIDES:
            continue
        if _are_blocks(value):
            _note(name, value, lists, blocks)
        else:
            members[name] = _hash(value)
    return {"lists": lists, "blocks": blocks, "members": members}


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """What became of blocks, by id; which are gone, with their types; and which members changed."""
    old, new = before["blocks"], now["blocks"]
    found: dict[str, Change] = {}
    for block in new:
        if block not in old:
            found[block] = "added"
        elif new[block] != old[block]:
            found[block] = "changed"
    for block in _moved(before["lists"], now["lists"]):
        found.setdefault(block, "moved")
    removed = [{"id": block, "type": old[block][0]} for block in old if block not in new]
    # A list that is empty now, or was, is told of by its blocks.
    names = {*before["members"], *now["members"]} - {*before["lists"], *now["lists"]}
    changed = [n for n in names if before["members"].get(n) != now["members"].get(n)]
    return {"blocks": found, "removed": removed, "members": sorted(changed)}


def block_ids(document: Mapping[str, Any]) -> set[str]:
    """Ids of all blocks that can be remarked on."""
    return set(fingerprint(document)["blocks"])


def _note(
    place: str, value: Sequence[Any], lists: dict[str, list[str]], blocks: dict[str, list[str]]
) -> None:
    lists[place] = [block["id"] for block in value]
    for block in value:
        blocks[block["id"]] = [block["type"], _hash(block["value"])]
        for name, inner in _inner(block["value"]):
            _note(f"{block['id']}.{name}", inner, lists, blocks)


def _inner(value: Any) -> Iterator[tuple[str, Sequence[Any]]]:
    """Streams within a block's value: a section's content."""
    if isinstance(value, Mapping):
        for name, member in value.items():
            if _are_blocks(member):
                yield name, member


def _are_blocks(value: Any) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, dict) and {"id", "type", "value"} <= one.keys() for one in value)
    )


def _moved(before: Mapping[str, Sequence[str]], now: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Blocks that stand in another list, or that others overtook within theirs: as few as can be."""
    was_in = {block: (place, at) for place, ids in before.items() for at, block in enumerate(ids)}
    for place, ids in now.items():
        known = [block for block in ids if block in was_in]
        yield from (block for block in known if was_in[block][0] != place)
        stayed = [block for block in known if was_in[block][0] == place]
        kept = _longest_rising([was_in[block][1] for block in stayed])
        yield from (block for at, block in enumerate(stayed) if at not in kept)


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """Where the members of a longest rising run of numbers stand."""
    ends: list[int] = []
    at: list[int] = []
    before: list[int | None] = []
    for index, number in enumerate(numbers):
        place = bisect_left(ends, number)
        before.append(at[place - 1] if place else None)
        ends[place : place + 1] = [number]
        at[place : place + 1] = [index]
    found: set[int] = set()
    index_or_none = at[-1] if at else None
    while index_or_none is not None:
        found.add(index_or_none)
        index_or_none = before[index_or_none]
    return found


def _hash(value: Any) -> str:
    return sha256(to_json(value).encode()).hexdigest()[:16]
