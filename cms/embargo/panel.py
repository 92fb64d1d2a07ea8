"""The embargoes on the admin's front page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from cms.embargo.approval import is_approved
from pages.models import Embargo

AHEAD = timedelta(days=7)
# As many as are listed: whether each is approved takes some queries.
MOST = 10


class Embargoes(Component):
    """Those that end within a week, or should have ended, and whether what they hold is approved."""

    name = "embargoes"
    order = 2
    template_name = "cms/embargo/panel.html"

    def __init__(self, embargoes: QuerySet[Embargo]) -> None:
        self.embargoes = embargoes

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        nearest = list(self.embargoes[:MOST])
        return {
            "more": self.embargoes.count() - len(nearest) if len(nearest) == MOST else 0,
            "entries": [
                {
                    "embargo": embargo,
                    "title": embargo.page.get_admin_display_title(),
                    "state": state_of(embargo),
                }
                for embargo in nearest
            ],
        }


def embargoes_for(user: Any) -> QuerySet[Embargo]:
    """Those of pages that the user may edit or publish, the nearest first."""
    near = Embargo.objects.in_force().filter(until__lte=timezone.now() + AHEAD)
    pages = page_permission_policy.instances_user_has_any_permission_for(
        user, ["add", "change", "publish"]
    )
    return near.filter(page__in=pages).select_related("page").order_by("until", "pk")


def state_of(embargo: Embargo) -> str:
    """In words: whether it is approved, and whether it is overdue."""
    approval = "approved" if is_approved(embargo.page) else "not approved"
    return f"overdue, {approval}" if embargo.is_overdue else approval
