"""Embargoes that will have been lifted are lifted for whoever looks ahead, if they are approved."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, Workflow, WorkflowPage

from pages import models
from tests import factories
from tests.cms.as_of.ahead import ask, everything, hours, planned

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


def path_of(url):
    return urlsplit(url).path


@pytest.fixture
def opening(home):
    """A release that opens in an hour, with a picture and a file that another uses which stays shut."""
    WorkflowPage.objects.all().delete()
    paper = factories.DocumentFactory()
    for number in (3, 1):
        page = factories.PressReleasePageFactory(parent=home, live=False)
        factories.EmbargoFactory(page=Page.objects.get(pk=page.pk), until=hours(number))
        page.share_image = factories.ImageFactory()
        page.downloads = [models.Download(document=paper)]
        page.save_revision().publish()
    return page


def picture_of(page, ada):
    """The address that somebody gets who looks two hours ahead."""
    document = ask(ada, hours(2), f"pages/{page.pk}/").json()
    return path_of(document["share_image"]["url"])


def test_the_pictures_of_what_opens_are_seen_by_who_looks_ahead(ada, opening):
    address = picture_of(opening, ada)
    assert address.startswith("/granted/as_of/")
    answer = Client().get(address)
    assert (answer.status_code, answer["Cache-Control"]) == (200, "private, no-store")
    image = opening.share_image_id
    other = address.replace(f"/images/{image}/", f"/images/{image - 1}/")
    assert other != address
    assert Client().get(other).status_code == 404
    ada.set_password("another")
    ada.save()
    assert Client().get(address).status_code == 404


def test_a_file_that_something_keeps_back_longer_is_seen_too(ada, opening):
    [download] = ask(ada, hours(2), f"pages/{opening.pk}/").json()["downloads"]
    address = path_of(download["document"]["url"])
    assert address.startswith("/granted/as_of/")
    assert b"".join(Client().get(address)).startswith(b"%PDF")


def test_the_pictures_of_what_opens_are_seen_for_as_long_as_the_session_lasts(ada, opening):
    address = picture_of(opening, ada)
    over = timezone.now() + timedelta(seconds=settings.AS_OF_MAX_AGE + 2)
    with time_machine.travel(over, tick=False):
        assert Client().get(address).status_code == 404


def test_a_picture_of_what_is_planned_and_kept_back_by_another_is_seen(ada, home):
    """Though no embargo ends until then."""
    held = factories.PressReleasePageFactory(parent=home, live=False)
    factories.EmbargoFactory(page=Page.objects.get(pk=held.pk), until=hours(9))
    held.share_image = factories.ImageFactory()
    held.save_revision()
    news = planned(home, hours(1), share_image=held.share_image)
    address = picture_of(news, ada)
    assert address.startswith("/granted/as_of/")
    assert Client().get(address).status_code == 200


def test_what_editors_uploaded_is_seen_too(ada, opening):
    listed = ask(ada, hours(2), "images/").json()["items"]
    [image] = [one for one in listed if one["id"] == opening.share_image_id]
    answer = Client().get(path_of(image["meta"]["download_url"]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_what_is_public_already_has_its_usual_address(ada, opening):
    news = factories.PressReleasePageFactory(parent=opening.get_parent().specific)
    news.share_image = opening.share_image
    news.save_revision().publish()
    address = picture_of(opening, ada)
    assert address.startswith("/images/")
    assert Client().get(address).status_code == 200
