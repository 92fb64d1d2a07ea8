"""Listings that were asked for before are one row, and never an old one."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from api.documents import kept
from api.documents.models import KeptListing, Touched, Unread
from api.documents.store import forget
from api.documents.triggers import uninstall
from pages import models
from tests import factories
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/pages/"
KEPT = [
    "",
    "fields=*",
    "fields=title,body&rich_text_format=html",
    "type=press_release&order=-publication_date",
    "type=press_release&topic=ports&year=2016&facets=topic,kind,year,section&count=false",
    "section={news.pk}",
    "child_of={news.pk}",
    "locale=en&limit=3",
    "site=other.example",
]
NOT_KEPT = [
    "search=ports",
    "person={person.pk}",
    "uuid={release.uuid}",
    "slug=about",
    "order=random",
    "order=seo_title",
    "limit=3&offset=2",
    "_=1",
    "format=json",
    "nothing=there",
    "limit=0&limit=1",
]


def ask(client, query="", **headers):
    """An answer and in how many queries it was made."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"{ADDRESS}?{query}", headers=headers)
    return answer, len(queries)


@pytest.mark.parametrize("query", KEPT)
def test_the_second_who_asks_is_given_the_same_with_one_query(client, tree, query):
    query = query.format(**vars(tree))
    first, _ = ask(client, query)
    second, queries = ask(client, query)

    assert first.status_code == second.status_code == 200
    assert queries == 1
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)


@pytest.mark.parametrize("query", NOT_KEPT)
def test_what_is_not_watched_over_is_not_kept(client, tree, query):
    for _ in range(2):
        ask(client, query.format(**vars(tree)))

    assert not KeptListing.objects.exists()


def test_people_and_heads_leave_nothing_behind(client, tree):
    client.get(ADDRESS, headers={"accept": "text/html"})
    client.head(ADDRESS)

    assert not KeptListing.objects.exists()


def test_a_head_and_one_who_knows_it_are_answered_from_what_is_kept(client, tree):
    plain, _ = ask(client, "fields=*")
    known, queries = ask(client, "fields=*", if_none_match=plain["ETag"])
    with CaptureQueriesContext(connection) as asked:
        head = client.head(f"{ADDRESS}?fields=*")

    assert (known.status_code, known.content, queries) == (304, b"", 1)
    assert (head.status_code, head.content, len(asked)) == (200, b"", 1)
    assert head["Content-Length"] == str(len(plain.content))
    assert known["Cache-Control"] == plain["Cache-Control"]


def test_what_was_compressed_is_not_compressed_again(client, tree, monkeypatch):
    first, _ = ask(client, "fields=*", accept_encoding="gzip, br")
    monkeypatch.setattr("api.reading.finish.gzip.compress", None)
    second, queries = ask(client, "fields=*", accept_encoding="gzip, br")

    assert queries == 1
    assert second.content == first.content
    assert dict(second.headers) == dict(first.headers)
    assert second["Content-Encoding"] == "gzip"
    known, _ = ask(client, "fields=*", accept_encoding="gzip", if_none_match=second["ETag"])
    assert known.status_code == 304


def changes(tree):
    """Of each kind that a listing can show, one."""
    yield lambda: models.Topic.objects.filter(pk=tree.ports.pk).update(name="Harbours", slug="h")
    yield lambda: models.Person.objects.filter(pk=tree.person.pk).update(name="Other")
    yield lambda: models.PressReleasePage.objects.filter(pk=tree.release.pk).update(title="Other")
    yield lambda: fresh(tree.release).unpublish()
    yield lambda: fresh(tree.release).move(fresh(tree.facts), pos="last-child")
    yield lambda: fresh(tree.release).delete()
    yield lambda: PageViewRestriction.objects.create(page=tree.news, restriction_type="login")
    yield lambda: factories.StandardPageFactory(parent=fresh(tree.news), slug="one-more")
    yield lambda: Site.objects.filter(is_default_site=True).update(site_name="Other", port=81)


@pytest.mark.parametrize("number", range(9))
@pytest.mark.parametrize("query", ["fields=*&limit=20", "facets=topic,section,kind,year"])
def test_any_change_ends_it(client, tree, number, query):
    assert ask(client, query)[0].status_code == 200
    assert ask(client, query)[1] == 1

    list(changes(tree))[number]()

    after, queries = ask(client, query)
    assert queries > 1
    KeptListing.objects.all().delete()
    assert ask(client, query)[0].content == after.content


def test_there_is_a_test_for_each_change(tree):
    assert len(list(changes(tree))) == 9


def test_what_is_touched_while_it_is_put_together_is_not_kept(client, tree, monkeypatch):
    def meanwhile(began):
        models.Topic.objects.filter(pk=tree.ports.pk).update(name="Meanwhile")
        return True

    monkeypatch.setattr(kept, "watched_since", meanwhile)
    ask(client, "fields=*")

    assert not KeptListing.objects.exists()


def test_it_ends_when_something_in_it_does(client, tree):
    soon = timezone.now() + timedelta(minutes=5)
    models.PressReleasePage.objects.filter(pk=tree.release.pk).update(expire_at=soon)
    before, _ = ask(client)
    assert ask(client)[1] == 1

    with time_machine.travel(soon + timedelta(seconds=1), tick=False):
        after, queries = ask(client)

    assert queries > 1
    assert after.json()["meta"]["total_count"] == before.json()["meta"]["total_count"] - 1


def test_another_host_is_another_question(client, tree, settings):
    settings.ALLOWED_HOSTS = ["*"]
    found = [
        client.get(ADDRESS, headers={"host": host}).json()["meta"]["total_count"]
        for host in ("frontend.example", "other.example") * 2
    ]

    assert found[:2] == found[2:]
    assert found[0] > found[1] > 0


def test_forgetting_what_was_touched_does_not_bring_old_ones_back(client, tree):
    Touched.objects.all().delete()
    ask(client)
    assert KeptListing.objects.get().touched_id == 0
    models.Topic.objects.filter(pk=tree.ports.pk).update(name="Long ago")
    Touched.objects.update(at=timezone.now() - timedelta(days=1), passed_on=True)

    forget()

    assert Touched.objects.count() == 1
    assert ask(client)[1] > 1


def test_no_more_is_kept_than_there_is_room_for(client, tree, monkeypatch):
    first, _ = ask(client, "fields=*")
    monkeypatch.setattr(kept, "MOST_OCTETS", len(first.content) + 10)
    ask(client, "fields=*&limit=10")
    assert KeptListing.objects.count() == 1

    models.Topic.objects.filter(pk=tree.ports.pk).update(name="Other")
    ask(client, "fields=*&limit=10")

    assert KeptListing.objects.count() == 1
    assert ask(client, "fields=*&limit=10")[1] == 1


def test_nothing_is_kept_without_the_triggers(client, tree):
    ask(client)
    assert KeptListing.objects.exists()

    uninstall()

    assert not KeptListing.objects.exists()
    ask(client)
    assert not KeptListing.objects.exists()
    assert Unread.objects.count() == 0
