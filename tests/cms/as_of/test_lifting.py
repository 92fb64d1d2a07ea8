"""Embargoes that will have been lifted are lifted for whoever looks ahead, if they are approved."""

import pytest
from django.test import Client
from wagtail.models import Page, Workflow, WorkflowPage

from tests import factories
from tests.cms.as_of.ahead import ask, everything, hours

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("until", "approved", "status"),
    [(1, True, 200), (1, False, 404), (3, True, 404)],
    ids=["approved", "not approved", "later"],
)
@pytest.mark.parametrize("live", [True, False])
def test_what_is_due_and_approved_opens(ada, home, until, approved, status, live):
    news = factories.SectionPageFactory(parent=home, slug="news")
    # Without a workflow, whoever publishes approves; Wagtail begins with one.
    WorkflowPage.objects.all().delete()
    if not approved:
        workflow = Workflow.objects.create(name="Two pairs of eyes")
        WorkflowPage.objects.create(workflow=workflow, page=news)
    if live:
        page = factories.PressReleasePageFactory(parent=news, slug="held", title="Held")
        factories.EmbargoFactory(page=Page.objects.get(pk=page.pk), until=hours(until))
    else:
        page = factories.PressReleasePageFactory(parent=news, slug="held", title="Held", live=False)
        factories.EmbargoFactory(page=Page.objects.get(pk=page.pk), until=hours(until))
        page.save_revision().publish()

    before = everything()
    answer = ask(ada, hours(2), f"pages/{page.pk}/")
    assert answer.status_code == status
    listed = {one["id"] for one in ask(ada, hours(2), "pages/").json()["items"]}
    assert (page.pk in listed) == (status == 200)
    assert Client().get(f"/api/v2/pages/{page.pk}/").status_code == 404
    assert everything() == before
