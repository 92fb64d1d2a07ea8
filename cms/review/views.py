"""Sharing drafts: a page's links, and what is done with them."""

from __future__ import annotations

from typing import Any

import segno
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.models import Page

from cms.review import links, mail
from cms.review.forms import ExtendForm, ShareForm
from cms.review.models import ReviewLink, Verdict, Visit
from pages.models import NewsroomPage


class ShareView(WagtailAdminTemplateMixin, TemplateView):
    """A page's review links. Everything that is done is a POST with the name of an act."""

    template_name = "cms/review/share.html"
    page_title = "Share for review"
    header_icon = "view"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        page = get_object_or_404(Page, pk=kwargs["page_id"]).specific
        if not may_be_shared(page):
            raise Http404
        if not may_share(request.user, [page]):
            raise PermissionDenied
        self.page = page
        return sensitive_post_parameters("passcode")(super().dispatch)(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = get_breadcrumbs_items_for_page(
            self.page,
            self.request.user,
            "wagtailadmin_explore",
            "wagtailadmin_explore_root",
            include_self=True,
        )
        return [*above, {"url": "", "label": self.page_title}]

    @cached_property
    def form(self) -> ShareForm:
        posted = self.request.POST if self.request.POST.get("act") == "share" else None
        return ShareForm(posted, page=self.page, user=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # What is said of other pages is for those who may edit them.
        verdicts = Verdict.objects.filter(page_id=self.page.pk)
        newest = Visit.objects.defer("seen").order_by("-seen_at")
        found = links.links_to(self.page).prefetch_related(
            "shown__page",
            Prefetch("verdicts", queryset=verdicts),
            Prefetch("visits", queryset=newest, to_attr="newest"),
        )
        user = self.request.user
        entries = [
            {
                "link": link,
                "state": link.state(),
                "closed": link.why_closed(),
                "renewable": link.may_be_renewed(),
                "titles": [_title(one.page, user) for one in link.shown.all()],
            }
            for link in found
        ]
        return super().get_context_data(
            **{"form": self.form, "extend": ExtendForm(), **kwargs},
            page=self.page,
            entries=entries,
            open_links=sum(not one["closed"] for one in entries),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = {
            "share": self.share,
            "revoke": self.revoke,
            "revoke_all": self.revoke_all,
            "extend": self.extend,
            "renew": self.renew,
        }.get(request.POST.get("act", ""))
        done = act() if act else None
        return done or redirect("review:share", self.page.pk)

    @sensitive_variables("token")
    def share(self) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data())
        pages = self.form.pages()
        if not may_share(self.request.user, pages):
            raise PermissionDenied
        link = self.form.save(commit=False)
        token = links.make(link, pages, maker=self.request.user)
        send = self.form.cleaned_data.get("send", False)
        self.form = ShareForm(page=self.page, user=self.request.user)
        return self.show(link, token, send=send)

    @sensitive_variables("token", "address")
    def show(self, link: ReviewLink, token: str, *, send: bool = False) -> HttpResponse:
        """The only answer that has the link's address."""
        address = links.address(link, token)
        if send:
            mail.invite(link, address)
        context = self.get_context_data(shared=link, address=address, qr=qr(address), sent=send)
        response = self.render_to_response(context)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "no-referrer"
        return response

    @sensitive_variables("token")
    def renew(self) -> HttpResponse | None:
        if not (link := self.chosen()).may_be_renewed():
            messages.error(self.request, "The link has ended. Share the page anew.")
            return None
        if (
            link.task_state_id
            and not self.page.permissions_for_user(self.request.user).can_publish()
        ):
            # Whoever has the address decides in its recipient's place.
            text = (
                "Only who may publish the page gets the address of somebody who is to approve it."
            )
            messages.error(self.request, text)
            return None
        token = links.renew(link, self.request.user)
        return self.show(link, token)

    def revoke(self) -> None:
        if links.end([self.chosen()], ReviewLink.Ended.REVOKED, self.request.user):
            messages.success(self.request, "Revoked. Nobody can open it any more.")

    def revoke_all(self) -> None:
        mine = [link for link in links.links_to(self.page) if may_act(self.request.user, link)]
        number = links.end(mine, ReviewLink.Ended.REVOKED, self.request.user)
        messages.success(self.request, f"Revoked: {number}.")

    def extend(self) -> HttpResponse | None:
        link, form = self.chosen(), ExtendForm(self.request.POST)
        if not form.is_valid():
            text = " ".join(str(error) for errors in form.errors.values() for error in errors)
            messages.error(self.request, f"Not changed. {text}")
        elif link.ended_at:
            messages.error(self.request, "The link has ended. Share the page anew.")
        else:
            links.extend(link, form.cleaned_data["until"], self.request.user)
            messages.success(self.request, "Changed.")
        return None

    def chosen(self) -> ReviewLink:
        """The link that was pressed at. Raises PermissionDenied for one that shows others' pages."""
        pressed = self.request.POST.get("link", "")
        number = (
            int(pressed) if pressed.isascii() and pressed.isdigit() and len(pressed) < 19 else 0
        )
        link = get_object_or_404(links.links_to(self.page), pk=number)
        if not may_act(self.request.user, link):
            raise PermissionDenied
        return link


def may_be_shared(page: Page) -> bool:
    """Whether there is a draft of its own to show, and an editor where comments on it are seen."""
    return isinstance(page.specific_deferred, NewsroomPage) and not page.alias_of_id


def may_share(user: Any, pages: Any) -> bool:
    """Whether somebody may edit each of these pages."""
    return all(page.permissions_for_user(user).can_edit() for page in pages)


def may_act(user: Any, link: ReviewLink) -> bool:
    """Whether somebody may edit all that a link shows."""
    return may_share(user, [shown.page for shown in link.shown.select_related("page")])


def qr(address: str) -> SafeString:
    """The address as a picture for telephones, SVG."""
    code = segno.make(address, micro=False).svg_inline(scale=4, border=4, dark="#000", light="#fff")
    return mark_safe(code)  # noqa: S308  # a drawing of squares


def _title(page: Page, user: Any) -> str:
    may_edit = page.permissions_for_user(user).can_edit()
    return str(page.get_admin_display_title()) if may_edit else "A page that you may not edit"


def share_address(page: Page) -> str:
    """Where a page's links are."""
    return reverse("review:share", args=[page.pk])
