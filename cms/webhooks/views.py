"""An endpoint's page: its secret, its log of deliveries, and what can be done with both."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property
from django.views.decorators.debug import sensitive_variables
from django.views.generic import TemplateView
from wagtail.admin.views.generic import PermissionCheckedMixin, WagtailAdminTemplateMixin
from wagtail.log_actions import log

from api.webhooks import queue
from api.webhooks.models import Delivery, Endpoint, Secret
from api.webhooks.outcome import deliver
from cms.webhooks.forms import SinceForm

PER_PAGE = 50


class DeliveriesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The log of an endpoint. Everything that is done to it is a POST with the name of an act."""

    permission_required = "change"
    template_name = "cms/webhooks/deliveries.html"
    header_icon = "redirect"
    page_title = "Deliveries"
    _show_breadcrumbs = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.since = SinceForm()

    @cached_property
    def endpoint(self) -> Endpoint:
        """Looked up when the permission was checked."""
        return get_object_or_404(Endpoint, pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.endpoint.name

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("webhooks:index"), "label": "Webhooks"},
            {"url": reverse("webhooks:edit", args=[self.endpoint.pk]), "label": self.endpoint.name},
            {"url": "", "label": "Deliveries"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.endpoint.deliveries.prefetch_related("attempts")
        state = self.request.GET.get("state", "")
        if state in Delivery.State.values:
            found = found.filter(state=state)
        newest = self.endpoint.secrets.order_by("-id").first()
        waiting = self.endpoint.deliveries.filter(state=Delivery.State.PENDING)
        return super().get_context_data(
            **kwargs,
            endpoint=self.endpoint,
            deliveries=Paginator(found, PER_PAGE).get_page(self.request.GET.get("p")),
            state=state,
            states=Delivery.State.choices,
            waiting=waiting.count(),
            unshown=newest is not None and newest.shown_at is None,
            since=self.since,
            now=timezone.now(),
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        acts: dict[str, Any] = {"test": self.test, "replay": self.replay}
        if not self.endpoint.cache:
            acts |= {"show": self.show, "rotate": self.rotate, "switch_on": self.switch_on}
        if self.endpoint.about == Endpoint.About.CHANGES:
            acts["replay_since"] = self.replay_since
        act = acts.get(request.POST.get("act", ""))
        done = act() if act else None
        return done or redirect("webhooks:deliveries", self.endpoint.pk)

    def log(self, act: str, **data: Any) -> None:
        """To Wagtail's audit log, where the endpoint's history shows it."""
        log(self.endpoint, f"webhooks.{act}", data=data)

    @sensitive_variables()
    def show(self) -> HttpResponse | None:
        """The newest secret, unless somebody has seen it."""
        secret = Secret.objects.filter(endpoint=self.endpoint).order_by("-id").first()
        unseen = secret and Secret.objects.filter(pk=secret.pk, shown_at=None)
        if not unseen or not unseen.update(shown_at=timezone.now()):
            messages.error(
                self.request, "The secret was shown before. Make a new one if it is lost."
            )
            return None
        self.log("show")
        response = self.render_to_response(self.get_context_data(secret=secret))
        add_never_cache_headers(response)
        return response

    def rotate(self) -> HttpResponse | None:
        self.endpoint.rotate()
        self.log("rotate")
        return self.show()

    def test(self) -> None:
        """Sends a message now, so that whoever sets up an endpoint sees what it answers."""
        delivery = queue.test(self.endpoint)
        self.log("test")
        reply = deliver(delivery)
        if reply.ok:
            answered = f"It answered {reply.status}" if reply.status else "It was done"
            messages.success(self.request, f"{answered} after {reply.milliseconds} ms.")
            return
        answered = reply.error or f"It answered {reply.status}."
        messages.error(self.request, f"The test did not arrive. {answered}")

    def replay(self) -> None:
        chosen = self.request.POST.get("delivery", "")
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:
            number = queue.replay(self.endpoint.deliveries.filter(pk=int(chosen)))
            self.log("replay", number=number)
            messages.success(self.request, f"To be sent again: {number}.")

    def replay_since(self) -> HttpResponse | None:
        self.since = SinceForm(self.request.POST)
        if not self.since.is_valid():
            return self.render_to_response(self.get_context_data())
        number = queue.replay_since(self.endpoint, self.since.cleaned_data["since"])
        self.log("replay", number=number)
        messages.success(self.request, f"To be sent again: {number}.")
        return None

    def switch_on(self) -> None:
        queue.switch_on(self.endpoint)
        self.log("switch_on")
        messages.success(self.request, "Switched on. What waited is being sent.")
