"""What is told of what is done."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Site

from api.changes.announce import Outcome, announce, forget, look_at_other_editions
from api.changes.models import Announced, Change
from api.documents import encode, store
from api.documents.models import Document, Unannounced
from pages import models
from tests import factories
from tests.api.documents.truth import Truth
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def told(tree):
    """Everything that is there was told of before."""
    everything_told()
    Change.objects.all().delete()


def everything_told():
    assert announce(60) is Outcome.ALL


def news():
    """What is told of what was done since: page, event and paths."""
    known = Change.objects.count()
    everything_told()
    rows = Change.objects.order_by("id")[known:]
    return [(row.page_id, row.event, row.previous_path, row.path) for row in rows]


def edit(page, **values):
    edited = fresh(page)
    for name, value in values.items():
        setattr(edited, name, value)
    edited.save_revision().publish()


def path_of(page):
    return Announced.objects.get(page_id=page.pk).path


def test_everything_public_is_told_once(tree):
    assert set(Announced.objects.values_list("page_id", flat=True)) == {
        p.pk for p in Truth().public
    }
    assert news() == []


def test_a_word_changes_one_page_or_those_that_show_it(tree):
    edit(tree.statute, search_description="Found by this")

    assert news() == [(tree.statute.pk, "updated", path_of(tree.statute), path_of(tree.statute))]


def test_what_becomes_of_a_page(tree):
    path = path_of(tree.advisory)
    fresh(tree.advisory).unpublish()
    assert (tree.advisory.pk, "unpublished", path, "") in news()
    fresh(tree.advisory).save_revision().publish()
    assert (tree.advisory.pk, "published", "", path) in news()
    edit(tree.advisory, slug="elsewhere")
    moved = news()
    assert (tree.advisory.pk, "moved", path, "/news/elsewhere/") in moved
    PageViewRestriction.objects.create(page=tree.advisory, restriction_type="login")
    assert (tree.advisory.pk, "restricted", "/news/elsewhere/", "") in news()
    PageViewRestriction.objects.all().delete()
    assert (tree.advisory.pk, "published", "", "/news/elsewhere/") in news()
    fresh(tree.advisory).delete()
    assert (tree.advisory.pk, "deleted", "/news/elsewhere/", "") in news()
    assert news() == []


def test_a_section_moves_with_all_below(tree):
    below = {page.pk for page in Truth().public if page.path.startswith(tree.news.path)}
    assert len(below) > 3

    fresh(tree.news).move(fresh(tree.about), pos="first-child")

    moved = {pk: (before, after) for pk, event, before, after in news() if event == "moved"}
    assert below <= moved.keys()
    assert moved[tree.release.pk] == ("/news/dredging/", "/about/news/dredging/")


def test_only_those_are_told_of_whose_bytes_are_others(tree):
    quoting = {page.pk for page in Truth().public if tree.person.name in str(vars_of(page))}

    models.Person.objects.filter(pk=tree.person.pk).update(name="Another Name")
    told = news()
    models.Person.objects.filter(pk=tree.person.pk).update(name="Another Name")

    assert quoting <= {pk for pk, *_ in told}
    assert {event for _, event, *_ in told} == {"updated"}
    assert news() == []
    assert set(Change.objects.values_list("keys", flat=True)) == {f"person:{tree.person.pk}"}


def vars_of(page):
    document = Document.objects.filter(page_id=page.pk, rich_text_format="portable_text").first()
    return document.body if document else ""


def test_it_says_who_did_it(tree):
    user = get_user_model().objects.create_superuser("ada", password="x")
    edited = fresh(tree.statute)
    edited.title = "By Ada"
    edited.save_revision(user=user).publish(user=user)
    everything_told()

    rows = Change.objects.all()

    assert rows.get(page_id=tree.statute.pk).actor == user
    # What follows of it elsewhere, nobody did there.
    assert set(rows.exclude(page_id=tree.statute.pk).values_list("actor", flat=True)) <= {None}


def test_what_is_planned_is_told_when_it_is_done(tree):
    page = fresh(tree.statute)
    page.unpublish()
    everything_told()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        page = fresh(tree.statute)
        page.go_live_at = timezone.now() + timedelta(hours=1)
        page.save_revision().publish()
        assert news() == []
        clock.shift(timedelta(hours=2))
        call_command("publish_scheduled")
        assert (page.pk, "went_live", "", "/about/gesetz-über-häfen/") in news()
    assert PageLogEntry.objects.filter(page_id=page.pk, action="wagtail.publish.scheduled")


def test_what_ends_is_told_though_nobody_writes(tree):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        edit(tree.statute, expire_at=timezone.now() + timedelta(hours=1))
        everything_told()
        path = path_of(tree.statute)
        clock.shift(timedelta(hours=2))
        assert (tree.statute.pk, "expired", path, "") in news()
        # And not once more when the page is taken down at last.
        call_command("publish_scheduled")
        assert tree.statute.pk not in {pk for pk, *_ in news()}


def test_for_another_site_it_is_another_page(tree):
    elsewhere = Site.objects.get(pk=tree.other_site.pk).root_page
    fresh(tree.statute).move(elsewhere, pos="first-child")
    everything_told()

    rows = Change.objects.filter(page_id=tree.statute.pk).order_by("id")

    assert [(row.site_id, row.event, row.path) for row in rows] == [
        (tree.site.pk, "moved", ""),
        (tree.other_site.pk, "moved", "/gesetz-über-häfen/"),
    ]


def test_a_page_that_cannot_be_encoded_keeps_nobody_waiting(tree, monkeypatch, caplog):
    def encode_others(pages, rich_text_format):
        if tree.statute.pk in [page.pk for page in pages]:
            raise RuntimeError("a fault in the code")
        return encode.encode_documents(pages, rich_text_format)

    monkeypatch.setattr(store, "encode_documents", encode_others)
    edit(tree.statute, title="In vain")
    edit(tree.about, title="All the same")

    assert announce() is Outcome.LATER
    assert Change.objects.filter(page_id=tree.about.pk).count() == 1
    assert announce() is Outcome.ALL
    assert "cannot be encoded" in caplog.text
    monkeypatch.setattr(store, "encode_documents", encode.encode_documents)
    Unannounced.objects.update(not_before=timezone.now())
    assert tree.statute.pk in [pk for pk, *_ in news()]


def test_what_was_told_long_ago_is_forgotten_but_for_the_last(tree):
    edit(tree.statute, title="One")
    edit(tree.about, title="Two")
    everything_told()
    last = Change.objects.order_by("id").last()
    Change.objects.update(at=timezone.now() - timedelta(days=91))

    forget()

    assert list(Change.objects.all()) == [last]


def test_a_new_version_of_the_code_tells_of_what_it_encodes_otherwise(tree):
    Announced.objects.update(edition="an older one")
    Announced.objects.filter(page_id=tree.statute.pk).update(etag='"of other bytes"')
    assert news() == []

    look_at_other_editions()

    assert [(pk, event) for pk, event, *_ in news()] == [(tree.statute.pk, "updated")]


def test_what_cannot_be_stored_is_told_and_looked_at_again(tree, monkeypatch):
    everything_told()
    edit(tree.statute, title="Not stored")
    keep = store._keep
    monkeypatch.setattr(store, "_keep", lambda made, began: [])

    assert announce() is Outcome.LATER
    assert Change.objects.filter(page_id=tree.statute.pk).count() == 1
    # Somebody changes what nobody holds a key of; and nobody writes for long any more.
    models.StandardPage.objects.filter(pk=tree.statute.pk).update(title="Nor this")
    assert announce() is Outcome.LATER
    # Until it has rested, it keeps nobody else waiting.
    monkeypatch.setattr(store, "_keep", keep)
    assert announce() is Outcome.ALL
    assert Unannounced.objects.filter(page_id=tree.statute.pk).exists()
    Unannounced.objects.update(not_before=timezone.now())
    everything_told()

    etags = list(Change.objects.filter(page_id=tree.statute.pk).values_list("etag", flat=True))
    assert len(set(etags)) == len(etags) == 2
    assert etags[-1] == Document.objects.get(page_id=tree.statute.pk).etag
    assert not Unannounced.objects.exists()


def test_pages_outside_the_contract_are_not_told_of(tree):
    Page.objects.get(depth=1).add_child(instance=Page(title="Plain", slug="plain"))

    assert news() == []
    assert not Unannounced.objects.exists()


def test_a_page_in_the_making_is_not_told_of(tree):
    factories.StandardPageFactory(parent=fresh(tree.news), title="Secret", live=False)

    assert [row for row in news() if row[1] != "updated"] == []
