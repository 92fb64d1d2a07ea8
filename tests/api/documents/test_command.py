"""`manage.py documents rebuild` and `verify`."""

import io
import re

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from api.documents import rebuild, verify
from api.documents.encode import encode_documents
from api.documents.models import Dependency, Document, Installed
from api.documents.store import make, site_document, stored
from api.documents.verify import first_difference
from pages import models
from tests.api.documents.truth import Truth

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    """What the command prints, and what it says on the way."""
    out = io.StringIO()
    call_command("documents", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def complaints() -> str:
    """What is printed by a verification that fails."""
    out = io.StringIO()
    with pytest.raises(CommandError, match="differences"):
        call_command("documents", "verify", stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def unread_tree(tree):
    """A small newsroom of which no page was read yet."""
    Document.objects.all().delete()
    return tree


def test_rebuilding_makes_the_documents_of_all_public_pages(unread_tree):
    told = run("rebuild")

    public = {page.pk for page in Truth().public}
    assert set(stored().values_list("page_id", flat=True)) == public
    assert len(public) == 17
    assert "17 of 17" in told
    assert "17 documents were made." in told
    assert Truth().wrong_documents() == (17, [])


def test_rebuilding_goes_on_where_it_was_interrupted(unread_tree, monkeypatch):
    monkeypatch.setattr(rebuild, "BATCH", 5)
    batches: list[list[int]] = []

    def interrupted(page_ids):
        batches.append(list(page_ids))
        if len(batches) == 3:
            raise KeyboardInterrupt
        return make(page_ids)

    monkeypatch.setattr(rebuild, "make", interrupted)
    with pytest.raises(KeyboardInterrupt):
        run("rebuild")
    before = set(stored().values_list("id", flat=True))
    assert len(before) == 10

    told = run("rebuild")

    assert "7 of 7" in told
    assert [len(batch) for batch in batches] == [5, 5, 5, 5, 2]
    assert before < set(stored().values_list("id", flat=True))
    assert stored().count() == 17


def test_rebuilding_what_was_dropped_makes_that_alone(read_tree):
    models.Topic.objects.filter(pk=read_tree.fishing.pk).update(name="Other")

    assert "1 documents were made." in run("rebuild")
    assert "0 documents were made." in run("rebuild")


def test_rebuilding_goes_on_when_sites_have_documents(unread_tree):
    site_document(Site.objects.get(is_default_site=True))

    assert "17 documents were made." in run("rebuild")


def test_what_could_not_be_stored_is_told(unread_tree, monkeypatch):
    monkeypatch.setattr(rebuild, "PAUSES", (0, 0))
    monkeypatch.setattr(rebuild, "make", lambda page_ids: {})

    assert "17 pages have none" in run("rebuild")


def test_what_could_not_be_stored_at_once_is_tried_again(unread_tree, monkeypatch):
    tried: list[int] = []

    def while_somebody_writes(page_ids):
        tried.append(len(page_ids))
        return make(page_ids[len(page_ids) // 2 :])

    monkeypatch.setattr(rebuild, "PAUSES", (0, 0, 0, 0))
    monkeypatch.setattr(rebuild, "make", while_somebody_writes)

    assert "17 documents were made." in run("rebuild")
    assert tried == [17, 8, 4, 2, 1]


def test_an_empty_database_has_nothing_to_rebuild_or_verify(db):
    Page.objects.filter(depth__gt=1).delete()

    assert "0 documents were made." in run("rebuild")
    assert "0 documents were verified." in run("verify")


def test_no_processes_are_refused(db):
    with pytest.raises(CommandError, match="at least 1"):
        run("rebuild", "--jobs", "0")


def test_what_is_true_is_verified(read_tree):
    assert "17 documents were verified." in run("verify")


def test_a_corrupted_document_is_found_where_it_differs(read_tree):
    document = stored().get(page_id=read_tree.about.pk)
    corrupted = re.sub('"uuid":"(.)', '"uuid":"x', document.body, count=1)
    Document.objects.filter(id=document.id).update(body=corrupted)

    told = complaints()

    assert "/about/ (portable_text): /uuid differs" in told
    assert "17 documents were verified." in told


def test_what_stands_beside_the_body_is_verified_too(read_tree):
    Document.objects.filter(page_id=read_tree.about.pk).update(etag='"other"')
    Dependency.objects.filter(key=f"page:{read_tree.news.pk}").delete()

    told = complaints()

    assert "/about/ (portable_text): etag differs" in told
    assert "/news/ (portable_text): keys differs" in told


def test_a_document_of_what_is_not_public_is_found(read_tree):
    Document.objects.filter(page_id=read_tree.statement.pk).update(
        page_id=read_tree.hidden["draft"].pk
    )

    assert "is there of a page that is not public" in complaints()


def test_what_is_dropped_while_it_is_verified_is_no_difference(read_tree, monkeypatch):
    def meanwhile(pages, rich_text_format):
        models.Person.objects.filter(pk=read_tree.person.pk).update(name="Meanwhile")
        return encode_documents(pages, rich_text_format)

    monkeypatch.setattr(verify, "encode_documents", meanwhile)

    assert "17 documents were verified." in run("verify")


@pytest.mark.parametrize(
    ("one", "other", "pointer"),
    [
        ({"a": [1, 2]}, {"a": [1, 2]}, None),
        ({"a": [1, 2]}, {"a": [1, 3]}, "/a/1"),
        ({"a": [1]}, {"a": [1, 2]}, "/a/1"),
        ({"a": 1}, {"a": 1, "b": 2}, "/b"),
        ({"a": 1, "b": 2}, {"a": 1}, "/b"),
        ({"a/b~": 1}, {"a/b~": 2}, "/a~1b~0"),
        ({"a": 1}, {"a": True}, "/a"),
        ([], {}, ""),
    ],
)
def test_the_first_difference_is_named_by_a_pointer(one, other, pointer):
    assert first_difference(one, other) == pointer


def test_what_is_wrong_with_the_triggers_is_a_difference(read_tree):
    Installed.objects.update(fingerprint="of other rules")

    assert "not installed: nothing is stored." in complaints()


def test_pages_without_a_document_are_counted(read_tree):
    models.Topic.objects.filter(pk=read_tree.fishing.pk).update(name="Other")

    told = run("verify")

    assert "16 documents were verified." in told
    assert "1 public pages have none." in told
