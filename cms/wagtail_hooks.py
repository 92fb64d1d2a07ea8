"""What Dateline adds to the admin."""

from typing import Any

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component
from wagtail.admin.userbar import BaseItem
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

from cms.as_of import hooks as as_of_hooks  # noqa: F401  # they register themselves
from cms.embargo import hooks as embargo_hooks  # noqa: F401  # they register themselves
from cms.review import hooks as review_hooks  # noqa: F401  # they register themselves
from cms.userbar import frontend_origins, with_draft_checks
from cms.webhooks.viewset import EndpointViewSet, webhooks
from cms.work.heartbeat import at_work, last_seen


class NobodyWorks(Component):
    """Says on the admin's front page that what is planned will not happen."""

    name = "nobody_works"
    order = 1
    template_name = "cms/nobody_works.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"last_seen": last_seen()}


@hooks.register("construct_homepage_panels")
def say_that_nobody_works(request: HttpRequest, panels: list[Component]) -> None:
    """Everybody who may plan something is to know that it will not happen."""
    if not at_work():
        panels.append(NobodyWorks())


@hooks.register("register_admin_viewset")
def register_webhooks() -> EndpointViewSet:
    return webhooks


@hooks.register("register_log_actions")
def name_acts_on_webhooks(actions: LogActionRegistry) -> None:
    """What is done to a webhook besides editing it."""
    for act, label, message in (
        ("show", "Show secret", "Saw the secret"),
        ("rotate", "New secret", "Made a new secret"),
        ("test", "Test", "Sent a test"),
        ("switch_on", "Switch on", "Switched it on again"),
    ):
        actions.register_action(f"webhooks.{act}", label, message)

    @actions.register_action("webhooks.replay")
    class Replay(LogFormatter):
        label = "Send again"

        def format_message(self, entry: ModelLogEntry) -> str:
            return f"Sent again: {entry.data['number']}"


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The style that keeps forms within the screen of a telephone."""
    return format_html('<link rel="stylesheet" href="{}">', versioned_static("cms/editor.css"))


@hooks.register("insert_editor_js")
def editor_js() -> SafeString:
    """The scripts that keep autosave from losing words, and that go with the preview."""
    return format_html(
        '<script src="{}"></script><script src="{}" data-origins="{}"></script>',
        versioned_static("cms/autosave.js"),
        versioned_static("cms/preview.js"),
        " ".join(frontend_origins()),
    )


@hooks.register("construct_wagtail_userbar")
def check_drafts_on_frontends(request: HttpRequest, items: list[BaseItem], page: Any) -> None:
    """In the user bar of a draft, and in the editor that looks at it."""
    items[:] = with_draft_checks(items)
