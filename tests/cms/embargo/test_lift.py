"""An embargo is lifted at its moment, once, and only for what was approved."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState, Workflow

from api.changes.models import Change
from api.codecs.visibility import public_pages
from cms.embargo.approval import is_approved
from cms.embargo.lift import REST, Lifts
from cms.work.schedule import Schedule, next_moment
from pages import models
from tests import factories
from tests.telling import tell

pytestmark = pytest.mark.django_db

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def again(page):
    return type(page).objects.get(pk=page.pk)


def public(page):
    return public_pages().filter(pk=page.pk).exists()


def work():
    """What a worker does in a round."""
    return Schedule().keep(), Lifts().keep()


def approve(page, user, clock, edit=None):
    """As people do: not two things in the same microsecond."""
    Workflow.objects.get().start(page, user)
    clock.shift(SECOND)
    if edit:
        page.title = edit
        page.save_revision(user=user)
        clock.shift(SECOND)
    TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS).approve(user=user)
    clock.shift(SECOND)


# Who brings the page how far, and whether it opens.


def nobody(page, user, clock):
    pass


def submitted(page, user, clock):
    Workflow.objects.get().start(page, user)


def by_workflow(page, user, clock):
    approve(page, user, clock)


def by_workflow_with_an_edit(page, user, clock):
    approve(page, user, clock, edit="Approved")


def past_the_workflow(page, user, clock):
    page.save_revision().publish(user=user)


def approved_and_edited_since(page, user, clock):
    approve(page, user, clock)
    page.title = "Since"
    page.save_revision(user=user)


def approved_and_another_published_since(page, user, clock):
    approve(page, user, clock)
    past_the_workflow(page, user, clock)


def approved_and_written_over_since(page, user, clock):
    approve(page, user, clock, edit="Approved")
    page.title = "Since"
    page.save_revision(user=user, overwrite_revision=page.latest_revision).publish(user=user)


def live_behind_the_gate(page, user, clock):
    Page.objects.filter(pk=page.pk).update(live=True)


def approved_behind_the_gate(page, user, clock):
    approve(page, user, clock)
    planned = again(page).scheduled_revision
    page.revisions.update(approved_go_live_at=None)
    Page.objects.filter(pk=page.pk).update(live=True, live_revision=planned)


WITH_A_WORKFLOW = {
    nobody: False,
    submitted: False,
    by_workflow: True,
    by_workflow_with_an_edit: True,
    past_the_workflow: False,
    approved_and_edited_since: True,
    approved_and_another_published_since: False,
    approved_and_written_over_since: False,
    live_behind_the_gate: False,
    approved_behind_the_gate: True,
}
WITHOUT = {nobody: False, past_the_workflow: True, live_behind_the_gate: True}


@pytest.mark.parametrize(("act", "opens"), WITH_A_WORKFLOW.items())
def test_it_opens_if_its_workflow_has_approved_it(act, opens, release, clock, person):
    opens_at_its_moment(act, opens, release, clock, person)


@pytest.mark.parametrize(("act", "opens"), WITHOUT.items())
def test_without_a_workflow_it_opens_if_it_was_published(
    act, opens, release, clock, person, no_workflow
):
    opens_at_its_moment(act, opens, release, clock, person)


def opens_at_its_moment(act, opens, release, clock, person):
    act(release, person("eve", is_superuser=True), clock)
    assert is_approved(again(release)) == opens
    clock.move_to(again(release).embargoed_until - SECOND)
    assert work() == (0, 0)
    assert not public(release)
    clock.shift(SECOND)
    call_command("publish_scheduled", verbosity=0)
    assert not public(release)

    assert work() == (0, int(opens))
    assert public(release) == opens
    assert work() == (0, 0)
    embargo = models.Embargo.objects.get()
    assert (embargo.lifted_at is not None, embargo.lifted_by) == (opens, None)
    acts = PageLogEntry.objects.filter(page=release.pk, action="embargo.lifted")
    assert acts.count() == int(opens)


def test_what_is_approved_is_what_opens(release, clock, person):
    user = person("eve", is_superuser=True)
    release.share_image = factories.ImageFactory()
    approve(release, user, clock, edit="Approved")
    release.title = "Not approved"
    release.save_revision(user=user)
    clock.shift(HOUR)
    work()

    page = again(release)
    assert (page.title, page.has_unpublished_changes) == ("Approved", True)
    assert page.scheduled_revision is None
    assert not models.EmbargoedFile.objects.exists()


def test_what_is_overdue_and_not_approved_locks_nothing(release, clock):
    clock.shift(HOUR)
    with CaptureQueriesContext(connection) as captured:
        assert work() == (0, 0)

    asked = [query["sql"] for query in captured]
    assert len(asked) > 2
    assert not [sql for sql in asked if "SAVEPOINT" in sql or "FOR UPDATE" in sql]


def test_approved_late_it_opens_at_once(release, clock, person):
    clock.shift(HOUR * 5)
    assert work() == (0, 0)

    approve(release, person("eve", is_superuser=True), clock)

    assert not public(release)
    assert work() == (0, 1)
    assert public(release)


def test_what_is_to_go_live_later_does(release, clock, no_workflow):
    release.go_live_at = timezone.now() + HOUR * 3
    release.save_revision().publish()
    clock.shift(HOUR)

    assert work() == (0, 1)
    assert (again(release).live, again(release).embargoed_until) == (False, None)
    clock.shift(HOUR * 2 - SECOND)
    assert work() == (0, 0)
    clock.shift(SECOND)
    assert work() == (1, 0)
    assert public(release)


def test_an_alias_opens_with_its_original(release, clock, no_workflow):
    alias = release.create_alias(update_slug="alias")
    release.save_revision().publish()
    clock.shift(HOUR)
    work()

    assert public(alias)
    assert public(release)


def test_it_is_told_as_what_was_planned(release, clock, no_workflow):
    live_behind = factories.PressReleasePageFactory(parent=release.get_parent())
    factories.EmbargoFactory(page=live_behind)
    release.save_revision().publish()
    clock.shift(HOUR)
    tell()
    assert not Change.objects.filter(page_id__in=[release.pk, live_behind.pk]).exists()
    work()
    tell()

    told = Change.objects.filter(page_id__in=[release.pk, live_behind.pk])
    assert list(told.values_list("event", flat=True)) == ["went_live", "went_live"]


def test_a_worker_wakes_at_the_moment(release, clock, no_workflow):
    """Of one that is overdue it does not think: another may be due before it is approved."""
    release.save_revision().publish()
    until = again(release).embargoed_until
    assert next_moment() == until
    models.Embargo.objects.update(until=until - HOUR)
    assert next_moment() is None


def test_half_of_it_is_none_of_it(release, clock, no_workflow, monkeypatch, caplog):
    """What fails keeps the others from nothing, and is tried again."""
    other = factories.PressReleasePageFactory(parent=release.get_parent())
    factories.EmbargoFactory(page=other, until=timezone.now() + HOUR)
    release.share_image = factories.ImageFactory()
    release.save_revision().publish()
    clock.shift(HOUR)
    after = "wagtail.actions.publish_page_revision.PublishPageRevisionAction._after_publish"
    monkeypatch.setattr(after, lambda self: 1 / 0)
    lifts = Lifts()

    assert lifts.keep() == 1
    assert (public(release), public(other)) == (False, True)
    assert not again(release).live
    assert models.EmbargoedFile.objects.exists()
    assert not PageLogEntry.objects.filter(page=release.pk, action="embargo.lifted").exists()
    assert "could not be lifted" in caplog.text
    monkeypatch.undo()
    assert lifts.keep() == 0
    clock.shift(REST)
    assert lifts.keep() == 1
    assert public(release)


def test_the_last_who_approves_decides_on_which_version(release, clock, person):
    """Not who approved another before: a version put in later by hand was seen by nobody."""
    user = person("eve", is_superuser=True)
    first = release.get_latest_revision()
    approve(release, user, clock, edit="Second")
    assert TaskState.objects.get().revision == first
    release.save_revision(user=user).publish(user=user)

    assert not is_approved(again(release))
