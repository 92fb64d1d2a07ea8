"""Where previews of the site show in Wagtail's admin; `cms.wagtail_hooks` imports it."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from cms.as_of.planned import ACTIONS
from cms.as_of.views import PreviewSiteView


@hooks.register("register_admin_urls")
def preview_site_url() -> list[URLPattern]:
    return [path("preview-site/", PreviewSiteView.as_view(), name="preview_site")]


class PreviewSiteItem(MenuItem):
    """For whoever may plan something, or see that it is planned."""

    def is_shown(self, request: Any) -> bool:
        return bool(page_permission_policy.user_has_any_permission(request.user, ACTIONS))


@hooks.register("register_admin_menu_item")
def preview_the_site() -> MenuItem:
    """Beside the pages: it is no report."""
    return PreviewSiteItem(
        "Preview the site",
        reverse("preview_site"),
        name="preview-site",
        icon_name="view",
        order=150,
    )
