"""Pictures and files that are not public, in a draft whose reader has leave to see them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from api.codecs.encoding import Encoding
from api.granted import Grant

Found = TypeVar("Found", bound=Model)


def shown(
    files: QuerySet[Found], private: Collection[int], encoding: Encoding
) -> Mapping[int, Found]:
    """Files by id: those outside private collections, and with leave those that its giver may show.

    Of the latter `granted_by` gives the leave, by which they have addresses of their own.
    """
    found = {file.pk: file for file in files.exclude(collection__in=private)}
    if encoding.grant is None or not private:
        return found
    may_show = encoding.grant.may_show(files.model).values("pk")
    for file in files.filter(collection__in=private, pk__in=may_show):
        file._granted_by = encoding.grant  # type: ignore[attr-defined]
        found[file.pk] = file
    return found


def granted_by(file: Any) -> Grant | None:
    """The leave by which a file is shown; None for one that anybody may see."""
    return getattr(file, "_granted_by", None)
