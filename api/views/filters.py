"""Filters of listings: v2's on columns and order, and those that newsrooms need besides."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils.timezone import is_aware, make_aware
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request
from taggit.managers import TaggableManager
from wagtail.api.v2.utils import parse_boolean
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend

from api.codecs.links import kinds
from api.codecs.pages import page_models
from api.codecs.visibility import public_objects
from api.errors import BadRequest
from api.views.base import whole_number
from pages.models import Person

NEWSROOM_PARAMETERS = frozenset(
    ["uuid", "kind", "topic", "person", "section", "published_from", "published_until"]
)


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
        order = request.GET.get("order")
        if not order:
            return queryset
        names = order.split(",")
        if "random" in names:
            if len(names) > 1:
                raise BadRequest("random ordering cannot be combined with other fields")
            if "offset" in request.GET:
                raise BadRequest("random ordering with offset is not supported")
            return queryset.order_by("?")
        columns = {
            name for name, field in _columns(view, queryset.model).items() if not field.is_relation
        }
        dated = queryset.model is Page and "publication_date" not in columns
        if dated:
            columns.add("publication_date")
        unknown = [name for name in names if name.removeprefix("-") not in columns]
        if unknown:
            raise BadRequest(f"cannot order by '{unknown[0]}' (unknown field)")
        if dated and any(name.removeprefix("-") == "publication_date" for name in names):
            queryset = queryset.annotate(publication_date=_publication_date())
        tie = [] if {"id", "-id"} & set(names) else ["id"]
        return queryset.order_by(*names, *tie)


def _publication_date() -> Coalesce:
    """The date readers see, of a page of any type."""
    dates = [
        Subquery(model.objects.filter(pk=OuterRef("pk")).values("publication_date")[:1])
        for model in page_models().values()
    ]
    return Coalesce(*dates, output_field=models.DateField())


class NewsroomFilter(BaseFilterBackend):
    """`uuid`, `kind`, `topic`, `person`, `section`, `published_from` and `published_until`."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        given = request.GET
        if "uuid" in given:
            queryset = queryset.filter(_any_type(uuid__in=self._uuids(given["uuid"])))
        if "kind" in given:
            queryset = queryset.filter(self._kind(given["kind"]))
        if "topic" in given:
            slugs = given["topic"].split(",")
            queryset = queryset.filter(_any_type(topics__slug__in=slugs))
        if "person" in given:
            queryset = queryset.filter(self._person(whole_number(given["person"], "person")))
        if "section" in given:
            queryset = queryset.filter(self._section(given["section"], view))
        for name, lookup in (("published_from", "gte"), ("published_until", "lte")):
            if name in given:
                day = self._day(given[name], name)
                queryset = queryset.filter(_any_type(**{f"publication_date__{lookup}": day}))
        return queryset

    def _uuids(self, text: str) -> list[UUID]:
        try:
            return [UUID(part) for part in text.split(",")]
        except ValueError as error:
            raise BadRequest("uuid must be one UUID or several, with commas between") from error

    def _kind(self, text: str) -> Q:
        wanted = set(text.split(","))
        by_model = {model: kinds(model) for model in page_models().values() if kinds(model)}
        known = {kind for labels in by_model.values() for kind in labels}
        if unknown := wanted - known:
            raise BadRequest(
                f"kind {sorted(unknown)[0]!a} does not exist; there are {', '.join(sorted(known))}"
            )
        condition = Q(pk__in=[])
        for model in by_model:
            condition |= Q(pk__in=model.objects.filter(kind__in=wanted).values("pk"))
        return condition

    def _person(self, person_id: int) -> Q:
        """Pages by, about or quoting a person: whatever refers to the person, wherever."""
        references = ReferenceIndex.get_references_to(Person(pk=person_id)).filter(
            base_content_type=ContentType.objects.get_for_model(Page)
        )
        page_ids = references.annotate(page_id=Cast("object_id", models.BigIntegerField()))
        return Q(pk__in=page_ids.values("page_id"))

    def _section(self, text: str, view: Any) -> Q:
        """Pages directly in a section, and those that name it as a further one."""
        section_id = whole_number(text, "section")
        try:
            section = view.get_base_queryset().get(pk=section_id)
        except Page.DoesNotExist as error:
            raise BadRequest("section doesn't exist") from error
        children = Q(path__startswith=section.path, depth=section.depth + 1)
        return children | _any_type(further_sections=section_id)

    def _day(self, text: str, name: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError as error:
            raise BadRequest(f"{name} must be a date such as 2016-10-17") from error


def _any_type(**condition: Any) -> Q:
    """Pages of whatever type that fulfil a condition on what all page types have."""
    found = Q(pk__in=[])
    for model in page_models().values():
        found |= Q(pk__in=model.objects.filter(**condition).values("pk"))
    return found


# Of characters in a search; PostgreSQL refuses words of more than 2 KB.
LONGEST_SEARCH = 250


def searchable(text: str) -> str:
    """The words of a search, without what search engines would take for a syntax of theirs.

    Raises BadRequest for a text too long to be searched for.
    """
    if len(text) > LONGEST_SEARCH:
        raise BadRequest(f"search cannot be longer than {LONGEST_SEARCH} characters")
    words = text.replace('"', " ").split()
    return " ".join(word for word in words if any(map(str.isalnum, word)))


class StrictSearchFilter(BaseFilterBackend):
    """v2's search, with its operator checked, and combinable with every filter and order."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> Any:
        operator = request.GET.get("search_operator")
        if operator not in ("and", "or", None):
            raise BadRequest("search_operator must be 'and' or 'or'")
        if "search" not in request.GET:
            return queryset
        if not getattr(settings, "WAGTAILAPI_SEARCH_ENABLED", True):
            raise BadRequest("search is disabled")
        words = searchable(request.GET["search"])
        ordered = bool(request.GET.get("order"))
        # The search index knows few columns, but any set of ids.
        candidates = queryset.model._default_manager.filter(pk__in=queryset.order_by().values("pk"))
        found = get_search_backend().search(
            words, candidates, operator=operator, order_by_relevance=not ordered
        )
        return queryset.filter(pk__in=[result.pk for result in found]) if ordered else found
