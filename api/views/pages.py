"""`pages/`: listings, details and `find`, in v2's dialect."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
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
from api.documents.store import documents_of
from api.errors import BadRequest
from api.reading.answers import document_answer
from api.routing import find_page
from api.selection import Selection
from api.sites import belongs_to, requested_site
from api.views.base import AnswersDocuments, whole_number
from api.views.filters import (
    NEWSROOM_PARAMETERS,
    ColumnFilter,
    NewsroomFilter,
    OrderFilter,
    StrictSearchFilter,
)
from pages.models import NewsroomPage

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
    known_query_parameters = WagtailPagesAPIViewSet.known_query_parameters | NEWSROOM_PARAMETERS
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

    def listing_view(self, request: Request) -> Response:
        if not self.in_contract():
            return WagtailPagesAPIViewSet.listing_view(self, request)
        return super().listing_view(request)

    def detail_view(self, request: Request, pk: int) -> HttpResponse:
        if not self.in_contract():
            return WagtailPagesAPIViewSet.detail_view(self, request, pk)
        selection = self.selection(None)
        document = documents_of([int(pk)], self.rich_text_format.name).get(int(pk))
        if document is None:
            raise Http404("There is no such page.")
        return document_answer(request, document, selection)

    def encode(self, instances: Sequence[Model], selection: Selection) -> list[dict[str, Any]]:
        ids = [page.pk for page in instances]
        ours = documents_of(ids, self.rich_text_format.name)
        others = Page.objects.filter(pk__in=[pk for pk in ids if pk not in ours]).specific()
        # One of ours that is not there ceased to be public a moment ago.
        foreign = {page.pk: page for page in others if not isinstance(page, NewsroomPage)}
        return [
            json.loads(ours[pk].body) if pk in ours else self.foreign(foreign[pk])
            for pk in ids
            if pk in ours or pk in foreign
        ]

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
