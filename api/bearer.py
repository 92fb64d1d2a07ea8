"""Tokens that requests bear."""

from __future__ import annotations

from django.views.decorators.debug import sensitive_variables


@sensitive_variables()
def borne_in(authorization: str) -> str | None:
    """The token in an `Authorization` header, or None for another scheme, or none at all."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None
