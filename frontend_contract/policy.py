"""What a version number and a changelog must say of what changed since the last release."""

from __future__ import annotations

import re
from collections.abc import Sequence

from frontend_contract.compat import Change, bump

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
_ORDER = ("patch", "minor", "major")


class NoVersion(ValueError):
    """Not a semantic version such as `1.4.0`."""


def violations(changes: Sequence[Change], released: str, version: str, changelog: str) -> list[str]:
    """What is wrong, in sentences that say what to write; empty when the policy is kept.

    Raises NoVersion for a version that is none.
    """
    needed = bump(changes)
    found = []
    if _ORDER.index(_raised(released, version)) < _ORDER.index(needed):
        found.append(
            f"Since {released} the contract has {_count(changes)}: published/VERSION must be at "
            f"least {_next(released, needed)}, and says {version}."
        )
    if version != released and not _entry(version, changelog):
        found.append(
            f"published/CHANGELOG.md has nothing below a heading `## {version}`: "
            "say there what changed for frontends."
        )
    return found


def _raised(before: str, after: str) -> str:
    """Which part of the version was raised; `patch` also where none was."""
    old, new = _parts(before), _parts(after)
    if new < old:
        raise NoVersion(f"{after} is lower than the released {before}")
    if new[0] > old[0]:
        return "major"
    return "minor" if new[1] > old[1] else "patch"


def _next(version: str, part: str) -> str:
    major, minor, patch = _parts(version)
    return {
        "major": f"{major + 1}.0.0",
        "minor": f"{major}.{minor + 1}.0",
        "patch": f"{major}.{minor}.{patch}",
    }[part]


def _parts(version: str) -> tuple[int, int, int]:
    match = _VERSION.fullmatch(version)
    if match is None:
        raise NoVersion(f"{version!r} is not a semantic version such as 1.4.0")
    major, minor, patch = map(int, match.groups())
    return major, minor, patch


def _entry(version: str, changelog: str) -> str:
    """The text below a version's heading."""
    match = re.search(
        rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    return match[1].strip() if match else ""


def _count(changes: Sequence[Change]) -> str:
    breaking = sum(change.breaking for change in changes)
    additions = len(changes) - breaking
    said = [
        f"{number} {word}{'' if number == 1 else 's'}"
        for number, word in ((breaking, "breaking change"), (additions, "addition"))
        if number
    ]
    return " and ".join(said) or "no changes"
