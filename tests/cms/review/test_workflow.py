"""External review as a step of a workflow."""

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from cms.review.models import ReviewLink
from cms.review.workflow import ExternalReviewTask
from tests import factories
from tests.cms.review.reviewing import Reviewer, editor
from tests.cms.review.test_sharing import ADDRESS, signed_in, somebody, token_in

pytestmark = pytest.mark.django_db

REVIEWERS = "Jo Lawyer <jo@law.example>\nChief Kim <kim@police.example>\n"


@pytest.fixture
def draft(material):
    page = factories.StandardPageFactory(
        parent=material.section, title="Draft", slug="draft", live=False
    )
    page.save_revision()
    return page


@pytest.fixture
def task(draft):
    task = ExternalReviewTask.objects.create(name="The lawyer", reviewers=REVIEWERS, approvals=2)
    workflow = Workflow.objects.create(name="With a lawyer")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=draft)
    return task


def invited():
    """The reviewers who were written to, by the link that each got."""
    found = [message for message in mail.outbox if "/review/" in str(message.body)]
    return {message.to[0]: Reviewer(ADDRESS.findall(str(message.body))[0]) for message in found}


@pytest.fixture
def begin(draft, task, django_capture_on_commit_callbacks):
    """Submits the draft. Gives its reviewers."""

    def begun():
        with django_capture_on_commit_callbacks(execute=True):
            draft.get_workflow().start(draft, editor())
        assert list(invited()) == ["jo@law.example", "kim@police.example"]
        return list(invited().values())

    return begun


def say(reader, draft, says, text=""):
    version = reader.read()["review"]["version"]
    return reader.post("verdict/", page=draft.pk, says=says, version=version, text=text)


def state():
    return WorkflowState.objects.latest("pk").status


def test_enough_approvals_pass_it_and_publish(draft, begin):
    first, second = begin()
    assert say(first, draft, "approved").status_code == 201
    assert state() == "in_progress"
    # The same one twice is one.
    assert say(first, draft, "approved").status_code == 201
    assert state() == "in_progress"
    assert say(second, draft, "approved").status_code == 201
    assert state() == "approved"
    draft.refresh_from_db()
    assert draft.live
    assert first.get().status_code == second.get().status_code == 410


def test_one_request_for_changes_returns_it(draft, begin):
    first, second = begin()
    say(first, draft, "approved")
    assert say(second, draft, "changes_requested", "Count the states").status_code == 201
    assert state() == "needs_changes"
    assert TaskState.objects.get().comment == "Chief Kim: Count the states"
    assert first.get().status_code == 410
    draft.refresh_from_db()
    assert not draft.live


def test_approvals_of_another_draft_do_not_count(draft, begin):
    first, second = begin()
    say(first, draft, "approved")
    draft.title = "Otherwise"
    draft.save_revision()
    say(second, draft, "approved")
    assert state() == "in_progress"
    say(first, draft, "approved")
    assert state() == "approved"


def test_resubmitting_sends_new_links(draft, begin):
    first, _ = begin()
    say(first, draft, "changes_requested", "Count the states")
    mail.outbox.clear()
    WorkflowState.objects.get().resume(user=editor())
    assert ReviewLink.objects.count() == 4
    assert ReviewLink.objects.filter(ended_at=None).count() == 2


@pytest.mark.once
def test_an_editor_may_decide_in_their_place(draft, begin):
    first, _ = begin()
    (current,) = TaskState.objects.all()
    edit = signed_in(editor()).get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert "Approve in the reviewers&#x27; place" in edit.text
    current.task.specific.on_action(current, editor(), "approve", comment="By telephone")
    assert state() == "approved"
    assert first.get().status_code == 410


@pytest.mark.once
def test_who_may_not_publish_gets_nobody_elses_voice(draft, begin, material):
    first, _ = begin()
    link = ReviewLink.objects.get(email="jo@law.example")
    eve = somebody("eve", material.section, "change")
    place = reverse("review:share", args=[draft.pk])
    response = signed_in(eve).post(place, {"act": "renew", "link": link.pk}, follow=True)
    assert "Only who may publish the page" in response.text
    assert first.get().status_code == 200
    assert token_in(signed_in(editor()).post(place, {"act": "renew", "link": link.pk}))


@pytest.mark.once
@pytest.mark.parametrize(
    ("reviewers", "approvals", "error"),
    [
        ("", 1, "Name at least one"),
        ("Jo Lawyer", 1, "is not a person with an address"),
        ("jo@law.example", 2, "Only 1 are asked"),
        ("Jo <jo@law.example>\nJoan <JO@law.example>", 2, "is named twice"),
        (f"{'J' * 300} <jo@law.example>", 1, "longer than 255"),
        ("jo@law.example", 0, "greater than or equal to 1"),
    ],
)
def test_what_cannot_be_decided_is_refused(reviewers, approvals, error):
    task = ExternalReviewTask(name="Nobody", reviewers=reviewers, approvals=approvals)
    with pytest.raises(ValidationError, match=error):
        task.full_clean()
    task = ExternalReviewTask(name="Long", reviewers="jo@law.example", days=31)
    with pytest.raises(ValidationError, match="30 days at most"):
        task.full_clean()


@pytest.mark.once
def test_the_step_is_made_in_the_admin():
    address = reverse("wagtailadmin_workflows:add_task", args=["cms", "externalreviewtask"])
    values = {"name": "The lawyer", "reviewers": REVIEWERS, "approvals": "1", "days": "3"}
    assert signed_in(editor()).post(address, values).status_code == 302
    assert ExternalReviewTask.objects.get().days == 3
