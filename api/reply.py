"""What comes of a request that is made to somebody else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import parsedate_to_datetime

from django.utils import timezone

# Of an answer: enough to see what went wrong.
MOST_SHOWN = 2_000


@dataclass(slots=True)
class Reply:
    """What came of a request: whether it was done, what was answered, and what went wrong."""

    ok: bool = False
    milliseconds: int = 0
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    error: str = ""

    @property
    def retry_after(self) -> timedelta:
        """For how long whoever answered asks to be left alone."""
        value = self.headers.get("retry-after", "").strip()
        if value.isascii() and value.isdigit():
            return timedelta(seconds=min(int(value[:9]), 10**6))
        try:
            return max(timedelta(0), parsedate_to_datetime(value) - timezone.now())
        except (TypeError, ValueError, OverflowError):
            return timedelta(0)


def readable(text: str) -> str:
    """The beginning of a text, as any database takes it."""
    return text[:MOST_SHOWN].replace("\x00", "\ufffd")
