"""One act of encoding: what it refers to is collected first and fetched in batches.

Codecs never query. Where an answer needs something that lies elsewhere (a page, a picture, a
person) they leave a `Reference` in the tree. `Encoding.resolve` fetches all references of one
loader with one call, which may leave further references, until none is open. The number of
queries therefore follows the depth of the types, not the number of blocks, links or pages.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from api.codecs.keys import source_of

if TYPE_CHECKING:
    from django.db.models import Model

    from api.granted import Grant

Key = int | str
HIGHEST_ID = 2**63 - 1
Loader = Callable[[set[Any], "Encoding"], Mapping[Any, Any]]


def read_key(value: Any) -> int | None:
    """An id as blocks store it; None for what no database would take for one."""
    return value if type(value) is int and 0 < value <= HIGHEST_ID else None


class Omitted:
    """Stands in a list for an item that is not there any more; resolving leaves it out."""


OMITTED = Omitted()


@dataclass(slots=True)
class Reference:
    """A place in the tree that is filled once its loader has run."""

    loader: Loader
    key: Key
    build: Callable[[Any], Any]
    scope: Scope
    value: Any = None


@dataclass(slots=True)
class Finished:
    """A part of the tree that needs a last word once all below it is resolved."""

    tree: Any
    finish: Callable[[Any], Any]


def left_out_if_gone(item: Any, references: Collection[str] = ()) -> Any:
    """For an item of a list: if what it refers to was deleted, it is left out, not null.

    An item is a reference itself, or an object of which the members named in `references` are.
    """
    if isinstance(item, Reference):
        build = item.build
        item.build = lambda found: OMITTED if (value := build(found)) is None else value
    if references:
        return Finished(
            item, lambda tree: OMITTED if any(tree[name] is None for name in references) else tree
        )
    return item


class Encoding:
    """Collects references and resolves them. Use one for everything that is answered together.

    `drafts` are the pages that are encoded as if they were published, by id: links to them lead
    to what they will be. Without any, what is encoded is public. A `grant` is leave to show pictures
    and files that are not.
    """

    def __init__(
        self,
        *,
        preview: bool = False,
        drafts: Mapping[int, Any] | None = None,
        grant: Grant | None = None,
    ) -> None:
        self.preview = preview
        self.drafts = drafts or {}
        self.grant = grant
        self._open: list[Reference] = []
        self._loaded: dict[Loader, dict[Key, Any]] = defaultdict(dict)
        self._shared: dict[Callable[[], Any], Any] = {}

    def add(self, reference: Reference) -> None:
        """Takes a reference among those to be filled."""
        self._open.append(reference)

    def shared(self, make: Callable[[], Any]) -> Any:
        """What `make()` gave the first time: for conditions that several loaders need."""
        if make not in self._shared:
            self._shared[make] = make()
        return self._shared[make]

    def resolve(self, tree: Any) -> Any:
        """The tree in plain JSON values, with every reference filled."""
        while self._open:
            batch, self._open = self._open, []
            self._load(batch)
            for reference in batch:
                found = self._loaded[reference.loader].get(reference.key)
                reference.scope.lasts_until(getattr(found, "expire_at", None))
                reference.value = reference.build(found)
        return _plain(tree)

    def _load(self, batch: Iterable[Reference]) -> None:
        wanted: dict[Loader, set[Key]] = defaultdict(set)
        for reference in batch:
            if reference.key not in self._loaded[reference.loader]:
                wanted[reference.loader].add(reference.key)
        for loader, keys in wanted.items():
            found = loader(keys, self)
            self._loaded[loader].update({key: found.get(key) for key in keys})


@dataclass
class Scope:
    """Where encoding is at: one page, setting or snippet within an `Encoding`.

    Notes the `keys` of all that it was built from, and when the first of it ends.
    """

    encoding: Encoding
    instance: Model | None = None
    footnotes: dict[str, Any] = field(default_factory=dict)
    footnote_numbers: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)
    expires_at: datetime | None = None

    def reference(self, loader: Loader, key: Key, build: Callable[[Any], Any]) -> Reference:
        """A place to be filled with `build(found)`, where `found` is None if there is none."""
        self.keys.update(source_of(loader).keys(key))
        reference = Reference(loader, key, build, self)
        self.encoding.add(reference)
        return reference

    def lasts_until(self, moment: datetime | None) -> None:
        """Notes when something that is shown here ends."""
        if moment and (self.expires_at is None or moment < self.expires_at):
            self.expires_at = moment

    def footnote(self, uuid: str) -> int | None:
        """The number of a footnote, counted by first mention; None if the page has no such."""
        if uuid not in self.footnotes:
            return None
        return self.footnote_numbers.setdefault(uuid, len(self.footnote_numbers) + 1)


@dataclass(frozen=True, slots=True)
class Encoded:
    """An answer in plain JSON values, with what it was built from and until when it holds."""

    answer: dict[str, Any]
    keys: frozenset[str]
    expires_at: datetime | None


def _plain(tree: Any) -> Any:
    """Fills references and finishes parts, innermost first. Type of lists is kept."""
    if isinstance(tree, Reference):
        return _plain(tree.value)
    if isinstance(tree, Finished):
        return _plain(tree.finish(_plain(tree.tree)))
    if isinstance(tree, dict):
        return {key: _plain(value) for key, value in tree.items()}
    if isinstance(tree, list):
        items = [item for item in map(_plain, tree) if item is not OMITTED]
        return tree.with_items(items) if isinstance(tree, RichTextTree) else items
    return tree


class RichTextTree(list[Any]):
    """Portable Text in the tree; remembers the stored HTML for v2's other formats."""

    source: str

    def __init__(self, items: Iterable[Any], source: str) -> None:
        super().__init__(items)
        self.source = source

    def with_items(self, items: Iterable[Any]) -> RichTextTree:
        return RichTextTree(items, self.source)
