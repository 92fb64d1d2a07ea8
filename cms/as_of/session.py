"""Who looks at the site as of which moment: a token that nobody has to keep."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.signing import (
    BadSignature,
    JSONSerializer,
    SignatureExpired,
    TimestampSigner,
    b64_decode,
    b64_encode,
)
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.debug import sensitive_variables

PREFIX = "dls_"
SALT = "cms.as_of"
# As far ahead as anybody may look.
FARTHEST = timedelta(days=366)


class Unknown(Exception):
    """No such session was ever begun."""


class Over(Exception):
    """There was a session with this token: its time is over, or its user may not look any more."""


@dataclass(frozen=True, slots=True)
class Session:
    """One look ahead. `id` tells it from others of the same user and moment."""

    user: Any
    moment: datetime
    id: str


@sensitive_variables()
def begin(user: Any, moment: datetime) -> str:
    """A token for this user and moment, of letters that headers, paths and cookies take as they are."""
    said = {
        "user": str(user.pk),
        "moment": moment.astimezone(UTC).isoformat(),
        "id": secrets.token_urlsafe(9),
        "seal": _seal(user.get_session_auth_hash()),
    }
    value = b64_encode(JSONSerializer().dumps(said)).decode()
    return PREFIX + _signer().sign(value)


@sensitive_variables()
def session_of(token: str) -> Session:
    """The session with this token. Raises Unknown for one that was never made here, or Over."""
    if not token.startswith(PREFIX):
        raise Unknown
    try:
        value = _signer().unsign(token.removeprefix(PREFIX), max_age=settings.AS_OF_MAX_AGE)
    except SignatureExpired as error:
        raise Over from error
    except BadSignature as error:
        raise Unknown from error
    said = JSONSerializer().loads(b64_decode(value.encode()))
    user = get_user_model()._default_manager.filter(pk=said["user"]).first()
    if user is None or not may_look(user) or not _is_sealed(said["seal"], user):
        raise Over
    return Session(user, datetime.fromisoformat(said["moment"]), said["id"])


def may_look(user: Any) -> bool:
    """Whether somebody may enter the admin now."""
    return bool(user.is_active and user.has_perm("wagtailadmin.access_admin"))


def why_not_as_of(moment: datetime) -> str:
    """What is wrong with a moment to look at; nothing if it is good."""
    now = timezone.now()
    if moment <= now:
        return "has passed: choose a later moment"
    if moment > now + FARTHEST:
        return "is more than a year ahead: choose an earlier moment"
    return ""


def _signer() -> TimestampSigner:
    # A colon is no part of a bearer token (RFC 6750).
    return TimestampSigner(sep=".", salt=SALT)


def _seal(auth_hash: str) -> str:
    """Stands for a password without telling anything of it."""
    return salted_hmac(SALT, auth_hash, algorithm="sha256").hexdigest()[:32]


def _is_sealed(seal: str, user: Any) -> bool:
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(seal, _seal(one)) for one in hashes)
