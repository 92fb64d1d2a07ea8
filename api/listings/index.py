"""A listing over the index of entries: its conditions, a slice of it, and its facets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from rest_framework.request import Request
from wagtail.models import Locale, Page

from api.documents.models import Entry
from api.documents.moments import Moment
from api.listings.conditions import NEWSROOM_PARAMETERS, conditions_on_entries
from api.listings.facets import count_facets
from api.listings.grounds import grounds
from api.listings.parameters import LISTING_PARAMETERS, Paging
from api.listings.slices import COLUMNS, Slice, slice_of, slice_of_found
from api.search.catching_up import catch_up
from api.search.query import Query, knows_all_pages, requested_query

# Parameters that the index knows, or that do not choose among pages.
KNOWN = (
    NEWSROOM_PARAMETERS
    | LISTING_PARAMETERS
    | {"_", "fields", "format", "limit", "locale", "offset", "order", "rich_text_format"}
    | {"search", "search_operator", "site", "type"}
)


@dataclass(frozen=True, slots=True)
class Index:
    """The entries that anybody may read now, and what a request wants of them."""

    public: QuerySet[Entry]
    conditions: dict[str, Q]
    until: datetime | None = None
    query: Query | None = None
    began: Moment | None = None

    @classmethod
    def of(cls, view: Any, order: list[str]) -> Index | None:
        """For the request of a view; None where the pages themselves must be asked.

        Raises BadRequest, or Http404 for a locale that does not exist.
        """
        request: Request = view.request
        query = requested_query(request)
        if {name.removeprefix("-") for name in order} - COLUMNS:
            return None
        if query and not knows_all_pages():
            return None
        base = grounds(request)
        if base is None:
            return None
        public = base.entries()
        conditions = conditions_on_entries(request.GET, lambda pk: public.filter(pk=pk).first())
        if view.requested_models:
            conditions["type"] = Q(content_type_id__in=_content_types(tuple(view.requested_models)))
        if "locale" in request.GET:
            locale = get_object_or_404(Locale, language_code=request.GET["locale"])
            conditions["locale"] = Q(locale_id=locale.pk)
        if request.GET.keys() - KNOWN:
            conditions["others"] = Q(pk__in=view.filtered_pages().order_by().values("pk"))
        if query:
            catch_up()
            conditions["search"] = query.anywhere()
        return cls(public, conditions, base.until, query, base.began)

    @classmethod
    def of_pages(cls, view: Any) -> Index:
        """Of what the pages themselves, asked, have given."""
        found = view.filter_queryset(view.get_queryset())
        ids = (
            found.order_by().values("pk") if isinstance(found, QuerySet) else [p.pk for p in found]
        )
        public = Entry.objects.filter(pk__in=view.get_base_queryset().order_by().values("pk"))
        return cls(public, {"pages": Q(pk__in=ids)})

    def entries(self, without: str = "") -> QuerySet[Entry]:
        """The entries that fulfil all conditions, or all but one."""
        wanted = [condition for name, condition in self.conditions.items() if name != without]
        return self.public.filter(*wanted)

    def slice(self, order: list[str], paging: Paging) -> Slice:
        if self.query and not order:
            return slice_of_found(self.entries(without="search"), self.query, paging)
        return slice_of(self.entries(), order, paging)

    def facets(self, names: list[str]) -> dict[str, Any]:
        return count_facets(names, self.entries, self.public)


def _content_types(models: tuple[type[Page], ...]) -> list[int]:
    found = [model for model in apps.get_models() if issubclass(model, models)]
    return [content_type.pk for content_type in ContentType.objects.get_for_models(*found).values()]
