"""Leave to see pictures and files that are not public: of drafts, and of pages as of a later moment.

Whoever reads those gets addresses for them that hold for this leave alone. They carry no token;
each request asks anew whether the leave still holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from wagtail.permissions import policy_registry

from pages.models import NewsDocument, NewsImage

SALT = "api.granted"
# Those who may see a file in the admin may show it to others.
ACTIONS = ("choose", "change", "delete")

_grants: dict[str, Callable[[str], Grant | None]] = {}


@dataclass(frozen=True, slots=True)
class Grant:
    """One leave. `kind` says who judges whether it holds, `id` which it is; `giver` is who gave it.

    `private` says whether it is for what publication does not show too: private collections.
    """

    kind: str
    id: str
    giver: Any
    private: bool = True

    def image_address(self, image: NewsImage, spec: str) -> str:
        """The path of a rendition."""
        return self._address("granted_image", image.pk, spec, image.filename)

    def document_address(self, document: NewsDocument) -> str:
        """The path of a file."""
        return self._address("granted_document", document.pk, document.filename)

    def _address(self, view: str, *what: object) -> str:
        signature = signature_of(view, self.kind, self.id, *what)
        return reverse(view, args=[self.kind, self.id, signature, *what])

    def may_show(self, model: type[Model]) -> QuerySet:
        """Pictures or files that the giver may show to others."""
        policy = policy_registry.get_by_type(model)
        found: QuerySet = policy.instances_user_has_any_permission_for(self.giver, ACTIONS)
        return found


# By model, ids of what is not public yet, and the leave by which it is shown.
Lent = tuple[Grant, Mapping[type[Model], Set[int]]]
_lent: ContextVar[Lent | None] = ContextVar("lent", default=None)


def judges(kind: str, grant_of: Callable[[str], Grant | None]) -> None:
    """Says who judges grants of a kind: `grant_of` gives the one with an id, while it holds."""
    _grants[kind] = grant_of


def grant_of(kind: str, id: str) -> Grant | None:
    """The grant, if it holds now."""
    return _grants[kind](id) if kind in _grants else None


@contextmanager
def lending(grant: Grant, files: Mapping[type[Model], Set[int]]) -> Iterator[None]:
    """What this thread encodes meanwhile shows these pictures and files by a grant, by their ids.

    For what counts as public meanwhile, and is not.
    """
    before = _lent.set((grant, files))
    try:
        yield
    finally:
        _lent.reset(before)


def lent(file: Model) -> Grant | None:
    """The grant by which a picture or file is shown within `lending`."""
    grant, files = _lent.get() or (None, {})
    return grant if file.pk in files.get(type(file), ()) else None


def signature_of(view: str, *what: object) -> str:
    """The signature in an address, of the grant and of what it leads to."""
    value = "\n".join(map(str, (view, *what)))
    return salted_hmac(SALT, value, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()[:43]


def is_signed(signature: str, view: str, *what: object) -> bool:
    """Whether a signature is that of these, in constant time."""
    return constant_time_compare(signature, signature_of(view, *what))
