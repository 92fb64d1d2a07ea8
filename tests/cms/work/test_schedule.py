"""What is planned is done at its time, piece by piece."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from cms.work.schedule import REST, Schedule, next_moment
from pages import models
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def home(db):
    return factories.make_site().root_page


def planned(home, minutes, **values):
    """A page that is to go live in so many minutes."""
    page = factories.StandardPageFactory(parent=home, live=False, **values)
    page.go_live_at = timezone.now() + timedelta(minutes=minutes)
    page.save_revision().publish()
    assert not live(page)
    return page


def live(page):
    return Page.objects.get(pk=page.pk).live


def test_what_is_planned_goes_live_at_its_time_and_not_before(home, clock):
    page = planned(home, 10)
    schedule = Schedule()
    assert next_moment() == page.go_live_at

    clock.shift(timedelta(minutes=10, seconds=-1))
    assert schedule.keep() == 0
    assert not live(page)
    clock.shift(timedelta(seconds=1))
    assert schedule.keep() == 1
    assert live(page)
    assert schedule.keep() == 0
    assert PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish.scheduled").exists()


def test_what_ends_is_taken_down_at_its_time(home, clock):
    page = factories.StandardPageFactory(
        parent=home, expire_at=timezone.now() + timedelta(minutes=5)
    )
    schedule = Schedule()
    assert next_moment() == page.expire_at

    assert schedule.keep() == 0
    clock.shift(timedelta(minutes=5))
    assert schedule.keep() == 1
    page.refresh_from_db()
    assert (page.live, page.expired) == (False, True)
    assert schedule.keep() == 0
    assert next_moment() is None


def test_what_fails_keeps_nobody_from_their_time_and_is_tried_again(
    home, clock, monkeypatch, caplog
):
    broken, other = planned(home, 1, title="Broken"), planned(home, 2)
    clean = models.StandardPage.save

    def save(page, *args, **keywords):
        if page.title == "Broken":
            raise RuntimeError("not now")
        return clean(page, *args, **keywords)

    monkeypatch.setattr(models.StandardPage, "save", save)
    schedule = Schedule()
    clock.shift(timedelta(minutes=3))

    assert schedule.keep() == 1
    assert (live(broken), live(other)) == (False, True)
    assert "could not be done" in caplog.text
    monkeypatch.undo()
    assert schedule.keep() == 0
    clock.shift(REST)
    assert schedule.keep() == 1
    assert live(broken)


def test_half_of_it_is_none_of_it(home, clock, monkeypatch):
    """Wagtail publishes in several commits; here what fails at the end leaves nothing."""
    page = planned(home, 1)
    monkeypatch.setattr(
        "wagtail.actions.publish_revision.PublishRevisionAction._after_publish",
        lambda self: 1 / 0,
    )
    clock.shift(timedelta(minutes=1))

    assert Schedule().keep() == 0
    assert not live(page)
    monkeypatch.undo()
    assert Schedule().keep() == 1
    assert live(page)
