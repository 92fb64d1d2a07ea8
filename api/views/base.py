"""What all endpoints share: strict parameters, problems, and documents instead of serializers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from pydantic import BaseModel
from rest_framework.request import Request
from rest_framework.response import Response
from wagtail.api.v2.pagination import WagtailPagination

from api.errors import PROBLEM_JSON, BadRequest, problem_response
from api.parameters import LONGEST_PARAMETER, whole_number
from api.rich_text_format import RichTextFormat
from api.selection import Selection, requested, shape_of

if TYPE_CHECKING:
    from wagtail.api.v2.views import BaseAPIViewSet as _ViewSet
else:
    # Mixed into one, ahead of it: what Wagtail's viewsets say of themselves must not be overridden.
    _ViewSet = object


class Problems:
    """For any DRF view: errors are problems, and odd parameters are errors."""

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        for name, values in request.GET.lists():
            if len(values) > 1:
                raise BadRequest(f"{name} is given {len(values)} times; give it once")
            if "\x00" in name or "\x00" in values[0]:
                raise BadRequest(f"null characters are not allowed in {name!a}")
            if len(values[0]) > LONGEST_PARAMETER:
                raise BadRequest(f"{name} cannot be longer than {LONGEST_PARAMETER} characters")

    def handle_exception(self, exc: Exception) -> Response:
        response = problem_response(exc, {})
        if response is None:
            return super().handle_exception(exc)  # type: ignore[misc]
        response.exception = True
        return response

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        renderer = getattr(response, "accepted_renderer", None)
        if getattr(response, "exception", False) and getattr(renderer, "format", "") == "json":
            response.content_type = PROBLEM_JSON
        return response

    def allow_parameters(self, request: Request, names: Iterable[str]) -> None:
        """Raises BadRequest for a parameter that is not among `names`."""
        unknown = set(request.GET) - set(names)
        if unknown:
            raise BadRequest(
                "query parameter is not an operation or a recognised field: "
                + ", ".join(sorted(unknown))
            )


class StrictPagination(WagtailPagination):
    """v2's `limit` and `offset`, without numbers that a database cannot count to."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> Any:
        for name in ("limit", "offset"):
            if name in request.GET:
                whole_number(request.GET[name], name)
        return super().paginate_queryset(queryset, request, view)


class AnswersDocuments(Problems, _ViewSet):
    """For Wagtail's v2 viewsets: answers are made by the encoder and cut down to `fields=`.

    A subclass says which types there are and how instances become documents.
    """

    pagination_class = StrictPagination
    # What single objects can be asked with; `find` takes `find_query_parameters` besides.
    detail_parameters = frozenset(["fields", "rich_text_format", "_", "format"])

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if self.action == "detail_view":
            self.allow_parameters(request, self.detail_parameters)
        elif self.action == "find_view":
            self.allow_parameters(request, self.detail_parameters | self.find_query_parameters)
            if "id" in request.GET:
                whole_number(request.GET["id"], "id")
        self.rich_text_format = RichTextFormat.requested(request)

    def answers(self) -> list[type[BaseModel]]:
        """The types that may occur in this request's answer."""
        raise NotImplementedError

    def encode(self, instances: Sequence[Model], selection: Selection) -> list[dict[str, Any]]:
        """The documents of instances, in plain JSON values."""
        raise NotImplementedError

    def listing_view(self, request: Request) -> HttpResponse:
        queryset = self.get_queryset()
        self.check_query_parameters(queryset)
        default = self.get_listing_default_fields(queryset.model)
        selection = self.selection(default, hidden=self.detail_only_fields)
        queryset = self.filter_queryset(queryset)
        instances = list(self.paginate_queryset(queryset))
        return self.get_paginated_response(self.documents(instances, selection))

    def detail_view(self, request: Request, pk: int) -> HttpResponse:
        instance = self.get_object()
        selection = self.selection(None)
        documents = self.documents([instance], selection)
        if not documents:
            raise Http404
        return Response(documents[0])

    def documents(self, instances: Sequence[Any], selection: Selection) -> list[dict[str, Any]]:
        """The selected parts of the documents of instances."""
        return [selection.of(document) for document in self.encode(instances, selection)]

    def selection(self, default: Iterable[str] | None, hidden: Iterable[str] = ()) -> Selection:
        """What this request selects; `default` of None stands for everything."""
        shape = shape_of(self.answers(), hidden)
        names = shape.names if default is None else shape.names & set(default)
        return requested(self.request.GET, shape, names)

    def check_query_parameters(self, queryset: QuerySet) -> None:
        self.allow_parameters(
            self.request,
            {
                *self.known_query_parameters,
                *self.get_available_fields(queryset.model, db_fields_only=True),
            },
        )

    def find_object(self, queryset: QuerySet, request: Request) -> Model | None:
        if "id" in request.GET:
            return queryset.get(id=whole_number(request.GET["id"], "id"))
        return None

    def get_renderer_context(self) -> dict[str, Any]:
        """Without v2's indentation: it is for people, and the browsable API indents by itself."""
        context = super().get_renderer_context()
        del context["indent"]
        return context
