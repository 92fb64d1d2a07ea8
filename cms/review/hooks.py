"""What review links add to the admin; `cms.wagtail_hooks` imports it."""

from __future__ import annotations

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import ModelLogEntry

ACTS = (
    ("share", "Share for review", "Shared for review with {recipient}"),
    ("renew", "New address", "Made a new address for {recipient}"),
    ("extend", "Change expiry", "Changed until when the link of {recipient} works"),
    ("end", "End review link", "The link of {recipient} ended: {because}"),
    ("remark", "Reviewer's comment", "{recipient} commented"),
    ("approved", "Reviewer's approval", "{recipient} approved"),
    ("changes_requested", "Reviewer's request", "{recipient} asked for changes"),
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
