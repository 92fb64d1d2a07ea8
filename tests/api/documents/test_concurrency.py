"""Invariant 2 under concurrent writers, on PostgreSQL: each has a thread and a connection of its own.

SQLite has one writer at a time, who has waited for the one before.
"""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Event, current_thread
from types import ModuleType

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection, transaction
from django.db.models import Max
from django.test import Client
from wagtail.models import Page

from api.documents import kept, store
from api.documents.entries import TURN, bring_up_to_date
from api.documents.models import Document, Installed, KeptListing, Pending, Touched
from api.documents.store import documents_of, stored
from api.documents.triggers import install, problems, uninstall
from api.documents.turns import _number, _place, turn, turn_if_free
from api.views import pages as views
from pages import models
from tests import factories
from tests.api.documents.editing import CHANGES
from tests.api.documents.truth import Truth
from tests.bodies import block

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]

SECONDS = 20
WRITES = (
    "choose_another_picture",
    "edit_a_person",
    "edit_a_picture",
    "edit_an_organisation",
    "edit_and_publish",
    "lift_a_restriction",
    "note_it",
    "publish_again",
    "rename_a_section",
    "restrict",
    "save_a_draft",
    "sign_it",
    "unpublish",
    "update_a_column",
    # Oftener than their opposites, so that there is something to read.
    *["lift_a_restriction", "publish_again"] * 3,
)


@pytest.fixture
def pages():
    """Some pages that link to each other and quote one person; what was there before is gone."""
    factories.make_roots()
    site = factories.make_site()
    news = factories.SectionPageFactory(parent=site.root_page, slug="news")
    person = factories.PersonFactory(name="Ada Quay")
    quote = {"quotation": "So", "person": person.pk, "name": "", "post": "", "organisation": ""}
    made: list[models.NewsroomPage] = []
    for number in range(4):
        links = "".join(f'<a linktype="page" id="{page.pk}">There</a>' for page in made)
        body = [block("paragraph", f"<p>{links}</p>"), block("quote", quote)]
        made.append(
            factories.StandardPageFactory(
                parent=news, title=f"No. {number}", slug="abcd"[number], body=body
            )
        )
    return [site.root_page, news, *made]


class Stop:
    """A place where a thread waits until it is let go."""

    def __init__(self):
        self.reached, self.let_go = Event(), Event()

    def __call__(self):
        self.reached.set()
        assert self.let_go.wait(SECONDS)

    @contextmanager
    def while_there(self):
        """What happens while the thread waits."""
        assert self.reached.wait(SECONDS)
        try:
            yield
        finally:
            self.let_go.set()


@pytest.fixture
def stop_after(monkeypatch):
    """Makes a function that a module knows stop once, after it has done its work."""

    def stop(name: str, module: ModuleType = store) -> Stop:
        place, function, here = Stop(), getattr(module, name), current_thread()
        passed = Event()

        def stopping(*args, **keywords):
            done = function(*args, **keywords)
            if current_thread() is not here and not passed.is_set():
                passed.set()
                place()
            return done

        monkeypatch.setattr(module, name, stopping)
        return place

    return stop


def rename_ada(name: str) -> None:
    models.Person.objects.update(name=name)


def read(page: Page) -> str:
    return documents_of([page.pk])[page.pk].body


def read_listing() -> str:
    return Client().get("/api/v2/pages/?fields=*").content.decode()


def holds() -> bool:
    """Whether an answer to a listing is given again to those who ask now."""
    last = Touched.objects.aggregate(n=Max("id"))["n"]
    return KeptListing.objects.filter(touched_id=last or 0).exists()


def held(page: Page) -> str | None:
    """The body of the page's document, if one holds."""
    document = stored().filter(page_id=page.pk).first()
    return document.body if document else None


def writing(stop: Stop, name: str, keep: bool) -> None:
    """Changes the person, and waits before that is committed or rolled back."""
    with transaction.atomic():
        rename_ada(name)
        stop()
        transaction.set_rollback(not keep)


