from __future__ import annotations

from typing import Any

from django.db import transaction
from django.urls import path, reverse
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from api.webhooks.models import Endpoint
from cms.webhooks.forms import EndpointForm
from cms.webhooks.views import DeliveriesView


class CreateEndpointView(CreateView):
    def get_success_url(self) -> str:
        """Where its secret is shown: once."""
        return reverse("webhooks:deliveries", args=[self.object.pk])


class EndpointViewSet(ModelViewSet):
    """Endpoints, among the admin's settings. Whoever may change them sees their log too."""

    model = Endpoint
    name = "webhooks"
    menu_label = "Webhooks"
    icon = "redirect"
    add_to_settings_menu = True
    add_view_class = CreateEndpointView
    # Its secret and its log are its own.
    copy_view_enabled = False
    list_display = [
        TitleColumn("name", url_name="webhooks:deliveries"),
        Column("address", label="Address"),
        Column("get_about_display", label="Tells"),
        Column("state", label="State"),
    ]
    search_fields: list[str] = []

    def get_form_class(self, for_update: bool = False) -> Any:
        return EndpointForm

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/deliveries/", self.deliveries_view, name="deliveries"),
        ]

    @property
    def deliveries_view(self) -> Any:
        view = DeliveriesView.as_view(permission_policy=self.permission_policy)
        # A test waits for a stranger's answer: nothing may be locked meanwhile.
        return transaction.non_atomic_requests(view)


webhooks = EndpointViewSet()
