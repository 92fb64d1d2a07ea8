"""Keys: the names of things that a document was built from, such as `image:7`.

A loader says which kind of key it reads. The encoding notes a key whenever something is asked for,
whether it was found or not: what is absent today may come alive.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from django.db.models import Model

Loading = TypeVar("Loading", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Source:
    """What a loader reads.

    `kind` names its keys, `model` is the table whose rows it finds by their primary key: any change
    of such a row is a change of the key. `column` names another column of the table for keys that
    stand for all rows with a value in it. `watched` are the columns that matter besides; empty for
    all. `besides` are keys that hold for all that the loader finds.
    """

    kind: str
    model: type[Model] | None = None
    column: str = ""
    watched: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    name: Callable[[Any], Any] = str

    def keys(self, key: Any) -> tuple[str, ...]:
        return (f"{self.kind}:{self.name(key)}", *self.besides)


# Whether a page may be read and what links, cards and breadcrumbs show of it.
CARD = Source("card")
# All else that belongs to a page.
PAGE = Source("page")
# Conditions and addresses that every page rests on.
SITES, LOCALES, COLLECTIONS = "sites", "locales", "collections"

_sources: dict[str, Source] = {}


def reads(source: Source) -> Callable[[Loading], Loading]:
    """Says which keys a loader reads.

    Raises ValueError if another source has keys of the same kind.
    """

    def declared(loader: Loading) -> Loading:
        if _sources.setdefault(source.kind, source) != source:
            raise ValueError(f"two sources have keys of the kind {source.kind!r}")
        loader.source = source  # type: ignore[attr-defined]
        return loader

    return declared


def source_of(loader: Any) -> Source:
    """What a loader reads. Raises TypeError for one that does not say: its documents would go stale."""
    source: Source | None = getattr(loader, "source", None)
    if source is None:
        raise TypeError(
            f"{loader.__qualname__} does not say what it reads; decorate it with @reads"
        )
    return source


def sources() -> list[Source]:
    """Every source that some loader reads."""
    return [_sources[kind] for kind in sorted(_sources)]
