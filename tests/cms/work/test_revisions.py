"""Old revisions go, if they are set to; what somebody needs stays."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError
from django.utils import timezone
from wagtail.models import Revision

from cms.work import revisions
from tests import factories

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def old():
    """Two old revisions of a page, of which the second is its latest, and one that is planned."""
    page = factories.StandardPageFactory(parent=factories.make_site().root_page)
    made = [page.save_revision() for _ in range(3)]
    planned = made[0]
    planned.approved_go_live_at = timezone.now() + timedelta(days=1)
    planned.save()
    Revision.objects.update(created_at=timezone.now() - timedelta(days=40))
    return made


def left():
    return set(Revision.objects.values_list("pk", flat=True))


@pytest.mark.parametrize(("days", "deleted"), [(None, False), (50, False), (30, True)])
def test_those_go_that_are_older_than_is_set_and_not_needed(old, settings, days, deleted):
    settings.REVISIONS_DAYS = days
    revisions.purge()
    planned, nobodys, latest = (one.pk for one in old)
    assert left() == {planned, latest} | (set() if deleted else {nobodys})


def test_a_worker_deletes_them_beside_its_rounds(settings, monkeypatch):
    begun = threading.Event()
    monkeypatch.setattr(revisions, "purge", begun.set)
    settings.REVISIONS_DAYS = 30
    revisions.begin()
    assert begun.wait(10)


def test_it_goes_on_where_somebody_was_in_the_way(settings, monkeypatch):
    """As SQLite has it, where others write while what is to go is read."""
    tried, ended = [], threading.Event()

    def purge():
        tried.append(len(tried))
        if len(tried) < 3:
            raise OperationalError("database is locked")
        ended.set()

    monkeypatch.setattr(revisions, "purge", purge)
    monkeypatch.setattr(revisions, "PAUSE", 0.01)
    settings.REVISIONS_DAYS = 30
    revisions.begin()
    assert ended.wait(10)
    assert tried == [0, 1, 2]


def test_one_at_a_time_deletes_them(settings, monkeypatch):
    begun, go_on = [], threading.Event()

    def purge():
        begun.append(True)
        go_on.wait(10)

    monkeypatch.setattr(revisions, "purge", purge)
    settings.REVISIONS_DAYS = 30
    with revisions._busy:
        revisions.begin()
    assert begun == []
    go_on.set()
