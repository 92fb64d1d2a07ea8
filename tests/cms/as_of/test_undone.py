"""Whoever looks ahead leaves nothing behind, and shows nobody else what they see."""

import threading
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models.signals import post_save
from django.test import Client
from django_tasks.signals import task_enqueued
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_unpublished, published, unpublished

from cms.as_of import middleware
from cms.as_of.publishing import carry_out
from pages.models import PressReleasePage
from tests import factories
from tests.cms.as_of.ahead import ask, everything, hours, plan, planned

POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Tests on SQLite have one connection"
)
ENDPOINTS = [
    ("site/", {}),
    ("pages/", {"facets": "kind,year"}),
    ("pages/", {"search": "plan"}),
    ("route/", {"path": "/plan/"}),
]


def make(home):
    """Something of each kind, published, ended, renamed and followed by an alias."""
    planned(home, hours(1), slug="plan", title="A plan")
    factories.PressReleasePageFactory(parent=home, title="Ends", expire_at=hours(1))
    live = factories.PressReleasePageFactory(parent=home, title="Live", slug="live")
    live.create_alias(parent=home, update_slug="alias")
    plan(live, hours(1), slug="lives", title="Lives")
    plan(home, hours(1), title="Home, later")


@pytest.fixture
def telling():
    """All that is told of by signal."""
    told: list[tuple[Any, Any]] = []
    signals = [page_published, page_unpublished, published, unpublished, task_enqueued]

    def hear(sender, signal, **said):
        told.append((signals.index(signal), sender))

    def hear_saved(sender, **said):
        if issubclass(sender, Page):
            told.append(("saved", sender))

    for signal in signals:
        signal.connect(hear)
    post_save.connect(hear_saved)
    yield told
    for signal in signals:
        signal.disconnect(hear)
    post_save.disconnect(hear_saved)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("warm", [False, True])
def test_every_row_is_as_it_was(warm):
    factories.make_roots()
    ada = get_user_model().objects.create_superuser("ada", "ada@newsroom.example", "secret")
    make(factories.make_site().root_page)
    if warm:
        for endpoint, query in ENDPOINTS:
            Client().get(f"/api/v2/{endpoint}", query)
    before = everything()
    for endpoint, query in ENDPOINTS:
        assert ask(ada, hours(2), endpoint, **query).status_code == 200
        assert everything() == before


@pytest.mark.django_db
def test_nobody_is_told(ada, home, telling, django_capture_on_commit_callbacks):
    make(home)
    telling.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        for endpoint, query in ENDPOINTS:
            assert ask(ada, hours(2), endpoint, **query).status_code == 200
    assert callbacks == []
    # Wagtail saves what is an alias, and puts it off to index it: in rows that are gone.
    assert {sender for what, sender in telling if what == "saved"} <= {PressReleasePage}
    assert [what for what, _ in telling if what in (0, 1, 2, 3)] == []
    assert mail.outbox == []


@pytest.mark.django_db
def test_wagtails_cache_keeps_nothing_of_then(ada, home):
    make(home)
    plan(home, hours(1), slug="home-later")
    cache.clear()
    roots = Site.get_site_root_paths()
    ask(ada, hours(2), "route/", path="/plan/")
    assert Site.get_site_root_paths() == roots
    cache.clear()
    ask(ada, hours(2), "route/", path="/plan/")
    assert cache.get("wagtail_site_root_paths") is None


@POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_public_reader_meanwhile_sees_what_is_now(monkeypatch):
    """Between what is done ahead and its end, and right after it."""
    factories.make_roots()
    home = factories.make_site().root_page
    ada = get_user_model().objects.create_superuser("ada", "ada@newsroom.example", "secret")
    make(home)
    question = [("site/", {}), ("pages/", {"fields": "*"}), ("route/", {"path": "/live/"})]
    before = [Client().get(f"/api/v2/{each}", query).content for each, query in question]
    seen = []

    def and_look(outcomes):
        assert len(outcomes) == 4
        carry_out(outcomes)
        assert PressReleasePage.objects.get(slug="plan").live
        seen.append(
            in_thread(
                lambda: [Client().get(f"/api/v2/{each}", query).content for each, query in question]
            )
        )

    monkeypatch.setattr(middleware, "carry_out", and_look)
    for each, query in question:
        assert ask(ada, hours(2), each, **query).status_code in (200, 404)
    after = [Client().get(f"/api/v2/{each}", query).content for each, query in question]
    assert seen == [before] * 3
    assert after == before


@POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_two_look_ahead_at_once_and_an_editor_saves():
    factories.make_roots()
    home = factories.make_site().root_page
    ada = get_user_model().objects.create_superuser("ada", "ada@newsroom.example", "secret")
    make(home)
    begun = threading.Barrier(3, timeout=10)
    found = []

    def look():
        begun.wait()
        for _ in range(3):
            found.append(ask(ada, hours(2), "pages/", search="plan"))

    def save():
        begun.wait()
        for number in range(3):
            page = PressReleasePage.objects.get(slug="live")
            page.title = f"Saved {number}"
            with transaction.atomic():
                page.save_revision().publish()

    threads = [Starting(look), Starting(look), Starting(save)]
    for thread in threads:
        thread.finish()
    assert [one.status_code for one in found] == [200] * 6
    assert all(one.json()["meta"]["total_count"] == 1 for one in found)
    assert PressReleasePage.objects.get(slug="live").title == "Saved 2"


class Starting(threading.Thread):
    """A thread with a connection of its own, whose error is raised where it is waited for."""

    def __init__(self, do):
        super().__init__()
        self.do, self.error, self.result = do, None, None
        self.start()

    def run(self):
        try:
            self.result = self.do()
        except BaseException as error:
            self.error = error
        finally:
            connection.close()

    def finish(self):
        self.join(30)
        if self.error:
            raise self.error
        return self.result


def in_thread(do):
    return Starting(do).finish()