def check(pages) -> None:
    """Every document that holds is true; there are some."""
    documents_of(page.pk for page in pages)
    checked, wrong = Truth().wrong_documents()
    assert checked >= len(pages)
    assert wrong == []


# Interleavings --------------------------------------------------------------------------------------


def committed_while_it_was_encoded(pages, elsewhere, stop_after):
    encoded = stop_after("encode_documents")
    reading: Future[str] = elsewhere(read, pages[-1])
    with encoded.while_there():
        rename_ada("In between")
    assert "In between" in reading.result()
    assert "In between" in (held(pages[-1]) or "")


def not_committed_when_it_is_stored(pages, elsewhere, stop_after):
    written = Stop()
    writer = elsewhere(writing, written, "Not yet", True)
    with written.while_there():
        assert "Not yet" not in read(pages[-1])
        assert held(pages[-1]) is None
    writer.result()
    assert "Not yet" in read(pages[-1])


def written_and_rolled_back(pages, elsewhere, stop_after):
    before = read(pages[-1])
    written = Stop()
    writer = elsewhere(writing, written, "Never", False)
    with written.while_there():
        assert held(pages[-1]) == before
    writer.result()
    assert held(pages[-1]) == read(pages[-1]) == before


def written_after_it_was_stored(pages, elsewhere, stop_after):
    """Until the writer commits, everybody else reads what was there before."""
    before = read(pages[-1])
    written = Stop()
    writer = elsewhere(writing, written, "Later", True)
    with written.while_there():
        assert read(pages[-1]) == before
    writer.result()
    assert held(pages[-1]) is None
    assert "Later" in read(pages[-1])


def writes_afterwards(elsewhere, stopped, reading):
    """A writer has to wait for the reader that is stopped, who knows nothing of what comes."""
    with stopped.while_there():
        writer = elsewhere(rename_ada, "At last")
        with pytest.raises(TimeoutError):
            writer.result(timeout=0.2)
    writer.result()
    assert "At last" not in reading.result()


def written_between_the_last_look_and_the_commit(pages, elsewhere, stop_after):
    """The writer waits for whoever is storing, and then drops what it has stored."""
    replaced = stop_after("_replace")
    reading: Future[str] = elsewhere(read, pages[-1])
    writes_afterwards(elsewhere, replaced, reading)
    assert held(pages[-1]) is None


def encoded_by_several_at_once(pages, elsewhere, stop_after):
    every = [page.pk for page in pages]
    answers = [elsewhere(store.make, order) for order in (every, every[::-1]) * 2]
    assert len({answer.result()[pages[-1].pk].body for answer in answers}) == 1
    assert Document.objects.filter(page_id=pages[-1].pk).count() <= 1


def listing_touched_while_it_is_put_together(pages, elsewhere, stop_after):
    put_together = stop_after("listing_answer", views)
    reading: Future[str] = elsewhere(read_listing)
    with put_together.while_there():
        rename_ada("In between")
    assert "In between" not in reading.result()
    assert not holds()
    assert "In between" in read_listing()


def listing_read_while_somebody_writes(pages, elsewhere, stop_after):
    """Also if a later change than the one that is not committed is there for all to see."""
    written = Stop()
    writer = elsewhere(writing, written, "Not yet", True)
    with written.while_there():
        models.Topic.objects.create(name="Touched later", slug="touched-later")
        assert "Not yet" not in read_listing()
        assert not holds()
    writer.result()
    models.Topic.objects.all().delete()
    assert "Not yet" in read_listing()


def listing_kept_while_somebody_begins_to_write(pages, elsewhere, stop_after):
    kept_now = stop_after("watched_since", kept)
    reading: Future[str] = elsewhere(read_listing)
    writes_afterwards(elsewhere, kept_now, reading)
    assert KeptListing.objects.exists()
    assert not holds()
    assert "At last" in read_listing()


def listing_kept_and_then_written(pages, elsewhere, stop_after):
    before = read_listing()
    assert holds()
    written = Stop()
    writer = elsewhere(writing, written, "Later", True)
    with written.while_there():
        assert read_listing() == before
    writer.result()
    assert "Later" in read_listing()


