"""Moments as editors write them: what the clocks show in a time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from pages.time_zones import time_zones

Choices = list[tuple[str, list[tuple[str, str]]]]


def moments(wall: datetime, zone: str) -> list[datetime]:
    """The moments, in UTC, at which clocks show a time: one, two in autumn, or none in spring."""
    found = {there for fold in (0, 1) if _shows(there := _read(wall, zone, fold), wall, zone)}
    return sorted(found)


def around(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """What clocks show instead of a time that they skip: as much before it and after it."""
    before, after = sorted(_read(wall, zone, fold) for fold in (0, 1))
    return shown_in(before, zone), shown_in(after, zone)


def shown_in(moment: datetime, zone: str) -> datetime:
    """What the clocks of a zone show at a moment; without a time zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def offset(moment: datetime, zone: str) -> str:
    """How far a zone is from UTC at a moment: `UTC-05:00`."""
    return f"UTC{moment.astimezone(ZoneInfo(zone)).isoformat()[-6:]}"


def zones(own: str) -> Choices:
    """All time zones: the editor's own, the newsroom's and UTC before the others."""
    first = list(dict.fromkeys((own, settings.TIME_ZONE, "UTC")))
    others = sorted(time_zones() - set(first))
    return [
        ("Yours, the newsroom’s, and UTC", [_choice(zone) for zone in first]),
        ("All", [_choice(zone) for zone in others]),
    ]


def _choice(zone: str) -> tuple[str, str]:
    return zone, zone.replace("_", " ")


def _read(wall: datetime, zone: str, fold: int) -> datetime:
    return wall.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC)


def _shows(moment: datetime, wall: datetime, zone: str) -> bool:
    return shown_in(moment, zone) == wall
