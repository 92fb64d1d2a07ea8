"""Whether what the end of an embargo would show was approved by those who have to."""

from __future__ import annotations

from wagtail.models import Page, Revision, TaskState, WorkflowState


def planned_revision(page: Page) -> Revision | None:
    """What is to be published when the embargo ends."""
    return page.revisions.filter(approved_go_live_at__isnull=False).first()


def is_approved(page: Page) -> bool:
    """Whether the page may open: what is planned, or live behind the gate, was approved.

    By the workflow, where the page has one; else by whoever published it.
    """
    revision = planned_revision(page) or (page.live_revision if page.live else None)
    if page.get_workflow() is None:
        return revision is not None or page.live
    return revision is not None and _was_approved(page, revision)


def _was_approved(page: Page, revision: Revision) -> bool:
    approved = WorkflowState.STATUS_APPROVED
    for state in WorkflowState.objects.for_instance(page).filter(status=approved):
        tasks = state.task_states.filter(status=TaskState.STATUS_APPROVED)
        last = tasks.order_by("finished_at", "pk").last()
        # Saved again since, a version has the same number and other words: as editors save by themselves.
        if last is None or revision.created_at > last.finished_at:
            continue
        if revision.pk in (last.revision_id, _latest_at(page, last)):
            return True
    return False


def _latest_at(page: Page, task: TaskState) -> int | None:
    """What a workflow publishes in the end: who approves may have edited what they were given."""
    drafts = page.revisions.filter(created_at__lte=task.finished_at)
    return drafts.order_by("-created_at", "-pk").values_list("pk", flat=True).first()
