"""What a comparison results in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Change:
    """One difference between two contracts that a frontend can notice."""

    breaking: bool
    place: str
    """Such as `press_release.deck`, `quote.value.post` or `GET /api/v2/pages/ ?topic`."""
    text: str
    """What happened and what breaks for whom, in one clause."""
    component: str | None
    """The name of the schema in whose instances it shows; None for endpoints and parameters."""


def bump(changes: Iterable[Change]) -> Literal["major", "minor", "patch"]:
    """Which part of the contract's version the changes raise."""
    breaking = [change.breaking for change in changes]
    if any(breaking):
        return "major"
    return "minor" if breaking else "patch"
