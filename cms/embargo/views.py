"""A page's embargo: setting it, giving it another moment, and lifting it early."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page, Site

from cms.embargo.acts import has_readers, lift_by_hand, set_embargo
from cms.embargo.approval import is_approved, planned_revision
from cms.embargo.forms import PUBLIC, EmbargoForm, LiftForm, initial, shown
from cms.embargo.permissions import may_set
from cms.embargo.translations import free_translations
from pages.models import Embargo, NewsroomSettings
from pages.models.embargo import take_turn

MAY_LIFT = "pages.lift_embargo"


class EmbargoView(WagtailAdminTemplateMixin, TemplateView):
    """The form of a page's embargo, and beside it that which lifts it early.

    Refused for a page that can be under none, and to whoever may not edit it.
    """

    template_name = "cms/embargo/embargo.html"
    header_icon = "lock"
    page_title = "Embargo"
    _show_breadcrumbs = True

    page: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method == "POST":
            # One after the other: who sets an embargo while another does sees what that one set. All that
            # this one may set at once, in one order.
            key = Page.objects.filter(pk=kwargs["page_id"]).values("translation_key")
            rows = Page.objects.select_for_update(of=("self",)).order_by("pk")
            list(rows.filter(translation_key__in=key).values_list("pk"))
        self.page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not may_set(self.page, request.user):
            raise PermissionDenied
        self.embargo = Embargo.objects.in_force().filter(page=self.page.pk).first()
        # Its key: the name that Django gives is an abbreviation where a zone has but one offset.
        self.own_zone = str(timezone.get_current_timezone())
        self.may_lift = request.user.has_perm(MAY_LIFT)
        self.translations = free_translations(self.page, request.user)
        self.form = self._form()
        self.lift_form = LiftForm(embargo=self.embargo)
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": edit, "label": self.page.get_admin_display_title()},
            {"url": "", "label": "Embargo"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        embargo = self.embargo
        return super().get_context_data(
            **kwargs,
            page=self.page,
            form=self.form,
            lift_form=self.lift_form,
            embargo=embargo,
            shown=shown(embargo.until, embargo.time_zone, self.own_zone) if embargo else [],
            past=embargo is not None and embargo.until <= timezone.now(),
            overdue=embargo is not None and embargo.is_overdue,
            approved=is_approved(self.page),
            planned=planned_revision(self.page),
            may_lift=self.may_lift,
            translations=self.translations,
            readers=not embargo and has_readers(self.page),
            media=self.form.media,
            action_url=self.request.path,
            submit_button_label="Save" if embargo else "Set embargo",
            submit_button_active_label="Saving…",
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        done = self._lift() if request.POST.get("act") == "lift" else self._set()
        if done is None:
            return self.render_to_response(self.get_context_data())
        messages.success(request, done)
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def _form(self, data: Any = None) -> EmbargoForm:
        site = self.page.get_site() or Site.find_for_request(self.request)
        settings = NewsroomSettings.for_site(site) if site else NewsroomSettings()
        values = initial(self.embargo, own_zone=self.own_zone, terms=settings.embargo_terms)
        return EmbargoForm(
            data,
            initial=values,
            embargo=self.embargo,
            own_zone=self.own_zone,
            may_lift=self.may_lift,
            translations=any(one.can_follow for one in self.translations),
        )

    def _set(self) -> str | None:
        self.form = self._form(self.request.POST)
        if not self.form.is_valid():
            return None
        if not self.embargo and has_readers(self.page):
            self.form.add_error(None, PUBLIC)
            return None
        data = self.form.cleaned_data
        names = ("until", "time_zone", "terms", "reason")
        values = {name: data[name] for name in names}
        embargo = set_embargo(self.page, **values, user=self.request.user)
        if data.get("translations"):
            for one in self.translations:
                take_turn(one.page.pk)
                if one.may_set and not has_readers(one.page):
                    set_embargo(one.page, **values, user=self.request.user)
        return f"Under embargo until {embargo.moment()}."

    def _lift(self) -> str | None:
        if not self.may_lift:
            raise PermissionDenied
        self.lift_form = LiftForm(self.request.POST, embargo=self.embargo)
        if self.embargo is None:
            return "It is under embargo no more: somebody has lifted it."
        if not self.lift_form.is_valid():
            return None
        reason = self.lift_form.cleaned_data["reason"]
        if lift_by_hand(self.embargo, reason=reason, user=self.request.user):
            return "The embargo is lifted, and the page is published."
        return "The embargo is lifted. The page is as public as it was without it."
