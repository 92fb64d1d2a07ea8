"""The index of listings answers what the pages themselves do, and follows every change of them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from api.documents.entries import wrong_entries
from api.documents.models import Entry, Pending
from api.listings import grounds
from pages import models
from tests import factories
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/pages/"
QUERIES = [
    "",
    "fields=*",
    "fields=title,body",
    "fields=_,title",
    "fields=*&rich_text_format=html",
    "type=press_release",
    "type=pages.PressReleasePage,pages.FactSheetPage",
    "type=wagtailcore.Page",
    "kind=statement",
    "kind=statement,report",
    "topic=ports",
    "topic=ports,fishing&type=press_release",
    "topic=nothing",
    "section={news.pk}",
    "section={facts.pk}&kind=report",
    "person={person.pk}",
    "person=999999",
    "published_from=2017-02-01",
    "published_until=2016-12-31",
    "published_from=2016-01-01&published_until=2016-12-31",
    "year=2017",
    "year=2015,2018",
    "uuid={release.uuid}",
    "locale=fr",
    "locale=xx",
    "site=other.example",
    "site=nobody.example",
    "child_of=root",
    "child_of={news.pk}",
    "descendant_of={home.pk}&kind=statement",
    "ancestor_of={statute.pk}",
    "translation_of={about.pk}",
    "slug=about",
    "show_in_menus=false&order=title",
    "order=-publication_date",
    "order=title&limit=3&offset=2",
    "limit=0",
    "limit=21",
    "offset=1000",
    "offset=-1",
    "section=999999",
    "section={hidden_draft.pk}",
    "kind=nothing",
    "published_from=yesterday",
    "nothing=1",
]


@pytest.mark.parametrize("query", QUERIES)
def test_both_ways_answer_the_same(client, tree, query, monkeypatch):
    hidden = {f"hidden_{name}": page for name, page in tree.hidden.items()}
    address = f"{ADDRESS}?{query.format(**vars(tree), **hidden)}"
    by_index = client.get(address)

    monkeypatch.setattr("api.listings.index.grounds", lambda request: None)
    by_pages = client.get(address)

    assert by_index.status_code == by_pages.status_code
    one, other = by_index.json(), by_pages.json()
    for answer in (one, other):
        # Where it goes on, each says in its own way.
        if "meta" in answer:
            answer["meta"]["next_cursor"] = bool(answer["meta"]["next_cursor"])
    assert one == other


def test_while_somebody_writes_the_pages_themselves_are_asked(client, tree, monkeypatch):
    """Nobody is told of what was, or waits, because an import takes its time."""
    client.get(ADDRESS)
    Page.objects.filter(pk=tree.statement.pk).update(title="Otherwise")
    assert Pending.objects.exists()
    monkeypatch.setattr(grounds, "bring_up_to_date", lambda: False)

    titles = [item["title"] for item in client.get(f"{ADDRESS}?order=title").json()["items"]]

    assert "Otherwise" in titles
    assert Pending.objects.exists()


# What is done, and what the titles of the listing are then.
CHANGES = {
    "a title": lambda t: Page.objects.filter(pk=t.statement.pk).update(title="Otherwise"),
    "a kind": lambda t: models.PressReleasePage.objects.filter(pk=t.statement.pk).update(
        kind="press_release"
    ),
    "a date": lambda t: models.PressReleasePage.objects.filter(pk=t.statement.pk).update(
        publication_date="2000-01-01"
    ),
    "a topic": lambda t: fresh(t.statement).topics.through.objects.create(
        pressreleasepage_id=t.statement.pk, topic_id=t.ports.pk
    ),
    "a further section": lambda t: fresh(t.statement).further_sections.through.objects.create(
        pressreleasepage_id=t.statement.pk, sectionpage_id=t.facts.pk
    ),
    "an end": lambda t: fresh(t.statement).unpublish(),
    "a beginning": lambda t: t.hidden["draft"].save_revision().publish(),
    "a move": lambda t: fresh(t.news).move(fresh(t.facts), pos="last-child"),
    "a deletion": lambda t: fresh(t.news).delete(),
    "a restriction above": lambda t: PageViewRestriction.objects.create(
        page=Page.objects.get(pk=t.news.pk), restriction_type="login"
    ),
    "a restriction's end": lambda t: PageViewRestriction.objects.all().delete(),
    "a new page": lambda t: factories.StandardPageFactory(parent=fresh(t.home)),
    "a copy": lambda t: fresh(t.facts).copy(
        recursive=True, update_attrs={"slug": "copy", "title": "Copy"}
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_it_follows_every_change(client, tree, change, monkeypatch):
    client.get(ADDRESS)
    assert not Pending.objects.exists()
    assert Entry.objects.count() > 15

    CHANGES[change](tree)
    by_index = client.get(f"{ADDRESS}?order=title&fields=*").json()

    assert not Pending.objects.exists()
    assert wrong_entries() == []
    monkeypatch.setattr("api.listings.index.grounds", lambda request: None)
    by_pages = client.get(f"{ADDRESS}?order=title&fields=*").json()
    assert by_index["items"] == by_pages["items"]


def test_what_is_rolled_back_is_not_followed(client, tree):
    before = client.get(ADDRESS).json()
    with transaction.atomic():
        Page.objects.filter(pk=tree.statement.pk).update(title="Otherwise")
        transaction.set_rollback(True)
    assert client.get(ADDRESS).json() == before


def test_a_page_leaves_it_when_it_ends(client, tree):
    end = timezone.now() + timedelta(hours=1)
    Page.objects.filter(pk=tree.statement.pk).update(expire_at=end)
    before = client.get(ADDRESS).json()["meta"]["total_count"]

    with time_machine.travel(end + timedelta(seconds=1)):
        assert client.get(ADDRESS).json()["meta"]["total_count"] == before - 1


def test_a_wrong_entry_is_told(client, tree):
    client.get(ADDRESS)
    Entry.objects.filter(pk=tree.about.pk).update(title="Wrong")
    assert any(str(tree.about.pk) in line for line in wrong_entries())
