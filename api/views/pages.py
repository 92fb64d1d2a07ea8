"""`pages/`: listings, details and `find`, in v2's dialect."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone
from pydantic import BaseModel
from rest_framework.request import Request
from wagtail.api.rich_text import APIRichText
from wagtail.api.v2.filters import (
    AncestorOfFilter,
    ChildOfFilter,
    DescendantOfFilter,
    LocaleFilter,
    TranslationOfFilter,
)
from wagtail.api.v2.serializers import PageAliasOfField, PageSerializer
from wagtail.api.v2.utils import page_models_from_string
from wagtail.api.v2.views import PagesAPIViewSet as WagtailPagesAPIViewSet
from wagtail.models import Page
from wagtail.query import PageQuerySet

from api.codecs.pages import page_codec, page_models
from api.codecs.visibility import public_pages
from api.documents.encode import etag_of, to_json
from api.documents.store import documents_of
from api.documents.texts import BODY, ITEM, Text, texts_of
from api.errors import BadRequest
from api.listings.answer import listing_answer
from api.listings.conditions import NEWSROOM_PARAMETERS
from api.listings.index import Index
from api.listings.parameters import LISTING_PARAMETERS, Paging, requested_facets, requested_paging
from api.listings.slices import Slice, slice_of_any
from api.parameters import whole_number
from api.reading.answers import document_answer
from api.routing import find_page
from api.search.snippets import snippets_of
from api.selection import Selection
from api.sites import belongs_to, requested_site
from api.views.base import AnswersDocuments
from api.views.filters import (
    ColumnFilter,
    NewsroomFilter,
    OrderFilter,
    StrictSearchFilter,
    ordering,
)
from pages.models import NewsroomPage

V2_FILTERS = (
    ColumnFilter,
    ChildOfFilter,
    AncestorOfFilter,
    DescendantOfFilter,
    TranslationOfFilter,
)
TREE_PARAMETERS = ("child_of", "ancestor_of", "descendant_of", "translation_of")


class PublicAliasOfField(PageAliasOfField):
    """What a page is an alias of, where that is public, as v2 does with parents."""

    def get_attribute(self, instance: Page) -> Page | None:
        original = instance.alias_of
        if original and self.context["base_queryset"].filter(pk=original.pk).exists():
            return original
        return None


class ForeignPageSerializer(PageSerializer):
    """Wagtail's own, of pages outside the contract."""

    alias_of = PublicAliasOfField(read_only=True)


