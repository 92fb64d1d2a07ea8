"""Real transactions: nothing of them is left, and others see nothing of them meanwhile."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client

from cms.as_of import middleware
from cms.as_of.publishing import carry_out
from pages.models import PressReleasePage
from tests import factories
from tests.cms.as_of.ahead import ENDPOINTS, ask, everything, hours, make_plans

POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="Tests on SQLite have one connection"
)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("warm", [False, True])
def test_every_row_is_as_it_was(warm):
    factories.make_roots()
    ada = get_user_model().objects.create_superuser("ada", "ada@newsroom.example", "secret")
    make_plans(factories.make_site().root_page)
    if warm:
        for endpoint, query in ENDPOINTS:
            Client().get(f"/api/v2/{endpoint}", query)
    before = everything()
    for endpoint, query in ENDPOINTS:
        assert ask(ada, hours(2), endpoint, **query).status_code == 200
        assert everything() == before


@POSTGRESQL
@pytest.mark.django_db(transaction=True)
def test_a_public_reader_meanwhile_sees_what_is_now(monkeypatch):
    """Between what is done ahead and its end, and right after it."""
    factories.make_roots()
    home = factories.make_site().root_page
    ada = get_user_model().objects.create_superuser("ada", "ada@newsroom.example", "secret")
    make_plans(home)
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
    make_plans(home)
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
