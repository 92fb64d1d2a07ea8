"""Secrets of review links: handed out once, kept as hashes."""

from __future__ import annotations

import secrets
from hashlib import sha256
from uuid import UUID

from django.core.signing import b64_encode
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.debug import sensitive_variables

# What tokens begin with, so that whoever finds one in the wrong place knows what it is.
PREFIX = "dlr_"
# Of randomness: 256 bits.
OCTETS = 32


def new_token() -> tuple[str, str]:
    """A link's token, and the hash that is kept of it."""
    token = PREFIX + secrets.token_urlsafe(OCTETS)
    return token, hash_of(token)


def new_ticket() -> str:
    """A visit's ticket."""
    return secrets.token_urlsafe(OCTETS)


@sensitive_variables("key")
def ticket_of(link: UUID, key: str) -> str:
    """The ticket of whoever comes by a link with this key: the same when they come again."""
    mac = salted_hmac("cms.review.visit", f"{link} {key}", algorithm="sha256")
    return b64_encode(mac.digest()).decode()


def hash_of(secret: str) -> str:
    """SHA-256 in hexadecimal. What is as random as these needs no salt, nor a slow hash."""
    return sha256(secret.encode()).hexdigest()


def is_hash_of(kept: str, secret: str) -> bool:
    """Whether this is the secret whose hash was kept, in constant time."""
    return constant_time_compare(kept, hash_of(secret))
