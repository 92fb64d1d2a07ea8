"""What every listing rests on, found with one query."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils import timezone
from rest_framework.request import Request
from wagtail.models import Page, Revision, Site

from api.documents.entries import bring_up_to_date
from api.documents.models import Entry, Installed, Pending
from api.documents.moments import Moment, moment_sql
from api.documents.rows import moment_of, rows_of, this_moment
from api.documents.store import triggers_wanted
from api.reading.site import is_host_name, site_arguments, site_id_sql
from api.sites import below
from pages.models import Embargo

_PAGE, _SITE, _ENTRY = (model._meta.db_table for model in (Page, Site, Entry))
_INSTALLED, _PENDING, _REVISION = (model._meta.db_table for model in (Installed, Pending, Revision))
# What is planned of a page under embargo is nobody's business; its lift touches what lists it.
_HELD = (
    f"SELECT 1 FROM {Embargo._meta.db_table} held JOIN {ContentType._meta.db_table} type "  # noqa: S608
    "ON type.id = planned.base_content_type_id AND type.app_label = 'wagtailcore' "
    "AND type.model = 'page' "
    "WHERE held.lifted_at IS NULL AND CAST(held.page_id AS text) = planned.object_id"
)


@dataclass(frozen=True, slots=True)
class Grounds:
    """The places in the tree where a site's locales begin, and when something is to change next.

    `began` is the moment at which all of it is so.
    """

    roots: tuple[str, ...]
    until: datetime | None
    began: Moment

    def entries(self) -> QuerySet[Entry]:
        """The entries of the site's pages that anybody may read now."""
        lasting = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
        return Entry.objects.filter(below(self.roots), lasting)


def grounds(request: Request) -> Grounds | None:
    """For the site of a request; None where `api.sites` or the pages themselves must be asked."""
    name = request.GET.get("site") or None
    if name and not is_host_name(name):
        return None
    for _ in range(2):
        rows = rows_of(
            _statement(named=name is not None),
            {"now": this_moment(), **site_arguments(request, name)},
        )
        if not rows or rows[0][1] != triggers_wanted():
            return None
        _, _, pending, goes_live, ends, *began = rows[0]
        if not pending:
            moments = [moment for moment in map(moment_of, (goes_live, ends)) if moment]
            roots = tuple(row[0] for row in rows)
            return Grounds(roots, min(moments, default=None), Moment(*began))
        if not bring_up_to_date():
            return None
    return None


def _statement(*, named: bool) -> str:
    """A row for each of the site's root pages, the rest being the same in each."""
    return (
        f"SELECT root.path, (SELECT min(fingerprint) FROM {_INSTALLED}), "  # noqa: S608
        f"EXISTS (SELECT 1 FROM {_PENDING}), "
        f"(SELECT min(approved_go_live_at) FROM {_REVISION} planned "
        f"WHERE approved_go_live_at > %(now)s AND NOT EXISTS ({_HELD})), "
        f"(SELECT min(expire_at) FROM {_ENTRY} WHERE expire_at > %(now)s), {moment_sql()} "
        f"FROM {_SITE} site JOIN {_PAGE} home ON home.id = site.root_page_id "
        f"JOIN {_PAGE} root ON root.translation_key = home.translation_key "
        f"WHERE site.id = ({site_id_sql(named=named)})"
    )
