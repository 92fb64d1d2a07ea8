"""Publishing, at once or as planned: under embargo, for the moment at which it is lifted."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction

from pages.embargoes.log_actions import AS_PLANNED
from pages.models.embargo import Embargo, embargo_on, take_turn

# Of what is published when the moment has passed: it is planned all the same, and lifted at once.
SOON = timedelta(seconds=1)
# Where Wagtail makes its action by name, and does not ask the page to be published.
BY_NAME = ("wagtail.admin.views.pages.edit", "wagtail.admin.api.actions.publish")


class PublishOrPlan(PublishPageRevisionAction):
    """Publishes a revision, or plans it for the end of the page's embargo.

    What is planned is in Wagtail's schedule, where editors see it; who carries it out is the lift.
    """

    embargo: Embargo | None = None

    @transaction.atomic
    def execute(self, skip_permission_checks: bool = False) -> None:
        take_turn(self.object.pk)
        self.embargo = embargo_on(self.object.pk)
        if self.embargo:
            if self.log_action == AS_PLANNED:
                return
            planned = self.object.go_live_at
            until = self.embargo.until
            soon = timezone.now() + SOON
            self.object.go_live_at = max(until, planned or until, soon)
        super().execute(skip_permission_checks)

    def _after_publish(self) -> None:
        """Wagtail says of what it plans that it is published, and shows it in aliases at once."""
        if self.object.live and not self.embargo:
            super()._after_publish()
        elif getattr(settings, "WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH", True) and (
            state := self.object.current_workflow_state
        ):
            state.cancel(user=self.user)


def take_wagtails_place() -> None:
    """For the page editor, and for what its scripts ask for."""
    for name in BY_NAME:
        setattr(import_module(name), PublishPageRevisionAction.__name__, PublishOrPlan)
