"""What a worker does of changes, as far as a test wants it to come."""

from __future__ import annotations

from django.utils import timezone

from api.changes.announce import Outcome, announce
from api.webhooks import outcome, queue
from api.webhooks.models import Delivery, Endpoint


def tell() -> None:
    """Makes deliveries of all that was changed."""
    assert announce(10) is Outcome.ALL
    while queue.fill():
        pass


def send_due(endpoint: Endpoint) -> list[Delivery]:
    """Sends what is due to an endpoint. Gives the deliveries, with what came of them."""
    taken = queue.take(endpoint, 10)
    for delivery in taken:
        outcome.deliver(delivery)
        delivery.refresh_from_db()
    return taken


def send(delivery: Delivery) -> None:
    """Sends one as a worker does that has just taken it, whether or not it is due."""
    delivery.refresh_from_db()
    delivery.held_until = timezone.now() + queue.HOLD
    delivery.save()
    outcome.deliver(delivery)
    delivery.refresh_from_db()
