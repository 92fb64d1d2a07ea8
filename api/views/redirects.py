"""`redirects/`: where old addresses lead now."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404
from django.utils.encoding import iri_to_uri
from pydantic import BaseModel, Field
from rest_framework.request import Request
from wagtail.contrib.redirects.api import RedirectsAPIViewSet as WagtailRedirectsAPIViewSet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from api.addresses import api_address, know_site_roots, page_address, site_roots
from api.codecs.types import Answer
from api.codecs.visibility import public_pages
from api.selection import Selection
from api.sites import on_any_site, requested_site
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
    pages = public_pages().filter(on_any_site())
    leads_somewhere = Q(redirect_page__in=pages) | (Q(redirect_page=None) & ~Q(redirect_link=""))
    redirects = Redirect.get_for_site(site).filter(leads_somewhere).order_by("pk")
    return redirects.select_related("redirect_page__locale")


def find_redirect(site: Site, path: str) -> Redirect | None:
    """The redirect for a path, with its query before without, its own site's before one for all."""
    old_paths = _spellings(path)
    found = redirects_of(site).filter(old_path__in=old_paths)
    return min(
        found,
        key=lambda redirect: (old_paths.index(redirect.old_path), redirect.site_id is None),
        default=None,
    )


def _spellings(path: str) -> list[str]:
    """How a path may be stored: with its query or without, with `§` or `%C2%A7` or as asked for."""
    try:
        decoded = Redirect.normalise_path(path)
        full = [decoded, iri_to_uri(decoded), Redirect.normalise_path(path, decode_unicode=False)]
    except ValueError:
        return []
    return list(dict.fromkeys([*full, *(re.split("[;?]", spelling)[0] for spelling in full)]))


def encode_redirects(redirects: Sequence[Any]) -> list[dict[str, Any]]:
    """The documents of redirects, in plain JSON values."""
    roots = site_roots()
    for redirect in redirects:
        if redirect.redirect_page:
            know_site_roots(redirect.redirect_page, roots)
    return [
        {
            "id": redirect.pk,
            "meta": {
                "type": redirect._meta.label,
                "detail_url": api_address("redirects:detail", redirect.pk),
            },
            "old_path": redirect.old_path,
            "location": _location(redirect),
            "is_permanent": redirect.is_permanent,
        }
        for redirect in redirects
    ]


def _location(redirect: Redirect) -> str:
    address = page_address(redirect.redirect_page) if redirect.redirect_page else None
    if address is None:
        return redirect.redirect_link
    url, route = address[0], redirect.redirect_page_route_path
    return url.rstrip("/") + route if route else url


class RedirectsAPIViewSet(AnswersDocuments, WagtailRedirectsAPIViewSet):
    """Redirects of the requested site."""

    filter_backends = [ColumnFilter, OrderFilter]
    body_fields = [*WagtailRedirectsAPIViewSet.body_fields, "is_permanent"]
    listing_default_fields = [*WagtailRedirectsAPIViewSet.listing_default_fields, "is_permanent"]
    known_query_parameters = (
        WagtailRedirectsAPIViewSet.known_query_parameters - {"search", "search_operator"}
    ) | {"site"}
    find_query_parameters = WagtailRedirectsAPIViewSet.find_query_parameters | {"html_path"}
    detail_parameters = AnswersDocuments.detail_parameters | {"site"}

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
