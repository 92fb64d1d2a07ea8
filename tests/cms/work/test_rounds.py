"""Chores take turns, and one that fails keeps nobody from the others."""

import threading
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from api.changes.models import Change
from cms.models import Worker
from cms.work import loop
from cms.work.chores import Chore, chores
from cms.work.heartbeat import SILENCE, at_work, beat, last_seen, signed_in
from cms.work.loop import Rounds
from cms.work.senders import Senders
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def done():
    return []


def chore(name, done, every=timedelta(0), more=False):
    def do():
        done.append(name)
        return more

    return Chore(name, every, do)


def test_each_is_done_when_it_is_due(done):
    rounds = Rounds([chore("always", done), chore("seldom", done, timedelta(hours=1))])

    rounds.go()
    rounds.go()

    assert done == ["always", "seldom", "always"]


def test_one_that_fails_keeps_nobody_from_the_others(done, caplog):
    failing = Chore("fail", timedelta(0), lambda: bool(1 / 0))
    rounds = Rounds([failing, chore("more", done, more=True)])

    assert rounds.go() is True
    assert done == ["more"]
    assert "A worker could not fail" in caplog.text


def test_everything_that_a_worker_does_can_be_done():
    home = factories.make_site().root_page
    page = factories.StandardPageFactory(parent=home)
    with signed_in() as worker:
        for chore in chores(worker, Senders()):
            assert chore.do() is False, chore.name
        assert at_work() == 1
    assert at_work() == 0
    assert Change.objects.filter(page_id=page.pk, event="published").count() == 1


def test_one_that_is_silent_counts_as_gone():
    worker = Worker.objects.create(
        name="one", started_at=timezone.now(), seen_at=timezone.now() - SILENCE
    )

    assert at_work() == 0
    assert last_seen() == worker.seen_at
    beat(worker)
    assert at_work() == 1


def test_a_worker_stops_when_it_is_told(monkeypatch):
    stopped = threading.Event()
    monkeypatch.setattr(loop, "chores", lambda worker, senders: [])
    monkeypatch.setattr(loop, "close_old_connections", stopped.set)

    loop.work(stopped)

    assert not Worker.objects.exists()


def test_readiness_says_how_many_there_are(client: Client):
    with signed_in():
        assert client.get("/health/ready").json()["workers"] == 1


def test_the_admin_says_when_nobody_works(admin_client: Client):
    words = "Nothing that is planned happens at the moment."

    assert words in admin_client.get("/admin/").content.decode()
    with signed_in():
        assert words not in admin_client.get("/admin/").content.decode()
