"""Codecs of what `api_fields` names: columns, relations and annotated properties of a model."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models

from api.codecs.annotations import returned
from api.codecs.codec import Codec, NoCodec
from api.codecs.encoding import Scope
from api.codecs.naming import component
from api.codecs.relations import (
    alternatives_codec,
    foreign_key_codec,
    many_to_many_codec,
    rows_codec,
)
from api.codecs.values import column_codec


def field_codec(model: type[models.Model], name: str) -> Codec:
    """The codec of what `name` is on `model`. Its `encode` takes the instance.

    Raises NoCodec if there is no such thing, or none that can be typed.
    """
    try:
        field: Any = model._meta.get_field(name)
    except FieldDoesNotExist:
        return _property_codec(model, name)
    if isinstance(field, models.ManyToOneRel):
        return rows_codec(field, row_codec)
    if isinstance(field, models.ManyToManyField):
        return many_to_many_codec(field)
    if isinstance(field, models.ForeignKey):
        return foreign_key_codec(field)
    codec = column_codec(field)
    if field.null:
        codec = codec.optional()
    return Codec(codec.type, lambda instance, scope: codec.encode(getattr(instance, name), scope))


def row_codec(model: type[models.Model]) -> Codec:
    """The codec of a row that hangs on a page, from its `api_fields`.

    One field: the row is answered as its value. Several: as an object of them.
    `api_alternatives` instead: as the one of them that is set.
    """
    if alternatives := getattr(model, "api_alternatives", None):
        codecs = [field_codec(model, name) for name in alternatives]
        return alternatives_codec(model.__name__, codecs)
    names = field_names(model)
    if not names:
        raise NoCodec(f"{model.__name__} has neither api_fields nor api_alternatives")
    if len(names) == 1:
        return field_codec(model, names[0])
    return object_codec(model)


def object_codec(model: type[models.Model]) -> Codec:
    """An object of a model's `api_fields`, as a component named after the model."""
    codecs = field_codecs(model)
    answer = component(
        model.__name__,
        {name: (codec.type, ...) for name, codec in codecs.items()},
        (model.__doc__ or "").strip(),
    )
    return Codec(answer, lambda instance, scope: encode_fields(codecs, instance, scope))


def field_names(model: type[models.Model]) -> list[str]:
    """The names in a model's `api_fields`, which may hold Wagtail's APIField objects too."""
    return [getattr(field, "name", field) for field in getattr(model, "api_fields", [])]


def field_codecs(model: type[models.Model]) -> dict[str, Codec]:
    """The codecs of a model's `api_fields`, in order."""
    return {name: field_codec(model, name) for name in field_names(model)}


def encode_fields(codecs: dict[str, Codec], instance: Any, scope: Scope) -> dict[str, Any]:
    """The named fields of one instance, as a tree."""
    return {name: codec.encode(instance, scope) for name, codec in codecs.items()}


def _property_codec(model: type[models.Model], name: str) -> Codec:
    attribute = getattr(model, name, None)
    getter = getattr(attribute, "fget", None) or getattr(attribute, "func", None)
    owner = f"{model.__name__}.{name}"
    if getter is None:
        raise NoCodec(f"{owner} is neither a field nor a property")
    codec = returned(owner, getter)
    return Codec(codec.type, lambda instance, scope: codec.encode(getattr(instance, name), scope))
