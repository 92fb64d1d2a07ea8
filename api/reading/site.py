"""Which site a request is about, in SQL, where that is simple; else `api.sites` decides."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest
from django.http.request import split_domain_port
from rest_framework.request import Request
from wagtail.models import Site

_SITE = Site._meta.db_table
# As `Site.find_for_request` decides: an exact match, or else the default where no other site has
# this host name.
_OF_HOST = (
    f"SELECT id FROM {_SITE} WHERE hostname = %(host)s AND port = %(port)s OR is_default_site "  # noqa: S608
    f"AND NOT EXISTS (SELECT 1 FROM {_SITE} WHERE hostname = %(host)s AND NOT is_default_site) "
    "ORDER BY CASE WHEN hostname = %(host)s AND port = %(port)s THEN 0 ELSE 1 END LIMIT 1"
)
_OF_NAME = (
    f"SELECT min(id) FROM {_SITE} WHERE hostname = %(site)s "  # noqa: S608
    "AND port = coalesce(CAST(%(site_port)s AS integer), port) HAVING count(*) = 1"
)


def site_id_sql(*, named: bool) -> str:
    """A query for the site's id, with `site_arguments`; null where the matter is not simple."""
    return _OF_NAME if named else _OF_HOST


def site_arguments(request: HttpRequest | Request, name: str | None) -> dict[str, Any]:
    """What the query takes. Raises DisallowedHost for a host that is not ours."""
    return {
        "host": split_domain_port(request.get_host())[0],
        "port": int(request.get_port()),
        "site": (name or "").partition(":")[0],
        "site_port": int(name.partition(":")[2]) if name and ":" in name else None,
    }


def is_host_name(name: str) -> bool:
    """Whether `site=` names a host, maybe with a port."""
    return re.fullmatch("[A-Za-z0-9._-]+(:[0-9]{1,5})?", name) is not None
