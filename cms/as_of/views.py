"""Beginning a preview of the site: a moment, what is planned until then, and the links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page, Site

from cms.as_of.forms import MomentForm
from cms.as_of.planned import due_until, next_planned, outcomes
from cms.as_of.session import FARTHEST, begin

# Where nothing is planned.
USUAL = timedelta(days=1)
# A form's moments are whole minutes.
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happens to a page as planned."""

    at: datetime
    page: Page
    what: str


class PreviewSiteView(WagtailAdminTemplateMixin, TemplateView):
    """The form; posted, it gives the links to the site as of a moment."""

    template_name = "cms/as_of/preview_site.html"
    page_title = "Preview the site"
    header_icon = "view"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> MomentForm:
        now = timezone.now()
        planned = next_planned(self.request.user, now)
        if planned is None or planned >= now + FARTHEST - MINUTE:
            moment = now + USUAL
        else:
            moment = planned.replace(second=0, microsecond=0) + MINUTE
        return MomentForm(self.request.POST or None, initial={"moment": moment})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = self.form
        moment = form.cleaned_data["moment"] if form.is_bound and form.is_valid() else None
        until = moment or form.initial["moment"]
        return super().get_context_data(
            form=form, moment=moment, until=until, acts=self.acts(until), **kwargs
        )

    def acts(self, until: datetime) -> list[Act]:
        """What is planned until a moment, in its order, of the pages that the user may see."""
        found = outcomes(self.request.user, until)
        pages = Page.objects.in_bulk([one.page_id for one in found])

        def of_all() -> Iterator[Act]:
            for one in found:
                if (page := pages.get(one.page_id)) is None:
                    continue  # Deleted since.
                if one.ends:
                    yield Act(one.ends, page, _("Ends"))
                if one.begins:
                    yield Act(one.begins, page, _("Goes live"))
            for embargo, lifted in due_until(self.request.user, until):
                what = _("Its embargo ends") if lifted else _("Stays under embargo: not approved")
                yield Act(embargo.until, embargo.page, what)

        return sorted(of_all(), key=lambda act: (act.at, act.page.pk))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    @sensitive_variables()
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        links = []
        if self.form.is_valid():
            token = begin(request.user, self.form.cleaned_data["moment"])
            sites = Site.objects.order_by("-is_default_site", "hostname", "port")
            links = [
                (site.site_name or site.hostname, f"{site.root_url}/-/as-of/{token}/")
                for site in sites
            ]
        response = self.render_to_response(self.get_context_data(links=links))
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        return response
