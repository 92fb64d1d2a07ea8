"""Workers say that they are there, and whoever wants to know asks here."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.db import Error
from django.db.models import Max
from django.utils import timezone

from cms.models import Worker

# How often a worker says so, and after how long of silence it counts as gone.
BEAT = timedelta(seconds=5)
SILENCE = timedelta(seconds=60)
# After which nobody wants to know of it any more.
FORGOTTEN = timedelta(days=7)


@contextmanager
def signed_in() -> Iterator[Worker]:
    """A worker for as long as it is at work. One that is killed is missed after a minute."""
    name = f"{socket.gethostname()} {os.getpid()}"
    worker = Worker.objects.create(name=name, started_at=timezone.now(), seen_at=timezone.now())
    try:
        yield worker
    finally:
        # If the database is out, the silence will tell.
        with suppress(Error):
            worker.delete()


def beat(worker: Worker) -> None:
    """Says that it is there. One that was thought to be gone is there again."""
    worker.seen_at = timezone.now()
    worker.save()
    Worker.objects.filter(seen_at__lt=timezone.now() - FORGOTTEN).delete()


def at_work() -> int:
    """How many workers are there."""
    return Worker.objects.filter(seen_at__gt=timezone.now() - SILENCE).count()


def last_seen() -> datetime | None:
    """When one was there last; None if there never was one, or for long."""
    return Worker.objects.aggregate(last=Max("seen_at"))["last"]
