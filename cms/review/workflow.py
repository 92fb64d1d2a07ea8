"""External review: a step of a workflow that people without an account decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, validate_email
from django.db import models, transaction
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables
from wagtail.models import Page, Task, TaskState

from cms.review import links, mail
from cms.review.models import ReviewLink

LONGEST_NAME, LONGEST_EMAIL = 255, 254


@dataclass(frozen=True)
class Outsider:
    """Somebody to ask."""

    name: str
    email: str


def outsiders_in(text: str) -> list[Outsider]:
    """The people in a text, one a line. Raises ValidationError for a line that says none."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        name, email = parseaddr(line)
        try:
            validate_email(email)
        except ValidationError as error:
            raise ValidationError(
                f"“{line}” is not a person with an address: write it as Jo Lawyer <jo@law.example>."
            ) from error
        if len(email) > LONGEST_EMAIL:
            raise ValidationError(f"An address is longer than {LONGEST_EMAIL} characters.")
        outsider = Outsider(name or email, email)
        if len(outsider.name) > LONGEST_NAME:
            raise ValidationError(f"A name is longer than {LONGEST_NAME} characters.")
        if email.lower() in {one.email.lower() for one in found}:
            raise ValidationError(f"{email} is named twice: each reviewer has one voice.")
        found.append(outsider)
    if not found:
        raise ValidationError("Name at least one reviewer.")
    return found


class ExternalReviewTask(Task):
    """Sends review links when it begins. Enough approvals pass it, a request for changes returns it."""

    reviewers = models.TextField(
        help_text="One a line, each with an e-mail address: Jo Lawyer <jo@law.example>"
    )
    approvals = models.PositiveIntegerField(
        default=1, validators=[MinValueValidator(1)], help_text="How many of them have to approve."
    )
    days = models.PositiveIntegerField(
        default=7,
        validators=[MinValueValidator(1)],
        help_text="For how many days their links work.",
    )

    admin_form_fields = [*Task.admin_form_fields, "reviewers", "approvals", "days"]

    class Meta:
        verbose_name = "external review"
        verbose_name_plural = "external reviews"

    def clean(self) -> None:
        super().clean()
        try:
            asked = outsiders_in(self.reviewers)
        except ValidationError as error:
            raise ValidationError({"reviewers": error.messages}) from error
        if self.approvals and self.approvals > len(asked):
            raise ValidationError({"approvals": f"Only {len(asked)} are asked."})
        if self.days and self.days > settings.REVIEW_LINK_DAYS:
            most = settings.REVIEW_LINK_DAYS
            raise ValidationError({"days": f"A link works for {most} days at most."})

    def start(self, workflow_state: Any, user: Any = None) -> TaskState:
        """Begins the step, with a link for each reviewer."""
        state = super().start(workflow_state, user=user)
        maker = user or workflow_state.requested_by
        for outsider in outsiders_in(self.reviewers):
            self._ask(outsider, workflow_state.content_object, state, maker)
        return state

    @sensitive_variables("token")
    def _ask(self, outsider: Outsider, page: Page, state: TaskState, maker: Any) -> None:
        link = ReviewLink(
            recipient=outsider.name,
            email=outsider.email,
            expires_at=timezone.now() + timedelta(days=min(self.days, settings.REVIEW_LINK_DAYS)),
            task_state=state,
        )
        token = links.make(link, [page], maker=maker)
        if mail.is_set_up():
            mail.invite(link, links.address(link, token))

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        """Who may publish may decide in the reviewers' place: one of them may never answer."""
        if obj.permissions_for_user(user).can_publish():
            return [
                ("reject", "Request changes", True),
                ("approve", "Approve in the reviewers' place", True),
            ]
        return []

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        if user.is_superuser:
            return self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return TaskState.objects.none()

    @classmethod
    def get_description(cls) -> str:
        return "People without an account approve by review links"


def decide(link: ReviewLink, page: Page, version: str) -> None:
    """Passes or returns the step that a link is part of, if its reviewers have said enough.

    `version` is that of the page's latest draft. What was said of another one does not count.
    """
    if link.task_state_id is None:
        return
    # Its row is locked: two who approve at once would each not see the other's.
    state = TaskState.objects.get(pk=link.task_state_id)
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return
    said = {}
    for asked in ReviewLink.objects.filter(task_state=state, ended_at=None):
        if last := asked.last_verdict(page.pk):
            said[asked] = last
    for asked, last in said.items():
        if last.says == last.Says.CHANGES and asked == link:
            state.reject(comment=f"{asked.recipient}: {last.text}")
            return
    approving = [
        asked
        for asked, last in said.items()
        if last.says == last.Says.APPROVED and last.version == version
    ]
    task = state.task.specific
    if len(approving) < task.approvals:
        return
    try:
        with transaction.atomic():
            state.approve(comment=", ".join(asked.recipient for asked in approving))
    except ValidationError as error:
        # The last step publishes: what was said counts all the same, and somebody has to mend the page.
        links.note(link, "stuck", page, why=" ".join(error.messages))
        subject = f"{page.title} is approved, and could not be published"
        mail.tell_maker(link, page, subject, "\n".join(error.messages))
