"""Who asks for links that never were."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

# Whoever has a link asks for one that is there. A frontend asks for all of its readers.
RATE = "30/minute"


class Guesses(SimpleRateThrottle):
    """Counts by the address that they come from."""

    rate = RATE
    scope = "review guesses"

    def get_cache_key(self, request: Request, view: Any) -> str:
        return self.cache_format % {"scope": "review-guesses", "ident": self.get_ident(request)}


def too_many_guesses(request: Request) -> bool:
    """Counts one more. Links that are there open all the same: guessers keep nobody out."""
    return not Guesses().allow_request(request, None)  # type: ignore[arg-type]  # unused there
