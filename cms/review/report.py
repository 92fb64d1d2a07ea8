"""All review links: a report of Wagtail's."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.template.defaultfilters import date
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from cms.review.models import ReviewLink


class ReviewLinkFilters(WagtailFilterSet):
    open = django_filters.BooleanFilter(label="Open", method="that_open")

    class Meta:
        model = ReviewLink
        fields = ["purpose", "maker", "open"]

    def that_open(self, links: QuerySet, name: str, value: bool) -> QuerySet:
        opens = {"ended_at": None, "expires_at__gt": timezone.now(), "maker__is_active": True}
        return links.filter(**opens) if value else links.exclude(**opens)


def may_see_report(user: Any) -> bool:
    """Whoever may edit pages; they see the links to those."""
    return bool(page_permission_policy.user_has_any_permission(user, ["change", "add"]))


class ReviewLinksReport(ReportView):
    """The links that show pages which somebody may edit, with whom they are for and what came of them."""

    page_title = "Review links"
    header_icon = "view"
    model = ReviewLink
    filterset_class = ReviewLinkFilters
    index_url_name = "review:report"
    index_results_url_name = "review:results"
    permission_policy = page_permission_policy
    any_permission_required = ["change", "add"]
    list_export = ["recipient", "email", "purpose", "state", "expires_at", "visit_count", "maker"]
    default_ordering = "-created_at"
    columns = [
        TitleColumn("recipient", label="For", get_url=lambda link: _address(link)),
        Column("pages", label="Shows", accessor=lambda link: _titles(link)),
        Column("get_purpose_display", label="Purpose"),
        Column("state", label="State"),
        Column("expires_at", label="Until", accessor=lambda link: _moment(link.expires_at)),
        Column("visit_count", label="Visits"),
        DateColumn("last_seen_at", label="Last visit"),
        UserColumn("maker", label="Made by"),
    ]

    def get_queryset(self) -> QuerySet:
        mine = page_permission_policy.instances_user_has_permission_for(self.request.user, "change")
        theirs = ReviewLink.objects.exclude(shown__in=self._others(mine))
        if not self.request.user.is_superuser:
            # Who may edit none of the pages, since all were deleted, is not told of the link.
            theirs = theirs.filter(Exists(self._shown().filter(link=OuterRef("pk"))))
        self.queryset = (
            theirs.annotate(last_seen_at=Max("visits__seen_at"))
            .select_related("maker__wagtail_userprofile")
            .prefetch_related("shown__page")
        )
        return super().get_queryset()

    def _others(self, mine: QuerySet) -> QuerySet:
        """What is shown of pages that somebody may not edit."""
        return self._shown().exclude(page__in=mine)

    def _shown(self) -> QuerySet:
        shown: Any = ReviewLink._meta.get_field("shown")
        objects: QuerySet = shown.related_model.objects.all()
        return objects

    def get_filename(self) -> str:
        return f"review-links-{timezone.localdate():%Y-%m-%d}"


def _moment(moment: datetime) -> str:
    """Wagtail's own column for moments has words for past ones alone."""
    return date(timezone.localtime(moment), "j M Y, H:i")


def _titles(link: ReviewLink) -> str:
    return ", ".join(shown.page.get_admin_display_title() for shown in link.shown.all())


def _address(link: ReviewLink) -> str | None:
    shown = next(iter(link.shown.all()), None)
    return reverse("review:share", args=[shown.page_id]) if shown else None
