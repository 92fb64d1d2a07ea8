"""`fields=`: which parts of a document are answered, in the grammar of Wagtail's API v2.

A name is a member of the document or of its `meta` (`type` is both). `*` starts with everything,
`_` with nothing, `-name` takes one away, `name(a,b)` says the same of what lies below, where the
`type` that tells kinds of objects apart is always kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from typing_extensions import TypeAliasType
from wagtail.api.v2.utils import parse_fields_parameter

from api.errors import BadRequest

# What tells kinds of objects apart.
KINDS = ("type", "_type")

Config = list[tuple[str, bool, Any]]


@dataclass(frozen=True)
class Shape:
    """What can be selected from documents of one or several types."""

    body: Mapping[str, Any]
    meta: Mapping[str, Any]

    @property
    def names(self) -> set[str]:
        return {*self.body, *self.meta}


@dataclass(frozen=True)
class Selection:
    """Names to answer, each with the selection below it, or None for all of it."""

    names: Mapping[str, Selection | None]

    @classmethod
    def of_names(cls, names: Iterable[str]) -> Selection:
        """All of some members."""
        return cls(dict.fromkeys(names))

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def of(self, document: Mapping[str, Any], kept: Iterable[str] = ()) -> dict[str, Any]:
        """The selected part of a document, its members in their order, and always those `kept`."""
        answer: dict[str, Any] = {}
        for name, value in document.items():
            if name == "meta" and isinstance(value, Mapping):
                if meta := self.of(value):
                    answer["meta"] = meta
            elif name in self.names or name in kept:
                selection = self.names.get(name)
                answer[name] = value if selection is None else selection.inside(value)
        return answer

    def inside(self, value: Any) -> Any:
        """The same for what lies below: objects, lists of them, or null. `type` is kept."""
        if isinstance(value, list):
            return [self.inside(item) for item in value]
        return self.of(value, KINDS) if isinstance(value, Mapping) else value


def parse(text: str) -> Config:
    """The parsed `fields=` parameter. Raises BadRequest for one that does not parse."""
    try:
        return parse_fields_parameter(text)
    except ValueError as error:
        raise BadRequest(f"fields error: {error}") from error
    except RecursionError as error:
        raise BadRequest("fields error: nested too deeply") from error


def requested(
    query: Mapping[str, str], shape: Shape, default: Iterable[str] | None = None
) -> Selection:
    """What the `fields=` of a query selects; `default` of None stands for everything.

    Raises BadRequest for one that does not parse, or names what is not in `shape`.
    """
    config = parse(query["fields"]) if "fields" in query else []
    return select(config, shape, shape.names if default is None else default)


def select(config: Config, shape: Shape, default: Iterable[str]) -> Selection:
    """What a parsed parameter selects. Raises BadRequest for names that are not in `shape`."""
    members = {**shape.meta, **shape.body}
    return _select(config, members, set(default))


def _select(config: Config, members: Mapping[str, Any], default: set[str]) -> Selection:
    names = set(default)
    if config and config[0][0] == "*":
        names, config = set(members), config[1:]
    elif config and config[0][0] == "_":
        names, config = set(), config[1:]
    if any(not name for name, _, _ in config):
        raise BadRequest("fields error: '-' must be followed by the name to leave out")
    unknown = {name for name, _, _ in config} - set(members)
    if unknown:
        raise BadRequest("unknown fields: " + ", ".join(sorted(unknown)))
    below: dict[str, Selection | None] = {}
    for name, negated, sub_config in config:
        if negated:
            names.discard(name)
            continue
        names.add(name)
        if sub_config:
            sub_members = _members_of(member_types(members[name]))
            if not sub_members:
                raise BadRequest(f"'{name}' does not support nested fields")
            below[name] = _select(sub_config, sub_members, set(sub_members))
    return Selection({name: below.get(name) for name in members if name in names})


def shape_of(answers: Iterable[type[BaseModel]], hidden: Iterable[str] = ()) -> Shape:
    """What can be selected from documents of the given types; `hidden` names cannot."""
    body: dict[str, Any] = {}
    meta: dict[str, Any] = {}
    for answer in answers:
        fields = member_types(answer)
        _merge(meta, member_types(fields.get("meta")))
        _merge(body, {name: fields[name] for name in fields if name not in ("meta", "type")})
    hidden = set(hidden)
    return Shape(
        {name: kind for name, kind in body.items() if name not in hidden},
        {name: kind for name, kind in meta.items() if name not in hidden},
    )


def _members_of(fields: dict[str, Any]) -> dict[str, Any]:
    """The members of an object, those of its `meta` among them."""
    meta = member_types(fields.get("meta"))
    return {**meta, **{name: kind for name, kind in fields.items() if name != "meta" or not meta}}


def member_types(annotation: Any) -> dict[str, Any]:
    """Names and types of the members of all objects that an annotation admits."""
    members: dict[str, Any] = {}
    for model in _models(annotation):
        fields = model.model_fields.items()
        _merge(members, {field.alias or name: field.annotation for name, field in fields})
    return members


def _merge(members: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Adds members; one that is there already, in another kind of object, is either of the two."""
    for name, annotation in more.items():
        known = members.get(name, annotation)
        members[name] = known if known is annotation else known | annotation


def _models(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, TypeAliasType):
        return _models(annotation.__value__)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in _models(argument)]
