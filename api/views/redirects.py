"""`redirects/`: where old addresses lead now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from pydantic import BaseModel, Field
from rest_framework.request import Request
from wagtail.contrib.redirects.api import RedirectsAPIViewSet as WagtailRedirectsAPIViewSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from api.addresses import api_address
from api.codecs.encoding import Encoding, Scope
from api.codecs.links import encode_page_link, load_pages
from api.codecs.types import Answer
from api.codecs.visibility import public_pages
from api.selection import Selection
from api.sites import requested_site
from api.views.base import AnswersDocuments
from api.views.filters import ColumnFilter, OrderFilter


class RedirectMeta(Answer):
    """What v2 tells of every object."""

    type: str
    detail_url: str


class RedirectItem(Answer):
    """An old path and where it leads."""

    id: int
    meta: RedirectMeta
    old_path: str
    location: str = Field(description="An absolute address, or a path of this site.")
    is_permanent: bool = Field(description="Whether to answer 301 (true) or 302.")


def redirects_of(site: Site) -> QuerySet[Redirect]:
    """The redirects of a site that lead to something public."""
    leads_somewhere = Q(redirect_page__in=public_pages()) | (
        Q(redirect_page=None) & ~Q(redirect_link="")
    )
    return Redirect.get_for_site(site).filter(leads_somewhere).order_by("pk")


def find_redirect(site: Site, path: str) -> Redirect | None:
    """The redirect for a path, its own site's before one for all, with its query before without."""
    full = Redirect.normalise_path(path)
    for old_path in dict.fromkeys([full, full.partition("?")[0]]):
        found = redirects_of(site).filter(old_path=old_path)
        if redirect := found.order_by("-site", "pk").first():
            return redirect
    return None


def encode_redirects(redirects: Sequence[Any]) -> list[dict[str, Any]]:
    """The documents of redirects, in plain JSON values."""
    scope = Scope(Encoding())
    return scope.encoding.resolve([_encode(redirect, scope) for redirect in redirects])


def _encode(redirect: Redirect, scope: Scope) -> dict[str, Any]:
    def address(page: Any) -> str:
        url = encode_page_link(page).get("url", "")
        route = redirect.redirect_page_route_path
        return url.rstrip("/") + route if route else url

    page_id = redirect.redirect_page_id
    return {
        "id": redirect.pk,
        "meta": {
            "type": redirect._meta.label,
            "detail_url": api_address("redirects:detail", redirect.pk),
        },
        "old_path": redirect.old_path,
        "location": scope.reference(load_pages, page_id, address)
        if page_id
        else redirect.redirect_link,
        "is_permanent": redirect.is_permanent,
    }


class RedirectsAPIViewSet(AnswersDocuments, WagtailRedirectsAPIViewSet):
    """Redirects of the requested site."""

    filter_backends = [ColumnFilter, OrderFilter]
    body_fields = [*WagtailRedirectsAPIViewSet.body_fields, "is_permanent"]
    listing_default_fields = [*WagtailRedirectsAPIViewSet.listing_default_fields, "is_permanent"]
    known_query_parameters = (
        WagtailRedirectsAPIViewSet.known_query_parameters - {"search", "search_operator"}
    ) | {"site"}

    def get_queryset(self) -> QuerySet:
        return redirects_of(requested_site(self.request))

    def answers(self) -> list[type[BaseModel]]:
        return [RedirectItem]

    def encode(self, instances: Sequence[Model], selection: Selection) -> list[dict[str, Any]]:
        return encode_redirects(instances)

    def find_object(self, queryset: QuerySet, request: Request) -> Model | None:
        if "html_path" in request.GET:
            redirect = find_redirect(requested_site(request), request.GET["html_path"])
            if redirect is None:
                raise Http404("not found")
            return redirect
        return super().find_object(queryset, request)
