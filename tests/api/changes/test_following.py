"""Invariant 7, by machine: whoever follows the log, from whenever on, has what is public."""

from collections import Counter
from contextlib import ExitStack, nullcontext
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from wagtail.models import Site

from tests.api.changes.follower import Follower
from tests.api.documents.editing import CHANGES, SWEEPING
from tests.api.documents.truth import Truth

pytestmark = pytest.mark.django_db

NOON = datetime(2030, 6, 1, 12, tzinfo=UTC)
SETTINGS = settings(
    max_examples=8,
    stateful_step_count=10,
    derandomize=True,
    phases=[Phase.generate],
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
NUMBERS = st.integers(0, 9999)
OFTEN = [name for name in sorted(CHANGES) if name not in SWEEPING]
SOME_CHANGES = st.lists(
    st.tuples(st.sampled_from([*OFTEN * 5, *sorted(SWEEPING)]), NUMBERS), min_size=2, max_size=8
)


class Followers(RuleBasedStateMachine):
    """A newsroom that is edited, and some who follow it, each at a pace of their own."""

    done: Counter[str] = Counter()

    def __init__(self):
        super().__init__()
        self.held = ExitStack()
        self.clock = self.held.enter_context(time_machine.travel(NOON, tick=False))
        self.held.enter_context(transaction.atomic())
        self.followers = [Follower()]

    def teardown(self):
        for follower in self.followers:
            self.follow(follower, 100)
        transaction.set_rollback(True)
        self.held.close()
        Site.clear_site_root_paths_cache()

    @rule(
        changes=SOME_CHANGES,
        together=st.booleans(),
        minutes=st.sampled_from([0, 1, 29, 61, 600]),
        n=NUMBERS,
        limit=st.sampled_from([1, 3, 100]),
    )
    def somebody_follows(self, changes, together, minutes, n, limit):
        """After some changes, made as one transaction or not."""
        with transaction.atomic() if together else nullcontext():
            for name, number in changes:
                CHANGES[name](number)
                self.done[f"change {name}"] += 1
        self.clock.shift(timedelta(minutes=minutes))
        self.follow(self.followers[n % len(self.followers)], limit)

    @rule()
    def somebody_comes(self):
        self.followers.append(Follower())

    @rule(changes=SOME_CHANGES, n=NUMBERS)
    def somebody_reads_a_little(self, changes, n):
        """And goes on from there later, when other things have happened."""
        follower = self.followers[n % len(self.followers)]
        answer = follower.ask(limit=2)
        follower.cursor = answer["meta"]["next_cursor"]
        follower.take(answer["items"])
        for name, number in changes:
            CHANGES[name](number)
            self.done[f"change {name}"] += 1

    def follow(self, follower, limit):
        told = follower.follow(limit)
        sequences = [change["sequence"] for change in told]
        truth = Truth()
        pages = truth.on(Site.objects.get(is_default_site=True))
        wanted = {page.pk: truth.answers()[page.pk] for page in pages}
        assert follower.held == wanted
        assert len(set(sequences)) == len(sequences)
        self.done["followed"] += 1
        self.done["told"] += len(told)
        self.done["gone"] += sum(change["path"] is None for change in told)


def test_whoever_follows_has_what_is_public(tree):
    Followers.done.clear()

    run_state_machine_as_test(Followers, settings=SETTINGS)

    done = Followers.done
    assert done["followed"] > 20, done
    assert done["told"] > 200, done
    assert done["gone"] > 5, done
    assert len([name for name in done if name.startswith("change ")]) > 25, done
