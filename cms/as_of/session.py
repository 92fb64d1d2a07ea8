"""Who looks at the site as of which moment: a token that nobody has to keep."""

from __future__ import annotations

import secrets
import time
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
    b62_decode,
    b64_decode,
    b64_encode,
)
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.debug import sensitive_variables

from api.granted import Grant, judges

PREFIX = "dls_"
SALT = "cms.as_of"
KIND = "as_of"
# As far ahead as anybody may look.
FARTHEST = timedelta(days=366)


class Unknown(Exception):
    """No such session was ever begun."""


class Over(Exception):
    """There was a session with this token: its time is over, or its user may not look any more."""


@dataclass(frozen=True, slots=True)
class Session:
    """One look ahead, begun at `begun`, in seconds. `id` tells it from others alike."""

    user: Any
    moment: datetime
    begun: int
    id: str

    def grant(self) -> Grant:
        """Leave to see the pictures and files that are not public before the moment."""
        seal = _seal(self.user.get_session_auth_hash())
        return Grant(KIND, f"{self.user.pk}-{self.begun}-{seal}", self.user)


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
    user = _user_of(said["user"], said["seal"])
    if user is None:
        raise Over
    # As the signer has signed it: behind what was said, and before its signature.
    begun = b62_decode(token.split(".")[-2])
    return Session(user, datetime.fromisoformat(said["moment"]), begun, said["id"])


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


def _user_of(pk: str, seal: str) -> Any:
    """Who has begun a session, while they may look and have the password of then; else None."""
    user = get_user_model()._default_manager.filter(pk=pk).first()
    return user if user and may_look(user) and _is_sealed(seal, user) else None


def _grant_of(id: str) -> Grant | None:
    """The leave that addresses of files name, for as long as the session lasts."""
    pk, begun, seal = id.rsplit("-", 2)
    if int(begun) + settings.AS_OF_MAX_AGE < time.time():
        return None
    user = _user_of(pk, seal)
    return Grant(KIND, id, user) if user else None


judges(KIND, _grant_of)


def _signer() -> TimestampSigner:
    # A colon is no part of a bearer token (RFC 6750).
    return TimestampSigner(sep=".", salt=SALT)


def _seal(auth_hash: str) -> str:
    """Stands for a password without telling anything of it."""
    return salted_hmac(SALT, auth_hash, algorithm="sha256").hexdigest()[:32]


def _is_sealed(seal: str, user: Any) -> bool:
    hashes = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(seal, _seal(one)) for one in hashes)
