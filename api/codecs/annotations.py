"""Types from Python annotations: of properties on models and of blocks' own representations."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from api.codecs.codec import Codec, NoCodec
from api.codecs.encoding import Scope
from api.codecs.naming import component

PLAIN_TYPES = (str, int, float, bool, date, datetime, time, uuid.UUID, NoneType)


def returned(owner: str, function: Callable[..., Any]) -> Codec:
    """The codec of what a property or method says that it returns.

    Raises NoCodec if it says nothing, or nothing that can be typed.
    """
    try:
        hints = get_type_hints(function)
    except NameError as error:
        raise NoCodec(f"the annotations of {owner} cannot be read: {error}") from error
    if "return" not in hints:
        raise NoCodec(f"{owner} needs a return annotation")
    return annotation_codec(owner, hints["return"])


def annotation_codec(owner: str, annotation: Any) -> Codec:
    """The codec of a property's or method's return annotation.

    Plain values, `Literal`, `TypedDict`, and lists and unions of these. Raises NoCodec for
    anything else: what `Any` or a bare `dict` holds, no frontend can rely on.
    """
    return Codec(_annotation_type(owner, annotation), plain)


def _annotation_type(owner: str, annotation: Any) -> Any:
    origin = get_origin(annotation)
    if annotation in PLAIN_TYPES or origin is Literal:
        return annotation
    if is_typeddict(annotation):
        if optional := sorted(annotation.__optional_keys__):
            raise NoCodec(
                f"{annotation.__name__} may lack {', '.join(optional)}; in an answer everything is "
                "always there: make it required, and None where there is nothing"
            )
        return component(
            annotation.__name__,
            {
                name: (_annotation_type(owner, hint), ...)
                for name, hint in get_type_hints(annotation).items()
            },
            (annotation.__doc__ or "").strip(),
        )
    if origin is list:
        return list[_annotation_type(owner, get_args(annotation)[0])]  # type: ignore[misc]
    if origin in (Union, UnionType):
        members = tuple(_annotation_type(owner, member) for member in get_args(annotation))
        return Union[members]  # noqa: UP007  (made at run time)
    raise NoCodec(f"{owner} is annotated with {annotation!r}, which no contract can promise")


def moment(value: datetime | None) -> str | None:
    """A moment in UTC, to the millisecond.

    Drafts keep no more of it, and in the newsroom's time zone; the database does otherwise.
    """
    if value is None:
        return None
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"


def plain(value: Any, scope: Scope | None = None) -> Any:
    """A Python value in JSON's terms. Moments are in UTC unless they carry an offset of a place."""
    if isinstance(value, str):
        # Browsers send lines of a text area with the line ends of telegraphs.
        return value.replace("\r\n", "\n")
    if isinstance(value, datetime):
        if value.tzinfo in (None, UTC):
            return value.replace(tzinfo=None).isoformat() + "Z"
        return value.isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value
