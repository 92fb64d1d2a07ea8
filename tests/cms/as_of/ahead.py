"""Looking at the site as it will be, for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import connection
from django.test import Client
from django.utils import timezone

from cms.as_of.session import begin
from tests import factories

HOUR = timedelta(hours=1)


def hours(number: float) -> datetime:
    """So many hours from now."""
    return timezone.now() + number * HOUR


def planned(
    parent: Any, at: datetime, factory: Any = factories.PressReleasePageFactory, **values: Any
) -> Any:
    """A page that was never live, and is to go live at a moment."""
    page = factory(parent=parent, live=False, **values)
    return plan(page, at)


def plan(page: Any, at: datetime, **values: Any) -> Any:
    """Plans what is changed of a page for a moment. A live page stays as it is until then."""
    page = page.specific_class.objects.get(pk=page.pk)
    if page.live and not page.live_revision:
        # Wagtail takes down what is live of no revision.
        page.save_revision().publish()
        page.refresh_from_db()
    for name, value in values.items():
        setattr(page, name, value)
    page.go_live_at = at
    page.save_revision().publish()
    return page


def ask(user: Any, moment: datetime, endpoint: str, **parameters: Any) -> Any:
    """The answer of the API to somebody who looks ahead."""
    token = begin(user, moment)
    headers = {"Authorization": f"Bearer {token}"}
    return Client().get(f"/api/v2/{endpoint}", parameters, headers=headers)


def everything() -> dict[str, list[Any]]:
    """All rows of all tables, by table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found[table] = sorted(map(repr, cursor.fetchall()))
    assert len(found) > len(apps.get_models()) / 2
    return found


# Questions of each kind about what `make_plans` makes.
ENDPOINTS = [
    ("site/", {}),
    ("pages/", {"facets": "kind,year"}),
    ("pages/", {"search": "plan"}),
    ("route/", {"path": "/plan/"}),
]


def make_plans(home: Any) -> None:
    """Something of each kind, published, ended, renamed and followed by an alias."""
    planned(home, hours(1), slug="plan", title="A plan")
    factories.PressReleasePageFactory(parent=home, title="Ends", expire_at=hours(1))
    live = factories.PressReleasePageFactory(parent=home, title="Live", slug="live")
    live.create_alias(parent=home, update_slug="alias")
    plan(live, hours(1), slug="lives", title="Lives")
    plan(home, hours(1), title="Home, later")
