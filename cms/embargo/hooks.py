"""Where embargoes show in Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import Permission
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.menus.pages import PageMenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from api.codecs.visibility import embargoed_files
from api.views.files import is_editor
from cms.embargo.acts import name_acts
from cms.embargo.approval import is_approved
from cms.embargo.panel import Embargoes, embargoes_for
from cms.embargo.permissions import may_set
from cms.embargo.views import EmbargoView
from cms.media import FOR_EDITORS
from pages.models import NewsDocument
from pages.models.embargo import embargo_on


@hooks.register("register_admin_urls")
def embargo_urls() -> list[Any]:
    return [path("pages/<int:page_id>/embargo/", EmbargoView.as_view(), name="embargo")]


@hooks.register("register_log_actions")
def name_acts_on_embargoes(actions: LogActionRegistry) -> None:
    name_acts(actions)


@hooks.register("register_permissions")
def lift_permission() -> Any:
    """So that groups can be given it."""
    return Permission.objects.filter(content_type__app_label="pages", codename="lift_embargo")


class EmbargoItem(PageMenuItem):
    """The way to a page's embargo, in the menus of the page."""

    label = "Embargo"
    icon_name = "lock"
    url_name = "embargo"

    def is_shown(self, user: Any) -> bool:
        return may_set(self.page, user)


@hooks.register("register_page_header_buttons")
def embargo_in_header(page: Page, user: Any, **kwargs: Any) -> Iterator[EmbargoItem]:
    yield EmbargoItem(page=page, priority=62)


@hooks.register("register_page_listing_more_buttons")
def embargo_in_listing(page: Page, user: Any, **kwargs: Any) -> Iterator[EmbargoItem]:
    yield EmbargoItem(page=page, priority=45)


@hooks.register("construct_homepage_panels")
def show_embargoes(request: HttpRequest, panels: list[Component]) -> None:
    embargoes = embargoes_for(request.user)
    if embargoes.exists():
        panels.append(Embargoes(embargoes))


@hooks.register("before_edit_page")
def say_that_it_is_under_embargo(request: HttpRequest, page: Page) -> None:
    """At the top of the editor, as Wagtail says that a page is locked."""
    if request.method == "GET" and (embargo := embargo_on(page.pk)):
        messages.warning(
            request,
            f"Under embargo until {embargo.moment()}. Nobody but named readers can see it before.",
            buttons=[messages.button(reverse("embargo", args=[embargo.page_id]), "Embargo")],
        )


@hooks.register("after_publish_page")
def say_that_it_is_planned(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail would say that it is published."""
    embargo = embargo_on(page.pk)
    if embargo is None:
        return None
    title = page.get_admin_display_title()
    state = "" if is_approved(page) else " Its workflow has not approved it yet."
    messages.success(
        request,
        f"“{title}” will be published when its embargo ends, {embargo.moment()}.{state}",
        buttons=[messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), "Edit")],
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_serve_document", order=-1)
def keep_files_back(document: NewsDocument, request: HttpRequest) -> None:
    """A file of a page under embargo is not there, but for editors. Raises Http404."""
    if document.pk in embargoed_files(NewsDocument, among=[document.pk]):
        if not is_editor(request):
            raise Http404
        # `cms.media` reads it: Wagtail lets no hook answer with a stream.
        setattr(request, FOR_EDITORS, True)
