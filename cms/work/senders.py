"""Deliveries of webhooks are sent beside a worker's rounds: a slow receiver keeps nobody waiting."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from api.webhooks.models import Delivery, Endpoint
from api.webhooks.outcome import PATIENCE, deliver
from api.webhooks.queue import fill, ours, take

logger = logging.getLogger(__name__)

# Requests at a time, in all and to one endpoint, so that a slow one leaves room for others.
MOST, MOST_EACH = 8, 4


class Senders:
    """The requests that are under way. What is under way when a worker dies, another sends again."""

    def __init__(self) -> None:
        self.under_way: Counter[int] = Counter()
        self.lock = threading.Lock()
        self.ended = threading.Event()

    def send(self) -> bool:
        """Makes deliveries of what is new, and begins to send what is due, without waiting for it."""
        more = fill()
        for endpoint in self._ready():
            with self.lock:
                free = min(
                    MOST - self.under_way.total(),
                    self._most(endpoint) - self.under_way[endpoint.pk],
                )
            for delivery in take(endpoint, free) if free > 0 else []:
                delivery.endpoint = endpoint
                with self.lock:
                    self.under_way[endpoint.pk] += 1
                # A thread that ends with the process: nobody has to wait for a dead receiver.
                threading.Thread(target=self._send, args=[delivery], daemon=True).start()
                more = True
        return more

    def rest(self, seconds: float) -> None:
        """Does nothing for so long, or until a request has come to its end: then there is room."""
        self.ended.wait(seconds)
        self.ended.clear()

    def wait(self, seconds: float) -> None:
        """Lets what is under way come to an end, for so long at most."""
        until = time.monotonic() + seconds
        while self.under_way.total() and time.monotonic() < until:
            time.sleep(0.05)

    def _ready(self) -> list[Endpoint]:
        """Those that may be asked and have something waiting, in no order: none is always first."""
        now = timezone.now()
        rested = Q(rests_until=None) | Q(rests_until__lte=now)
        due = Delivery.objects.filter(
            endpoint_id=OuterRef("pk"), state=Delivery.State.PENDING, due_at__lte=now
        )
        ready = ours().filter(rested, Exists(due), paused=False, disabled_at=None)
        return list(ready.order_by("?"))

    def _most(self, endpoint: Endpoint) -> int:
        # While a cache is told, what follows gathers, and is told together.
        one = endpoint.cache or endpoint.failures >= PATIENCE
        return 1 if one else MOST_EACH

    def _send(self, delivery: Delivery) -> None:
        try:
            deliver(delivery)
        except Exception:
            # It is still held, and taken again when that is over.
            logger.exception("What came of delivery %s could not be written", delivery.pk)
        finally:
            connection.close()
            with self.lock:
                self.under_way[delivery.endpoint_id] -= 1
            self.ended.set()
