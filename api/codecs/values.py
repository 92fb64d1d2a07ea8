"""Codecs of plain values: the columns of a model."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from functools import singledispatch
from typing import Literal

from django.db import models
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField

from api.codecs.annotations import moment, plain
from api.codecs.blocks import block_codec, stream_codec
from api.codecs.codec import Codec, NoCodec
from api.codecs.naming import pascal_case
from api.codecs.prose import PortableText, encode_rich_text
from pages.blocks.validation import BLOCKS


@singledispatch
def column_codec(field: models.Field) -> Codec:
    """The codec of a column. Register another for a field class of your own."""
    raise NoCodec(f"no codec for {type(field).__name__} ({field})")


@column_codec.register(models.CharField)
@column_codec.register(models.TextField)
def _text(field: models.Field) -> Codec:
    if field.choices:
        values = [value for value, _ in field.flatchoices]
        nothing = [""] if field.blank and "" not in values else []
        return Codec(Literal[tuple(values + nothing)], plain)
    return Codec(str, plain)


@column_codec.register(models.IntegerField)
def _integer(field: models.Field) -> Codec:
    return Codec(int, plain)


@column_codec.register(models.FloatField)
def _float(field: models.Field) -> Codec:
    return Codec(float, plain)


@column_codec.register(models.BooleanField)
def _boolean(field: models.Field) -> Codec:
    return Codec(bool, plain)


@column_codec.register(models.UUIDField)
def _uuid(field: models.Field) -> Codec:
    return Codec(uuid.UUID, plain)


@column_codec.register(models.DateField)
def _date(field: models.Field) -> Codec:
    return Codec(date, plain)


@column_codec.register(models.DateTimeField)
def _moment(field: models.Field) -> Codec:
    return Codec(datetime, lambda value, scope: moment(value))


@column_codec.register(models.TimeField)
def _time(field: models.Field) -> Codec:
    return Codec(time, plain)


@column_codec.register(RichTextField)
def _rich_text(field: models.Field) -> Codec:
    return Codec(PortableText, encode_rich_text)


@column_codec.register(StreamField)
def _stream(field: StreamField) -> Codec:
    block = field.stream_block
    # An editor's draft may be making them optional for a moment.
    with BLOCKS:
        if type(block) is blocks.StreamBlock:
            # Blocks listed in place: the union is called after the field.
            codec = stream_codec(block, pascal_case(f"{field.model.__name__}_{field.name}_block"))
        else:
            codec = block_codec(block)
    return Codec(codec.type, lambda value, scope: codec.encode(value.get_prep_value(), scope))
