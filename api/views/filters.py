"""Filters of listings: v2's on columns and order, and those that newsrooms need besides."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Count, QuerySet
from django.utils.timezone import is_aware, make_aware
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from taggit.managers import TaggableManager
from wagtail.api.v2.utils import parse_boolean
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from api.codecs.visibility import public_objects
from api.documents.entries import bring_up_to_date, publication_date
from api.documents.models import Entry
from api.errors import BadRequest
from api.listings.conditions import conditions_on_pages
from api.parameters import whole_number
from api.search.catching_up import catch_up
from api.search.query import knows_all_pages, requested_query, requested_search


def _columns(view: Any, model: type[models.Model]) -> dict[str, Any]:
    """The answered fields of a model that have a column one can compare and sort by."""
    columns: dict[str, Any] = {}
    for name in view.get_available_fields(model, db_fields_only=True):
        try:
            field: Any = model._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        if field.concrete and not isinstance(field, RichTextField | StreamField):
            columns[name] = field
    return columns


class ColumnFilter(BaseFilterBackend):
    """v2's exact match on a field: `?slug=about`.

    Relations are matched by id, tags by name: all of those that are listed.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        columns = _columns(view, queryset.model)
        for name, (text,) in request.GET.lists():
            if name in view.known_query_parameters:
                continue
            if name not in columns:
                raise BadRequest(f"cannot filter by '{name}'")
            if isinstance(columns[name], TaggableManager):
                queryset = queryset.filter(pk__in=_tagged(queryset.model, name, text.split(",")))
            else:
                condition = {name: self._value(columns[name], text)}
                if columns[name].is_relation:
                    # Else one could find out what a dead link leads to.
                    public = public_objects(columns[name].related_model)
                    condition[f"{name}__in"] = public.values("pk")
                queryset = queryset.filter(**condition)
        return queryset

    def _value(self, field: models.Field, text: str) -> Any:
        try:
            if isinstance(field, models.BooleanField):
                return parse_boolean(text)
            if field.is_relation or isinstance(field, models.IntegerField):
                return whole_number(text, field.name)
            value = field.to_python(text)
            if isinstance(value, datetime):
                # Databases store moments in UTC, where some of the years 1 and 9999 do not exist.
                return (value if is_aware(value) else make_aware(value)).astimezone(UTC)
            return value
        except (BadRequest, ValueError, OverflowError, ValidationError) as error:
            reason = " ".join(getattr(error, "messages", [str(error)]))
            raise BadRequest(
                f"field filter error. {text!a} is not a valid value for {field.name} ({reason})"
            ) from error


def _tagged(model: type[models.Model], name: str, tags: list[str]) -> QuerySet:
    """Ids of what carries all of the tags."""
    found = model._default_manager.filter(**{f"{name}__name__in": tags}).values("pk")
    return found.alias(carried=Count(name, distinct=True)).filter(carried=len(set(tags)))


class OrderFilter(BaseFilterBackend):
    """v2's `order=`. Listings of several types can be ordered by their publication date too.

    What is equal is ordered by id, so that no page is met twice while one pages on.
    """

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        names = ordering(request, queryset.model, view)
        if not names:
            return queryset
        if names == ["random"]:
            return queryset.order_by("?")
        if queryset.model is Page and {"publication_date", "-publication_date"} & set(names):
            queryset = queryset.annotate(publication_date=publication_date())
        tie = [] if {"id", "-id"} & set(names) else ["id"]
        return queryset.order_by(*names, *tie)


def ordering(request: Request, model: type[models.Model], view: Any) -> list[str]:
    """The names in `order=`. Raises BadRequest for those that a model cannot be ordered by."""
    order = request.GET.get("order")
    names = order.split(",") if order else []
    if "random" in names:
        if len(names) > 1:
            raise BadRequest("random ordering cannot be combined with other fields")
        if "offset" in request.GET:
            raise BadRequest("random ordering with offset is not supported")
        return names
    columns = {name for name, field in _columns(view, model).items() if not field.is_relation}
    if model is Page:
        columns.add("publication_date")
    unknown = [name for name in names if name.removeprefix("-") not in columns]
    if unknown:
        raise BadRequest(f"cannot order by '{unknown[0]}' (unknown field)")
    # What is ordered by already has no part in it.
    fields = [name.removeprefix("-") for name in names]
    return [name for place, name in enumerate(names) if fields[place] not in fields[:place]]


class NewsroomFilter(BaseFilterBackend):
    """The newsroom's own filters (`api.listings.conditions`)."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        conditions = conditions_on_pages(
            request.GET, lambda pk: view.get_base_queryset().filter(pk=pk).first()
        )
        return queryset.filter(*conditions.values())


def _finds(request: Request, model: type[models.Model]) -> QuerySet | None:
    """The pages that the index of listings finds, for an order that it does not know."""
    query = requested_query(request) if request.GET.get("order") else None
    if query is None or not issubclass(model, Page):
        return None
    if not knows_all_pages() or not bring_up_to_date():
        return None
    catch_up()
    return Entry.objects.filter(query.anywhere()).values("pk")


class StrictSearchFilter(BaseFilterBackend):
    """v2's search, with its operator checked, and combinable with every filter and order."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> Any:
        operator, text = requested_search(request)
        if text is None:
            return queryset
        if (finds := _finds(request, queryset.model)) is not None:
            return queryset.filter(pk__in=finds)
        # Without what search engines would take for a syntax of theirs.
        words = " ".join(
            word for word in text.replace('"', " ").split() if any(map(str.isalnum, word))
        )
        ordered = bool(request.GET.get("order"))
        # The search index knows few columns, but any set of ids.
        candidates = queryset.model._default_manager.filter(pk__in=queryset.order_by().values("pk"))
        found = get_search_backend().search(
            words, candidates, operator=operator, order_by_relevance=not ordered
        )
        return queryset.filter(pk__in=[result.pk for result in found]) if ordered else found
