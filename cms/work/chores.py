"""What a worker does, and how often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from api.changes import announce as changes
from api.documents import store
from api.search.catching_up import catch_up
from api.webhooks import outcome, purges, queue
from cms.embargo.alarms import Alarms
from cms.embargo.lift import Lifts
from cms.models import Worker
from cms.review import links as review_links
from cms.work import revisions, tasks
from cms.work.heartbeat import BEAT, beat
from cms.work.schedule import Schedule
from cms.work.senders import Senders
from pages.models import DraftPreview

# Seconds that one piece may take before it is another's turn.
AT_A_TIME = 1.0


@dataclass(frozen=True)
class Chore:
    """Something to do `every` so often. It gives whether there is more to do at once."""

    name: str
    every: timedelta
    do: Callable[[], bool]


def chores(worker: Worker, senders: Senders) -> list[Chore]:
    """Everything that a worker does, in the order of its urgency."""
    schedule, lifts, alarms = Schedule(), Lifts(), Alarms()

    def tell() -> bool:
        return changes.announce(AT_A_TIME) is changes.Outcome.MORE

    def always(function: Callable[[], object]) -> Callable[[], bool]:
        def do() -> bool:
            function()
            return False

        return do

    return [
        Chore("say that it is there", BEAT, always(lambda: beat(worker))),
        Chore("publish and end what is planned", timedelta(0), lambda: schedule.keep() > 0),
        Chore("lift embargoes", timedelta(0), lambda: lifts.keep() > 0),
        # Encodes what was dropped on the way, before readers ask for it.
        Chore("tell of changes", timedelta(0), tell),
        Chore("know caches", timedelta(minutes=1), always(purges.know_caches)),
        Chore("send webhooks", timedelta(0), senders.send),
        Chore("run tasks", timedelta(0), lambda: tasks.run(worker)),
        Chore("give back what the dead had", timedelta(seconds=10), always(tasks.give_back)),
        Chore("read words anew", timedelta(seconds=1), always(catch_up)),
        Chore("forget what was touched", timedelta(minutes=1), always(store.forget)),
        Chore("write to owners of webhooks", timedelta(minutes=5), always(outcome.tell_owners)),
        Chore("write to editors of embargoes", timedelta(minutes=1), always(alarms.begin)),
        Chore("forget what was told", timedelta(hours=1), always(changes.forget)),
        Chore("forget what was delivered", timedelta(hours=1), always(queue.forget)),
        Chore("forget tasks that were done", timedelta(hours=1), always(tasks.forget)),
        Chore("forget review links", timedelta(days=1), always(review_links.forget)),
        Chore("delete old revisions", timedelta(days=1), always(revisions.begin)),
        Chore("drop ended previews", timedelta(minutes=1), always(DraftPreview.objects.drop_ended)),
    ]
