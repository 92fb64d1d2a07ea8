"""The life of a worker."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone

from api.changes import announce as changes
from cms.work.chores import Chore, chores
from cms.work.heartbeat import signed_in
from cms.work.schedule import next_moment
from cms.work.senders import Senders

logger = logging.getLogger(__name__)

# Seconds between two rounds when there is nothing to do, and after the database was out.
PAUSE = 0.5
RECOVERY = 2.0
# Seconds that requests have to come to an end when a worker is stopped.
LAST_WORDS = 2.0


@dataclass
class Rounds:
    """Chores in turn, each when it is due."""

    chores: Sequence[Chore]
    done_at: dict[str, float] = field(default_factory=dict)

    def go(self) -> bool:
        """Does what is due. Gives whether there is more to do at once."""
        more = False
        for chore in self.chores:
            now = time.monotonic()
            last = self.done_at.get(chore.name)
            if last is not None and now - last < chore.every.total_seconds():
                continue
            self.done_at[chore.name] = now
            try:
                more |= chore.do()
            except (OperationalError, InterfaceError):
                # The database is out, or somebody had to give way: all begin anew.
                raise
            except Exception:
                # A fault in one keeps nobody from the others, nor from trying again.
                logger.exception("A worker could not %s", chore.name)
        return more


def work(stopped: threading.Event, needed: Callable[[], bool] = lambda: True) -> None:
    """Works until it is stopped, or `needed` no more. A database that is out is waited for."""
    senders = Senders()
    while needed() and not stopped.is_set():
        try:
            with signed_in() as worker:
                changes.look_at_other_editions()
                rounds = Rounds(chores(worker, senders))
                while needed() and not stopped.is_set():
                    if not rounds.go():
                        senders.rest(_pause())
                    close_old_connections()
        except (OperationalError, InterfaceError):
            logger.exception("The database does not let a worker work")
            connection.close()
            stopped.wait(RECOVERY)
    senders.wait(LAST_WORDS)


def _pause() -> float:
    """Shorter if something is due before that."""
    moment = next_moment()
    if moment is None:
        return PAUSE
    left = (moment - timezone.now()).total_seconds()
    # What is overdue has failed, and rests.
    return min(PAUSE, left) if left > 0 else PAUSE
