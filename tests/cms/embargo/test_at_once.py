"""What is saved or published while an embargo is being set knows of it, on PostgreSQL."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from cms.embargo.acts import set_embargo
from pages import models
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

WAITING = (
    "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
    "WHERE NOT granted AND datname = current_database()"
)


@pytest.fixture
def page():
    factories.make_roots()
    home = factories.make_site().root_page
    made = factories.PressReleasePageFactory(parent=home, live=False)
    made.save_revision()
    return models.PressReleasePage.objects.get(pk=made.pk)


def put_under_embargo(page):
    until = timezone.now() + timedelta(hours=1)
    set_embargo(page, until=until, time_zone="UTC", terms="Wait.", reason="", user=None)


def save_a_draft(page):
    page.save_revision()


def publish(page):
    page.latest_revision.publish()


def in_a_thread(act, page):
    try:
        act(type(page).objects.get(pk=page.pk) if act is not save_a_draft else page)
    finally:
        connections.close_all()


def both(page, first, second):
    """Begins the second while the first has not ended, and is waited for."""
    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            first(page)
            other = threads.submit(in_a_thread, second, page)
            until = time.monotonic() + 10
            while not waits() and not other.done() and time.monotonic() < until:
                time.sleep(0.01)
        other.result(timeout=10)


def waits():
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone()[0] > 0


@pytest.mark.parametrize(
    "order",
    [(put_under_embargo, save_a_draft), (save_a_draft, put_under_embargo)],
    ids=["the embargo first", "the draft first"],
)
def test_a_draft_that_is_saved_meanwhile_has_its_files_noted(page, order):
    page.share_image = factories.ImageFactory()
    both(page, *order)

    assert [file.image for file in models.EmbargoedFile.objects.all()] == [page.share_image]


@pytest.mark.parametrize(
    "embargo_first", [True, False], ids=["the embargo first", "the person first"]
)
def test_a_portrait_that_is_changed_meanwhile_is_noted(page, embargo_first):
    person, change_portrait = with_another_portrait()
    page.bylines = [models.Byline(person=person)]
    page.save_revision()

    order = (put_under_embargo, change_portrait)
    both(page, *(order if embargo_first else reversed(order)))

    assert [file.image for file in models.EmbargoedFile.objects.all()] == [person.portrait]


@pytest.mark.parametrize("draft_first", [True, False], ids=["the draft first", "the person first"])
def test_a_portrait_that_is_changed_while_a_draft_takes_it_up_is_noted(page, draft_first):
    put_under_embargo(page)
    person, change_portrait = with_another_portrait()
    page.bylines = [models.Byline(person=person)]

    order = (save_a_draft, change_portrait)
    both(page, *(order if draft_first else reversed(order)))

    assert [file.image for file in models.EmbargoedFile.objects.all()] == [person.portrait]


def with_another_portrait():
    """Somebody with a portrait that is not saved yet, and how it is."""
    person = factories.PersonFactory(portrait=None)
    person.portrait = factories.ImageFactory()

    def change_portrait(page):
        person.save()

    return person, change_portrait


def test_what_is_published_meanwhile_is_planned(page):
    both(page, put_under_embargo, publish)

    found = models.PressReleasePage.objects.get()
    assert (found.live, found.scheduled_revision) == (False, page.latest_revision)