class PagesAPIViewSet(AnswersDocuments, WagtailPagesAPIViewSet):
    """Pages that anybody may read now.

    Page models outside the contract (those that are no `NewsroomPage`) are answered by Wagtail's
    own serializers.
    """

    base_serializer_class = ForeignPageSerializer
    filter_backends = [
        ColumnFilter,
        NewsroomFilter,
        ChildOfFilter,
        AncestorOfFilter,
        DescendantOfFilter,
        OrderFilter,
        TranslationOfFilter,
        LocaleFilter,
        StrictSearchFilter,  # last: what it returns cannot be filtered further
    ]
    known_query_parameters = (
        WagtailPagesAPIViewSet.known_query_parameters | NEWSROOM_PARAMETERS | LISTING_PARAMETERS
    )
    detail_parameters = AnswersDocuments.detail_parameters | {"site", "type", "locale"}
    listing_default_fields = [*WagtailPagesAPIViewSet.listing_default_fields, "uuid"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        for name in TREE_PARAMETERS:
            if name in request.GET and request.GET[name] != "root":
                whole_number(request.GET[name], name)

    def get_base_queryset(self) -> PageQuerySet:
        """Every page of the requested site that anybody may read now."""
        return self._base_queryset.all()

    @cached_property
    def _base_queryset(self) -> PageQuerySet:
        return public_pages().filter(belongs_to(requested_site(self.request)))

    def get_root_page(self) -> Page:
        return requested_site(self.request).root_page

    @cached_property
    def requested_models(self) -> list[type[Page]]:
        """The models that `?type=` names by short name or label; empty for all."""
        names = [name for name in self.request.GET.get("type", "").split(",") if name]
        found: list[type[Page]] = []
        for name in names:
            try:
                found += (
                    [page_models()[name]]
                    if name in page_models()
                    else page_models_from_string(name)
                )
            except (LookupError, ValueError) as error:
                raise BadRequest("type doesn't exist") from error
        return found

    def get_queryset(self) -> QuerySet:
        base = self.get_base_queryset()
        models = self.requested_models
        if not models:
            return base
        if len(models) == 1:
            return models[0].objects.filter(pk__in=base.order_by().values("pk"))
        return base.type(*models)

    # Documents --------------------------------------------------------------------------------

    def in_contract(self) -> list[type[NewsroomPage]]:
        """The page types of the contract that this request's answer may hold."""
        known = page_models().values()
        if self.action == "detail_view":
            return [model for model in known if model is type(self.get_object())]
        wanted = tuple(self.requested_models or [Page])
        return [model for model in known if issubclass(model, wanted)]

    def answers(self) -> list[type[BaseModel]]:
        return [page_codec(model).answer for model in self.in_contract()]

    def listing_view(self, request: Request) -> HttpResponse:
        if not self.in_contract():
            return WagtailPagesAPIViewSet.listing_view(self, request)
        self.check_query_parameters(self.listed_model.objects.none())
        default = self.get_listing_default_fields(self.listed_model)
        selection = self.selection(default, hidden=self.detail_only_fields)
        order = ordering(request, self.listed_model, self)
        facets = requested_facets(request)
        paging = requested_paging(request)
        index = Index.of(self, order)
        part = index.slice(order, paging) if index else self.slice_of_pages(paging)
        shown = self.texts(part.ids, selection)
        meta: dict[str, Any] = {"total_count": part.total, "next_cursor": part.next_cursor}
        if index and index.query:
            meta["snippets"] = snippets_of(shown, index.query)
        if facets:
            counted = index or Index.of(self, []) or Index.of_pages(self)
            meta["facets"] = counted.facets(facets)
        until = index.until if index else timezone.now()
        began = index.began if index else None
        return listing_answer(request, meta, list(shown.values()), until, began)

    @property
    def listed_model(self) -> type[Page]:
        """The model whose fields a listing can be filtered and ordered by."""
        models = self.requested_models
        return models[0] if len(models) == 1 else Page

    def filtered_pages(self) -> QuerySet:
        """Pages that fulfil v2's conditions, without regard to the newsroom's own."""
        found = self.get_queryset()
        for backend in V2_FILTERS:
            found = backend().filter_queryset(self.request, found, self)
        return found

    def slice_of_pages(self, paging: Paging) -> Slice:
        """A slice of the pages themselves, where the index cannot tell."""
        return slice_of_any(self.filter_queryset(self.get_queryset()), paging)

    def texts(self, page_ids: Sequence[int], selection: Selection) -> dict[int, Text]:
        """What is selected of the documents of pages, by id and in their order."""
        fields = self.request.GET.get("fields")
        part = BODY if fields else ITEM
        ours = texts_of(page_ids, self.rich_text_format.name, part)
        # One of ours that is not there ceased to be public a moment ago.
        missing = [pk for pk in page_ids if pk not in ours]
        others = Page.objects.filter(pk__in=missing).specific() if missing else []
        foreign = {page.pk: page for page in others if not isinstance(page, NewsroomPage)}
        found: dict[int, Text] = {}
        for pk in page_ids:
            if pk in ours:
                text = ours[pk]
                if fields and fields != "*":
                    selected = to_json(selection.of(json.loads(text.octets)))
                    text = replace(text, octets=selected.encode())
                found[pk] = text
            elif pk in foreign:
                document = to_json(selection.of(self.foreign(foreign[pk])))
                found[pk] = Text(document.encode(), etag_of(document), f"page:{pk}", None)
        return found

    def detail_view(self, request: Request, pk: int) -> HttpResponse:
        if not self.in_contract():
            return WagtailPagesAPIViewSet.detail_view(self, request, pk)
        selection = self.selection(None)
        document = documents_of([int(pk)], self.rich_text_format.name).get(int(pk))
        if document is None:
            raise Http404("There is no such page.")
        return document_answer(request, document, selection)

    def foreign(self, page: Page) -> dict[str, Any]:
        """A page outside the contract among others: what v2 tells of every page."""
        serializer = self._get_serializer_class(
            self.request.wagtailapi_router, Page, [("*", False, None)]
        )
        context = WagtailPagesAPIViewSet.get_serializer_context(self)
        return dict(serializer(page, context=context).data)

    def resolve_rich_text_format(self) -> str:
        """The format of pages outside the contract, which have no Portable Text."""
        if self.request.GET.get("rich_text_format") == "portable_text":
            return APIRichText.get_default_format()
        return super().resolve_rich_text_format()

    # Find -------------------------------------------------------------------------------------

    def find_object(self, queryset: QuerySet, request: Request) -> Page | None:
        if "html_path" in request.GET:
            page = find_page(request, requested_site(request), request.GET["html_path"])
            if page is None or not queryset.filter(pk=page.pk).exists():
                return None
            return page
        return super().find_object(queryset, request)
