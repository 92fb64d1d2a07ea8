"""What a draft refers to and is gone by now: looked up for all of it at once.

A revision is JSON, and what it names may have been deleted since. modelcluster asks for every single
reference of a page, its bylines, its footnotes: 200 of them are 200 queries, whenever the draft is
opened, previewed or published. Here it is one for each model that is referred to.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from django.db import models
from modelcluster.models import ClusterableModel, get_all_child_relations

Data = dict[str, Any]
Key = models.ForeignKey[Any, Any]


def without_dangling(model: type[models.Model], data: Data, *, strict: bool) -> Data | None:
    """The data of an object and its children, without references to what is not there.

    As `from_serializable_data` has it: what would have been set to null is null, and a child that
    would have been deleted is left out; None if that is the object itself, and `strict`.
    """
    wanted: dict[models.Field[Any, Any], set[Any]] = defaultdict(set)
    for key, value in _all_references(model, data):
        wanted[key.target_field].add(value)
    there = {target: _those_there(target, values) for target, values in wanted.items()}
    return _cleaned(model, data, there, strict=strict)


def _those_there(target: models.Field[Any, Any], values: set[Any]) -> set[Any]:
    found = target.model._default_manager.filter(**{f"{target.name}__in": values})
    return set(found.values_list(target.name, flat=True))


def _cleaned(
    model: type[models.Model], data: Data, there: dict[Any, set[Any]], *, strict: bool
) -> Data | None:
    cleaned = dict(data)
    for key, value in _references(model, data):
        on_delete = key.remote_field.on_delete
        if value in there[key.target_field]:
            continue
        if on_delete is models.CASCADE and strict:
            return None
        # Others stand as they are: Wagtail fills in the page's own type and language.
        if on_delete in (models.CASCADE, models.SET_NULL):
            cleaned[key.name] = None
    for name, child in _children(model, data):
        kept = (_cleaned(child, one, there, strict=True) for one in data[name])
        cleaned[name] = [one for one in kept if one is not None]
    return cleaned


def _all_references(model: type[models.Model], data: Data) -> Iterator[tuple[Key, Any]]:
    yield from _references(model, data)
    for name, child in _children(model, data):
        for one in data[name]:
            yield from _all_references(child, one)


def _references(model: type[models.Model], data: Data) -> Iterator[tuple[Key, Any]]:
    """Each foreign key that is not empty, and what it holds."""
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey) and data.get(field.name) is not None:
            yield field, field.target_field.to_python(data[field.name])


def _children(model: type[models.Model], data: Data) -> Iterator[tuple[str, type[models.Model]]]:
    """The name of each relation to what belongs to a page, and its model."""
    if issubclass(model, ClusterableModel):
        for relation in get_all_child_relations(model):
            if relation.get_accessor_name() in data:
                yield relation.get_accessor_name(), relation.related_model
