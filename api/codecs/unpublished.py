"""Pictures and files that are not public, in drafts of which they are a part."""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any, TypeVar

from django.db.models import Model, Q

from api.codecs.encoding import Encoding
from api.codecs.visibility import held_back, noted_files, private_collections
from api.granted import Grant, lent

Found = TypeVar("Found", bound=Model)


def shown(model: type[Found], keys: Set[int], encoding: Encoding) -> Mapping[int, Found]:
    """Files by id: those that are neither in private collections nor under embargo.

    A draft shows what it will once published, and that makes its files public. With leave to see
    what is not, those that its giver may show are shown too: of them `granted_by` gives the leave,
    by which they have addresses of their own.
    """
    private = encoding.shared(private_collections)
    embargoed = held_back(model, encoding.shared(noted_files)[model] & keys)
    files = model._default_manager.filter(pk__in=keys)
    grant = encoding.grant
    hidden = Q(collection__in=private)
    if embargoed and (grant or not encoding.drafts):
        hidden |= Q(pk__in=embargoed)
    found = {file.pk: file for file in files.exclude(hidden)}
    if grant and (private or embargoed):
        if not grant.private:
            files = files.exclude(collection__in=private)
        for file in files.filter(hidden, pk__in=grant.may_show(model).values("pk")):
            file._granted_by = grant  # type: ignore[attr-defined]
            found[file.pk] = file
    return found


def granted_by(file: Any) -> Grant | None:
    """The leave by which a file is shown; None for one that anybody may see."""
    return getattr(file, "_granted_by", None) or lent(file)
