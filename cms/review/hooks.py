"""What review links add to the admin; `cms.wagtail_hooks` imports it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry, Page

from cms.review.report import ReviewLinksReport, may_see_report
from cms.review.threads import names_of_reviewers, show_again
from cms.review.views import ShareView, may_be_shared, may_share, share_address
from pages.models import NewsroomPage

ACTS = (
    ("share", "Share for review", "Shared for review with {recipient}"),
    ("renew", "New address", "Made a new address for {recipient}"),
    ("extend", "Change expiry", "Changed until when the link of {recipient} works"),
    ("end", "End review link", "The link of {recipient} ended: {because}"),
    ("unsent", "Review link not mailed", "The mail to {recipient} could not be sent"),
    ("remark", "Reviewer's comment", "{recipient} commented"),
    ("approved", "Reviewer's approval", "{recipient} approved"),
    ("changes_requested", "Reviewer's request", "{recipient} asked for changes"),
    ("stuck", "Approved, not published", "Approved, but could not be published: {why}"),
    ("accepted", "Terms accepted", "{name} ({outlet}) accepted the terms of the embargo"),
)


def formatter(label: str, message: str) -> type[LogFormatter]:
    """Says in a page's history what was done."""

    class Act(LogFormatter):
        def format_message(self, entry: ModelLogEntry) -> str:
            return message.format_map(entry.data)

    Act.label = label
    return Act


@hooks.register("register_log_actions")
def name_acts_of_review(actions: LogActionRegistry) -> None:
    for act, label, message in ACTS:
        actions.register_action(f"review.{act}")(formatter(label, message))


@hooks.register("register_admin_urls")
def review_urls() -> list[URLPattern | URLResolver]:
    mine = [
        path("<int:page_id>/", ShareView.as_view(), name="share"),
        path("links/", ReviewLinksReport.as_view(), name="report"),
        path("links/results/", ReviewLinksReport.as_view(results_only=True), name="results"),
    ]
    return [path("review/", include((mine, "review")))]


@hooks.register("register_page_listing_more_buttons")
def share_from_listing(page: Page, user: Any, next_url: str | None = None) -> Iterator[Button]:
    """In the menu of a page in a listing."""
    if may_be_shared(page) and may_share(user, [page]):
        yield Button("Share for review", share_address(page), icon_name="view", priority=5)


@hooks.register("register_page_header_buttons")
def share_from_header(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """In the header of the editor, and of a page's listing."""
    yield from share_from_listing(page, user)


class ReportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_see_report(request.user)


@hooks.register("register_reports_menu_item")
def report_of_review_links() -> MenuItem:
    return ReportMenuItem(
        "Review links", reverse("review:report"), name="review-links", icon_name="view", order=750
    )


@hooks.register("name_comment_authors")
def name_reviewers(page: Page) -> tuple[dict[int, str], dict[int, str]]:
    """The editor shows reviewers' comments under their names."""
    return names_of_reviewers(page)


@hooks.register("before_edit_page")
def show_comments_again(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Before the editor is opened, for what would not be seen there. It has read its comments by now."""
    if request.method != "GET" or not isinstance(page, NewsroomPage):
        return None
    return redirect(request.get_full_path()) if show_again(page, request.user) else None