def installed_by_several_at_once(pages, elsewhere, stop_after):
    """As when all machines of a newsroom are started with other rules."""
    uninstall()
    for installation in [elsewhere(install) for _ in range(4)]:
        installation.result()
    assert Installed.objects.count() == 1
    assert problems() == []


INTERLEAVINGS: list[Callable] = [
    committed_while_it_was_encoded,
    not_committed_when_it_is_stored,
    written_and_rolled_back,
    written_after_it_was_stored,
    written_between_the_last_look_and_the_commit,
    encoded_by_several_at_once,
    listing_touched_while_it_is_put_together,
    listing_read_while_somebody_writes,
    listing_kept_while_somebody_begins_to_write,
    listing_kept_and_then_written,
    installed_by_several_at_once,
]


def test_no_interleaving_leaves_a_stale_document(pages, elsewhere, stop_after, subtests):
    """One test for all: emptying the database takes longer than any of them."""
    for interleaving in INTERLEAVINGS:
        with subtests.test(interleaving.__name__):
            rename_ada("Ada Quay")
            interleaving(pages, elsewhere, stop_after)
            check(pages)


# All at once ----------------------------------------------------------------------------------------


def write_much(seed: int) -> Counter[str]:
    chance, done = random.Random(seed), Counter[str]()
    for _ in range(12):
        keep = chance.random() < 0.8
        try:
            with transaction.atomic():
                for name in chance.sample(WRITES, chance.choice([1, 1, 2])):
                    CHANGES[name](chance.randrange(9999))
                transaction.set_rollback(not keep)
        except (OperationalError, ValidationError):
            done["refused"] += 1  # Two who want the same rows in another order, or the same slug.
        else:
            done["kept" if keep else "rolled back"] += 1
    return done


def read_much(seed: int) -> Counter[str]:
    """Reads everything, and compares all that holds at one moment with what is true at it."""
    done = Counter[str]()
    for _ in range(6):
        ids = list(Page.objects.filter(depth__gte=2).values_list("pk", flat=True))
        done["read"] += len(documents_of(ids))
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            checked, wrong = Truth().wrong_documents()
        assert wrong == []
        done["checked"] += checked
    return done


def test_nothing_is_stale_while_many_write_and_read(pages, elsewhere):
    work = [elsewhere(write_much, 1), elsewhere(write_much, 2)]
    work += [elsewhere(read_much, 3), elsewhere(read_much, 4)]

    done = sum((thread.result() for thread in work), Counter[str]())

    assert done["kept"] > 10, done
    assert done["rolled back"], done
    assert done["read"] > 10, done
    assert done["checked"] > 5, done
    documents_of(Page.objects.values_list("pk", flat=True))
    checked, wrong = Truth().wrong_documents()
    assert checked
    assert wrong == []


def test_who_finds_another_at_the_index_of_listings_answers_without_it(pages):
    """However many readers come after a change of thousands of pages: one derives what is pending."""
    Page.objects.filter(pk=pages[-1].pk).update(title="Anew")
    assert Pending.objects.exists()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        assert bring_up_to_date() is False
        answer = Client().get("/api/v2/pages/?order=title&type=standard&count=false")
        assert answer.status_code == 200
        assert "Anew" in [item["title"] for item in answer.json()["items"]]
    finally:
        other.close()
    assert bring_up_to_date() is True


def test_behind_a_pooler_nobody_waits_for_a_lock_that_stays(monkeypatch):
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "prepare_threshold", None)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", _place(_number("a turn")))
        with turn("a turn") as waited:
            assert waited is False
        with turn_if_free("a turn") as mine:
            assert mine is False
        with turn_if_free("another") as mine:
            assert mine is True
            with connection.cursor() as cursor:
                here = "database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                cursor.execute(
                    f"SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND {here}"
                )
                assert cursor.fetchone()[0] == 2
    finally:
        other.close()
