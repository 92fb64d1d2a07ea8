"""Which site a request is about, and which pages belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404
from rest_framework.request import Request
from wagtail.api.validators import SiteFilterValidator
from wagtail.models import Page, Site

from api.addresses import site_roots
from api.errors import BadRequest

HOST = re.compile("[A-Za-z0-9._-]+(:[0-9]{1,5})?")


def requested_site(request: Request) -> Site:
    """The site that `?site=` names by its host, or else the one that the request's host belongs to.

    Raises Http404 for an unknown one, BadRequest for one that is not clear.
    """
    name = request.GET.get("site") or None
    if name is not None and not HOST.fullmatch(name):
        raise BadRequest("site must be a host name, with a port where it needs one")
    try:
        site = SiteFilterValidator(site=name, request=request).site_obj
    except ValueError as error:
        raise BadRequest(str(error)) from error
    if site is None:
        raise Http404("No site is set up yet.")
    return site


def root_pages(site: Site) -> list[Page]:
    """The front page of a site in each locale, its default first."""
    root = site.root_page
    return [
        root,
        *root.get_translations().select_related("locale").order_by("locale__language_code"),
    ]


def on_any_site() -> Q:
    """The condition for pages that have an address."""
    condition = Q(pk__in=[])
    for root in site_roots():
        condition |= Q(url_path__startswith=root.root_path)
    return condition


def belongs_to(site: Site) -> Q:
    """The condition for pages of a site, in all its locales."""
    return below(root.path for root in root_pages(site))


def below(paths: Iterable[str]) -> Q:
    """The condition for pages at these places in the tree, and for all below them."""
    condition = Q()
    for path in paths:
        condition |= Q(path__startswith=path)
    return condition
