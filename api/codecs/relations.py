"""Codecs of relations: foreign keys, many-to-many, rows that hang on a page."""

from __future__ import annotations

from collections.abc import Callable
from types import NoneType
from typing import Any, get_args

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page
from wagtail_footnotes.models import Footnote

from api.codecs.codec import Codec, NoCodec
from api.codecs.encoding import OMITTED, Encoding, Scope
from api.codecs.footnotes import FOOTNOTES
from api.codecs.keys import Source, reads
from api.codecs.links import encode_page_card, live_only, load_pages
from api.codecs.naming import named_union
from api.codecs.references import reference_codec
from api.codecs.snippets import in_list
from api.codecs.types import PageCard
from pages.models import NewsroomPage

RowCodec = Callable[[type[models.Model]], Codec]


def foreign_key_codec(field: models.ForeignKey) -> Codec:
    """What a foreign key points to; null where it is empty."""
    codec = reference_codec(field.related_model)
    if field.null:
        codec = codec.optional()
    return Codec(
        codec.type,
        lambda instance, scope: codec.encode(getattr(instance, field.attname), scope),
    )


def many_to_many_codec(field: models.ManyToManyField) -> Codec:
    """A list of what is chosen, in the order in which it came to be."""
    codec = reference_codec(field.related_model)
    related: Any = field.related_model
    member = codec if issubclass(related, Page) else in_list(codec)

    def encode(instance: Any, scope: Scope) -> list[Any]:
        chosen = getattr(instance, field.name).all()
        return [member.encode(pk, scope) for pk in sorted(found.pk for found in chosen)]

    return Codec(list[codec.type], encode)  # type: ignore[name-defined]


def rows_codec(relation: models.ManyToOneRel, row_codec: RowCodec) -> Codec:
    """Rows that hang on a page, in their order; or pages that point to it from elsewhere."""
    rows_of: Any = relation.related_model
    if issubclass(rows_of, Footnote):
        return FOOTNOTES
    if not isinstance(relation.field, ParentalKey):
        return _pointing_here_codec(relation)
    codec = row_codec(rows_of)
    accessor = str(relation.get_accessor_name())

    def encode(instance: Any, scope: Scope) -> list[Any]:
        rows = sorted(getattr(instance, accessor).all(), key=_place)
        return [codec.encode(row, scope) for row in rows]

    return Codec(list[codec.type], encode)  # type: ignore[name-defined]


def _place(row: Any) -> tuple[bool, int, bool, int]:
    """Rows of a draft are in memory, in any order; rows that were never saved come last.

    Rows that have no order, or the same, stand as they were saved, on every database.
    """
    order = getattr(row, "sort_order", None)
    return order is None, order or 0, row.pk is None, row.pk or 0


def alternatives_codec(name: str, codecs: list[Codec]) -> Codec:
    """Whichever of several optional foreign keys is set, as a union called `name`."""
    kinds = [kind for codec in codecs for kind in get_args(codec.type) if kind is not NoneType]

    def encode(instance: Any, scope: Scope) -> Any:
        values = (codec.encode(instance, scope) for codec in codecs)
        return next((value for value in values if value is not None), OMITTED)

    return Codec(named_union(name, kinds), encode)


def _pointing_here_codec(relation: models.ManyToOneRel) -> Codec:
    """Public pages that name this one in a foreign key, newest first."""
    model: Any = relation.related_model
    column = relation.field.attname
    if not issubclass(model, NewsroomPage):
        raise NoCodec(f"{relation.name} comes from {model.__name__}, which is not a page")

    @reads(Source(f"{model.short_type()}.{column}", model, column, ("publication_date",)))
    def load(keys: set[Any], encoding: Encoding) -> dict[Any, list[int]]:
        found: dict[Any, list[int]] = {}
        rows = model.objects.filter(**{f"{column}__in": keys})
        for target, pk in rows.order_by("-publication_date", "-pk").values_list(column, "pk"):
            found.setdefault(target, []).append(pk)
        return found

    def encode(instance: Any, scope: Scope) -> Any:
        def cards(pks: list[int] | None) -> list[Any]:
            return [
                scope.reference(
                    load_pages, pk, lambda page: live_only(encode_page_card(page, scope))
                )
                for pk in pks or []
            ]

        return scope.reference(load, instance.pk, cards) if instance.pk else []

    return Codec(list[PageCard], encode)
