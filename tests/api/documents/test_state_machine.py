"""Invariant 2, by machine: whatever is done in whatever order, every answer is what would be encoded now.

Long searches: `DOCUMENT_EXAMPLES=500 pytest -n0 tests/api/documents/test_state_machine.py` tries other
orders each time; without it, the same are tried on every machine.
"""

import os
from collections import Counter
from contextlib import ExitStack, nullcontext
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from wagtail.models import Page, Site

from api.codecs.pages import page_models
from api.documents.store import stored
from api.rich_text_format import FORMATS
from tests.api.documents.editing import CHANGES, SWEEPING, newsroom_pages
from tests.api.documents.truth import Truth, true_site

pytestmark = pytest.mark.django_db

API = "/api/v2"
NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
LONG = "DOCUMENT_EXAMPLES" in os.environ
SETTINGS = settings(
    max_examples=int(os.environ.get("DOCUMENT_EXAMPLES", "12")),
    stateful_step_count=30 if LONG else 12,
    derandomize=not LONG,
    # Making a failure smaller takes minutes: where there is time for it.
    phases=[Phase.generate, Phase.shrink] if LONG else [Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
NUMBERS = st.integers(0, 9999)
OFTEN = [name for name in sorted(CHANGES) if name not in SWEEPING]
SOME_CHANGES = st.lists(
    st.tuples(st.sampled_from([*OFTEN * 5, *sorted(SWEEPING)]), NUMBERS), min_size=1, max_size=5
)
READS = ("page", "listing", "find", "route", "site")


class Newsroom(RuleBasedStateMachine):
    """A newsroom that is edited and read. What all runs together did is in `done`."""

    done: Counter[str] = Counter()

    def __init__(self):
        super().__init__()
        self.held = ExitStack()
        self.clock = self.held.enter_context(time_machine.travel(NOON, tick=False))
        self.held.enter_context(transaction.atomic())
        self.reader = Client()
        self.truth = Truth()
        self.is_read = False

    def teardown(self):
        transaction.set_rollback(True)
        self.held.close()
        Site.clear_site_root_paths_cache()

    @rule(changes=SOME_CHANGES, together=st.booleans())
    def change(self, changes, together):
        """Some things, as one transaction or not, with nobody reading in between."""
        with transaction.atomic() if together else nullcontext():
            for name, n in changes:
                CHANGES[name](n)
                self.done[f"change {name}"] += 1
        self.truth, self.is_read = Truth(), False

    @rule(minutes=st.sampled_from([1, 29, 61, 600]))
    def time_passes(self, minutes):
        self.clock.shift(timedelta(minutes=minutes))
        self.truth, self.is_read = Truth(), False

    @rule(what=st.sampled_from(READS), n=NUMBERS, rich_text_format=st.sampled_from(sorted(FORMATS)))
    def read(self, what, n, rich_text_format):
        self.done[f"read {what}"] += 1
        getattr(self, f"read_{what}")(n, rich_text_format)

    @invariant()
    def every_answer_is_true(self):
        """First what is stored, then what a listing says of everything, which stores the rest."""
        if not self.is_read:
            checked, wrong = self.truth.wrong_documents()
            assert not wrong, wrong
            self.done["documents checked"] += checked
            self.list_everything()
            self.is_read = True

    # Reading ----------------------------------------------------------------------------------------

    def read_page(self, n, rich_text_format):
        pk = some_page(n)
        pages = {page.pk for page in self.truth.on(default_site())}
        self.count_stored([pk] if pk in pages else [], rich_text_format)
        answer = self.get(f"pages/{pk}/", rich_text_format=rich_text_format)
        assert answer == (self.truth.answers(rich_text_format)[pk] if pk in pages else None)

    def read_listing(self, n, rich_text_format):
        kind = sorted(page_models())[n % len(page_models())]
        self.list_everything(type=kind, rich_text_format=rich_text_format)

    def read_find(self, n, rich_text_format):
        pk = some_page(n)
        response = self.reader.get(f"{API}/pages/find/", {"id": pk})
        pages = {page.pk for page in self.truth.on(default_site())}
        assert response.status_code == (302 if pk in pages else 404)

    def read_route(self, n, rich_text_format):
        """A public page is at its address; at that of another may be one of another site."""
        pk, answers = some_page(n), self.truth.answers(rich_text_format)
        address = answers[pk]["meta"]["html_url"] if pk in answers else None
        hidden = "/" + Page.objects.get(pk=pk).url_path.strip("/").partition("/")[2]
        parts = urlsplit(address or hidden)
        asked = {"path": parts.path, "rich_text_format": rich_text_format}
        if address:
            self.count_stored([pk], rich_text_format)
            asked["site"] = parts.netloc.partition(":")[0]
        answer = self.get("route/", **asked)
        if address:
            assert answer == {"type": "page", "page": answers[pk]}
        elif answer and answer["type"] == "page":
            assert answer["page"]["id"] != pk
            assert answer["page"] == answers[answer["page"]["id"]]

    def read_site(self, n, rich_text_format):
        sites = list(Site.objects.order_by("pk"))
        site = sites[n % len(sites)]
        answer = self.get("site/", site=site.hostname)
        assert answer == true_site(site)

    def list_everything(self, rich_text_format="portable_text", **asked):
        """A whole listing, page after page."""
        pages = self.truth.on(default_site())
        answers = self.truth.answers(rich_text_format)
        wanted = {
            page.pk: answers[page.pk]
            for page in pages
            if asked.get("type") in (None, page.short_type())
        }
        self.count_stored(wanted, rich_text_format)
        query = {"fields": "*", "limit": 20, "rich_text_format": rich_text_format, **asked}
        found, total = [], 1
        while len(found) < total:
            listing = self.get("pages/", offset=len(found), **query)
            found += listing["items"]
            total = listing["meta"]["total_count"]
            assert listing["items"] or not total
        for answer in wanted.values():
            del answer["meta"]["parent"]  # Listings are without it.
        assert {answer["id"]: answer for answer in found} == wanted
        assert len(found) == len(wanted)

    def get(self, address, **query):
        """The answer, or None for a page that is not there."""
        response = self.reader.get(f"{API}/{address}", query)
        assert response.status_code in (200, 404, 410), response.content
        return response.json() if response.status_code == 200 else None

    def count_stored(self, page_ids, rich_text_format):
        """Notes how many of the answers that are about to be read are stored."""
        held = stored(rich_text_format).filter(page_id__in=list(page_ids))
        self.done["answers"] += len(list(page_ids))
        self.done["answers from the store"] += held.count()


def some_page(n):
    ids = newsroom_pages().values_list("pk", flat=True)
    return ids[n % len(ids)]


def default_site():
    return Site.objects.get(is_default_site=True)


def test_no_order_of_changes_and_reads_gives_a_stale_answer(tree):
    Newsroom.done.clear()

    run_state_machine_as_test(Newsroom, settings=SETTINGS)

    done = Newsroom.done
    assert done["answers from the store"] > done["answers"] / 4 > 100, done
    assert done["documents checked"] > 300, done
    assert len([name for name in done if name.startswith("change ")]) > 30, done
    assert all(done[f"read {name}"] for name in READS), done
