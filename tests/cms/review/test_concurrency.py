"""Reviewers who act at once. It commits, and so stands by itself."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.db import connection, connections
from wagtail.models import PageLogEntry, Workflow, WorkflowTask

from cms.review.models import ReviewLink
from cms.review.workflow import ExternalReviewTask
from tests import factories
from tests.cms.review.reviewing import Reviewer, editor, share
from tests.cms.review.test_under_embargo import KIM, embargoed
from tests.cms.review.test_workflow import REVIEWERS, invited, say, state

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def test_two_who_approve_at_once_are_two():
    """Each waits for the other, so that one of them sees both."""
    factories.make_roots()
    site = factories.make_site()
    draft = factories.StandardPageFactory(parent=site.root_page, title="Draft", live=False)
    draft.save_revision()
    task = ExternalReviewTask.objects.create(name="The lawyer", reviewers=REVIEWERS, approvals=2)
    workflow = Workflow.objects.create(name="With a lawyer")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    mail.outbox.clear()
    workflow.start(draft, editor())
    readers = list(invited().values())
    for reader in readers:
        reader.read()

    def approve(reader):
        try:
            return say(reader, draft, "approved").status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        assert set(threads.map(approve, readers)) <= {201, 410}
    assert state() == "approved"


def test_who_clicks_twice_at_once_visits_and_accepts_once():
    """Each would find that nothing was said yet, if neither waited."""
    factories.make_roots()
    site = factories.make_site()
    release = embargoed(site.root_page, "held")
    purpose = ReviewLink.Purpose.EMBARGO
    link, token = share(release, purpose=purpose, passcode="open sesame", max_visits=2)

    def clicks(ticket, **said):
        def click(_):
            reader = Reviewer(token)
            reader.key, reader.ticket = "2f1c0f6e-of-a-form", ticket
            try:
                return reader.enter(**said).status_code, reader.ticket
            finally:
                connections.close_all()

        with ThreadPoolExecutor(4) as threads:
            ((status, ticket),) = set(threads.map(click, range(4)))
        assert status == 201
        return ticket

    clicks(clicks("", passcode="open sesame"), **KIM)

    link.refresh_from_db()
    assert link.visit_count == link.visits.count() == 1
    assert PageLogEntry.objects.filter(action="review.accepted").count() == 1
