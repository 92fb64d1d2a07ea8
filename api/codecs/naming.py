"""Names of the contract's components. One name, one shape: a second shape is an error."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Annotated, Any, Union

from pydantic import BaseModel, Field, create_model
from typing_extensions import TypeAliasType

from api.codecs import types
from api.codecs.codec import NoCodec
from api.codecs.rich_text import types as rich_text_types
from api.codecs.types import Answer

# Names of unions that are written by hand.
VOCABULARY = {
    name
    for module in (types, rich_text_types)
    for name, value in vars(module).items()
    if isinstance(value, TypeAliasType)
}

_components: dict[str, tuple[dict[str, str], Any]] = {}
_unions: dict[str, tuple[list[Any], Any]] = {}


def component(name: str, fields: dict[str, Any], doc: str | None, base: type = Answer) -> Any:
    """A model called `name`; the same one whenever it is asked for with the same fields.

    Raises NoCodec if the name already stands for another shape: rename one of the two classes.
    """
    shape = {field: repr(annotation) for field, annotation in fields.items()}
    known = _components.get(name)
    if known is None:
        _claim(name, _unions)
        model: type[BaseModel] = create_model(name, __base__=base, __doc__=doc, **fields)
        _components[name] = (shape, model)
        return model
    if known[0] != shape:
        raise NoCodec(f"two different shapes are called {name}; rename one of the classes")
    return known[1]


def union_of(members: Iterable[Any]) -> Any:
    """A union that tells its members apart by `type`."""
    either: Any = Union[tuple(members)]  # noqa: UP007  (its members are known at run time only)
    return Annotated[either, Field(discriminator="type")]


def named_union(name: str, members: list[Any]) -> Any:
    """A union called `name` that tells its members apart by `type`; the same one when asked again.

    Raises NoCodec if the name already stands for other members.
    """
    if name not in _unions:
        _claim(name, _components)
        _unions[name] = (members, TypeAliasType(name, union_of(members)))
    known, union = _unions[name]
    if known != members:
        raise NoCodec(f"two different unions are called {name}; rename one of the classes")
    return union


def _claim(name: str, others: Collection[str]) -> None:
    """Raises NoCodec if a name stands for something else: all components share one namespace."""
    if name in others or name in VOCABULARY or name in _written_by_hand(Answer):
        raise NoCodec(f"two different shapes are called {name}; rename one of the classes")


def _written_by_hand(answer: type[BaseModel]) -> set[str]:
    """Names of the classes that extend an answer, but for those made here."""
    names = {answer.__name__} if answer.__module__ != __name__ else set()
    return names.union(*(_written_by_hand(extended) for extended in answer.__subclasses__()))


def pascal_case(name: str) -> str:
    """`text_quotation` → `TextQuotation`."""
    return "".join(word[:1].upper() + word[1:] for word in name.split("_"))
