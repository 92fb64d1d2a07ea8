"""Whoever follows the numbers misses nothing that is committed later, on PostgreSQL.

SQLite has one writer at a time: nothing is committed out of order there.
"""

import random
import time
from datetime import timedelta
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from api.changes import announce as module
from api.changes.announce import announce
from api.changes.models import Change
from api.documents.models import Unannounced
from pages import models
from tests import factories
from tests.api.changes.follower import Follower, events
from tests.api.documents.truth import Truth

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

SECONDS = 20


@pytest.fixture
def pages():
    factories.make_roots()
    home = factories.make_site().root_page
    return [factories.StandardPageFactory(parent=home, slug=f"page-{n}") for n in range(6)]


def rename(page, title):
    models.StandardPage.objects.filter(pk=page.pk).update(title=title)


@pytest.fixture(autouse=True)
def short_rest(monkeypatch):
    """What could not be stored while somebody wrote is looked at again soon."""
    monkeypatch.setattr(module, "REST", timedelta(milliseconds=100))


def test_one_who_began_first_and_commits_last_is_heard(pages, elsewhere):
    follower = Follower()
    follower.follow()
    begun, committed = Event(), Event()

    def slow():
        with transaction.atomic():
            rename(pages[0], "Slow")
            begun.set()
            assert committed.wait(SECONDS)

    waiting = elsewhere(slow)
    assert begun.wait(SECONDS)
    rename(pages[1], "Quick")
    first = follower.follow()
    committed.set()
    waiting.result(SECONDS)
    second = follower.follow()

    assert (pages[1].pk, "updated") in events(first)
    assert pages[0].pk not in [pk for pk, _ in events(first)]
    assert (pages[0].pk, "updated") in events(second)
    assert min(c["sequence"] for c in second) > max(c["sequence"] for c in first)


def test_one_who_changes_his_mind_is_not_heard(pages, elsewhere):
    follower = Follower()
    follower.follow()

    def in_vain():
        with transaction.atomic():
            rename(pages[0], "In vain")
            transaction.set_rollback(True)

    elsewhere(in_vain).result(SECONDS)

    assert follower.follow() == []


def test_many_who_write_and_many_who_follow(pages, elsewhere):
    """All at the same time; who has come to the end has what is there."""
    writers, stop, at_once = 3, Event(), Barrier(6)

    def write(number):
        chance = random.Random(number)
        at_once.wait(SECONDS)
        for turn in range(25):
            time.sleep(0.05 * chance.random())
            page = chance.choice(pages)
            with transaction.atomic():
                if chance.random() < 0.3:
                    found = models.StandardPage.objects.get(pk=page.pk)
                    found.unpublish() if found.live else found.save_revision().publish()
                else:
                    rename(page, f"By {number}, {turn}")

    def follow(limit):
        follower = Follower()
        at_once.wait(SECONDS)
        while not stop.is_set():
            follower.follow(limit)
        return follower

    writing = [elsewhere(write, number) for number in range(writers)]
    following = [elsewhere(follow, limit) for limit in (1, 2, 100)]
    try:
        for one in writing:
            one.result(3 * SECONDS)
    finally:
        stop.set()
    followers = [one.result(SECONDS) for one in following]

    deadline = time.monotonic() + SECONDS
    while Unannounced.objects.exists():
        assert time.monotonic() < deadline
        announce(1)
        time.sleep(0.01)
    truth = Truth().answers()
    for follower in followers:
        follower.follow()
        assert follower.held == truth
        sequences = [change["sequence"] for change in follower.heard]
        assert len(sequences) == len(set(sequences))
    assert Change.objects.count() > len(pages)
