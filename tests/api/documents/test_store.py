"""Stored documents: found again, dropped by whatever changes what they show, and by nothing else."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from api.documents.encode import encode_documents
from api.documents.models import Dependency, Document, Installed, Touched
from api.documents.store import documents_of, make, stored
from pages import models
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(tree):
    """The page that shows everything; its document is stored."""
    documents_of([tree.release.pk])
    assert is_stored(tree.release)
    return tree.release


def is_stored(page) -> bool:
    return stored().filter(page_id=page.pk).exists()


def answer(page):
    document = documents_of([page.pk]).get(page.pk)
    return document and json.loads(document.body)


def test_what_is_stored_is_given_again(release):
    first = documents_of([release.pk])[release.pk]
    assert documents_of([release.pk])[release.pk].id == first.id
    assert json.loads(first.body) == json.loads(make([release.pk])[release.pk].body)


# What is done, and to what of the tree.
CHANGES = {
    "the page": lambda t: fresh(t.release).save_revision().publish(),
    "a column, by SQL": lambda t: models.PressReleasePage.objects.filter(pk=t.release.pk).update(
        deck="Otherwise"
    ),
    "a picture": lambda t: models.NewsImage.objects.filter(pk=t.image.pk).update(credit="Other"),
    "a file": lambda t: models.NewsDocument.objects.filter(pk=t.document.pk).update(title="Other"),
    "a person": lambda t: models.Person.objects.filter(pk=t.person.pk).update(name="Other"),
    "a topic": lambda t: models.Topic.objects.filter(pk=t.ports.pk).update(name="Other"),
    "topics of the page": lambda t: (
        fresh(t.release).topics.through.objects.filter(pressreleasepage=t.release.pk).delete()
    ),
    "a byline": lambda t: models.Byline.objects.filter(page=t.release.pk).delete(),
    "a contact": lambda t: models.PressContact.objects.update(phone="1"),
    "a boilerplate": lambda t: models.Boilerplate.objects.update(text="<p>Other</p>"),
    "a linked page's title": lambda t: Page.objects.filter(pk=t.about.pk).update(title="Other"),
    "a linked page's end": lambda t: fresh(t.about).unpublish(),
    "an ancestor's slug": lambda t: _rename(t.news),
    "a move": lambda t: fresh(t.release).move(fresh(t.facts), pos="last-child"),
    "a person's profile": lambda t: fresh(t.profile).unpublish(),
    "a page that points here": lambda t: models.PressReleasePage.objects.filter(
        pk=t.advisory.pk
    ).update(supersedes=None),
    "the site": lambda t: type(t.site).objects.filter(pk=t.site.pk).update(hostname="x.example"),
    "a restriction": lambda t: PageViewRestriction.objects.create(
        page=Page.objects.get(pk=t.news.pk), restriction_type=PageViewRestriction.LOGIN
    ),
    "a private collection": lambda t: CollectionViewRestriction.objects.create(
        collection=t.image.collection, restriction_type=CollectionViewRestriction.LOGIN
    ),
    "an end to come": lambda t: Page.objects.filter(pk=t.about.pk).update(
        expire_at=timezone.now() + timedelta(days=1)
    ),
}


def _rename(page) -> None:
    page = fresh(page)
    page.slug = "renamed"
    page.save_revision().publish()


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_a_document_drops_it(tree, release, change):
    before = answer(release)

    CHANGES[change](tree)

    assert not is_stored(release)
    after = answer(release)
    if change not in ("the page", "an end to come"):
        assert after != before


# The negatives: what a page does not show may change as it likes.
UNRELATED = {
    "another page": lambda t: fresh(t.french_about).save_revision().publish(),
    "what no link to a page shows": lambda t: models.StandardPage.objects.filter(
        pk=t.about.pk
    ).update(canonical_url="https://other.example/"),
    "another picture": lambda t: models.NewsImage.objects.filter(pk=t.private_image.pk).update(
        credit="Other"
    ),
    "another topic": lambda t: models.Topic.objects.filter(pk=t.fishing.pk).update(name="Other"),
    "a draft of the page": lambda t: fresh(t.release).save_revision(),
    "a new page beside it": lambda t: fresh(t.news).add_child(
        instance=models.PressReleasePage(title="New", slug="new", live=False)
    ),
}


@pytest.mark.parametrize("change", UNRELATED)
def test_what_a_document_does_not_show_drops_nothing(tree, release, change):
    before = Touched.objects.count()

    UNRELATED[change](tree)

    assert is_stored(release)
    if change not in ("a draft of the page",):
        assert Touched.objects.count() > before


def test_a_document_ends_with_what_it_shows(tree, release):
    Page.objects.filter(pk=tree.about.pk).update(expire_at=timezone.now() + timedelta(hours=1))
    before = answer(release)
    assert is_stored(release)

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert not is_stored(release)
        assert answer(release) != before


def test_what_is_not_public_has_no_document(tree):
    assert documents_of(page.pk for page in tree.hidden.values()) == {}
    assert tree.hidden
    assert not Document.objects.filter(page_id__in=[p.pk for p in tree.hidden.values()]).exists()


def test_keys_are_those_of_what_is_there(release):
    document = stored().get(page_id=release.pk)
    keys = set(Dependency.objects.filter(document_id=document.id).values_list("key", flat=True))
    assert f"page:{release.pk}" in keys
    assert len(keys) > 10
    assert document.tags.split(",") == sorted(document.tags.split(","))
    assert len(document.tags.split(",")) <= 64


def test_a_document_without_its_parent_is_what_listings_show(release):
    document = stored().get(page_id=release.pk)
    whole = json.loads(document.body)
    del whole["meta"]["parent"]
    body = document.body.encode()
    cut = body[: document.parent_start] + body[document.parent_end :]
    assert json.loads(cut) == whole


def test_what_was_changed_while_it_was_encoded_is_not_stored(tree, release, monkeypatch):
    """What another sees of the change is a matter of its moment: here it comes between the two."""
    changes = iter(["While it was encoded"])

    def interrupted(pages, rich_text_format):
        made = encode_documents(pages, rich_text_format)
        for name in changes:
            models.Person.objects.filter(pk=tree.person.pk).update(name=name)
        return made

    monkeypatch.setattr("api.documents.store.encode_documents", interrupted)
    made = make([release.pk])

    assert "While it was encoded" in made[release.pk].body
    assert "While it was encoded" in stored().get(page_id=release.pk).body


def test_nothing_is_stored_without_triggers(tree, release):
    Installed.objects.all().delete()
    Document.objects.all().delete()

    assert answer(release)["id"] == release.pk
    assert not Document.objects.exists()
