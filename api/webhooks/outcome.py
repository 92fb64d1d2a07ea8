"""What follows from a request: it has arrived, or when it is tried again, and who is to know."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from api.reply import Reply
from api.webhooks.messages import TEST_EVENT, headers_for
from api.webhooks.models import DELAYS, FAILING, Attempt, Delivery, Endpoint
from api.webhooks.purges import deliver_purge
from api.webhooks.send import TIMEOUT, post

# At most this part of the delay is added, so that not all come back at once.
JITTER = 0.1
# What a receiver may ask for.
LONGEST = timedelta(hours=24)
# Failures after which an endpoint is asked one thing at a time, and how long it rests in between.
PATIENCE = 3
RESTS = [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40, 80, 160, 300)]
GONE = 410


def deliver(delivery: Delivery) -> Reply:
    """Sends a delivery that was taken, and writes what came of it."""
    at = timezone.now()
    endpoint, headers = delivery.endpoint, {}
    left = (delivery.held_until - at).total_seconds() if delivery.held_until else 0.0
    if left <= TIMEOUT:
        # Something was slow on the way here: when this is sent, another may have sent the next.
        return Reply(error="It was taken too long ago.")
    if endpoint.cache:
        reply = deliver_purge(delivery)
    else:
        headers = headers_for(delivery.message_id, delivery.payload, endpoint.signing_secrets(), at)
        reply = post(endpoint.url, headers, delivery.payload.encode())
    record(delivery, at, headers, reply)
    return reply


@transaction.atomic
def record(delivery: Delivery, at: datetime, headers: dict[str, str], reply: Reply) -> None:
    """Writes a request down. The rest only if it is still the sender's: it may have taken too long."""
    Attempt.objects.create(
        delivery=delivery,
        at=at,
        milliseconds=reply.milliseconds,
        request_headers=headers,
        status=reply.status,
        response_headers=reply.headers,
        response=reply.text,
        error=reply.error,
    )
    now = timezone.now()
    if reply.ok:
        after: dict[str, object] = {"state": Delivery.State.DELIVERED, "ended_at": now}
    elif delivery.tries < len(DELAYS):
        after = {"due_at": now + delay(delivery.tries, reply)}
    else:
        after = {"state": Delivery.State.FAILED, "ended_at": now}
    mine = Delivery.objects.filter(pk=delivery.pk, held_until=delivery.held_until)
    changed = mine.update(held_until=None, tries=F("tries") + 1, **after)
    if changed and reply.ok and delivery.endpoint.cache:
        # It is there again: what it refused meanwhile need not wait for its time.
        waiting = delivery.endpoint.deliveries.filter(state=Delivery.State.PENDING)
        waiting.filter(due_at__gt=now).update(due_at=now)
    # A test that fails is nobody's concern but the tester's.
    if changed and (reply.ok or delivery.event != TEST_EVENT):
        _judge(delivery.endpoint_id, reply, now)


def delay(tries: int, reply: Reply) -> timedelta:
    """How long to wait after so many tries before this one."""
    planned = DELAYS[tries] * (1 + random.uniform(0, JITTER))  # noqa: S311  # no secret
    return max(planned, min(reply.retry_after, LONGEST))


def tell_owners() -> None:
    """Writes to the owner of each endpoint that has failed for a day, or was switched off: once."""
    since = timezone.now() - FAILING
    untold = Endpoint.objects.filter(owner_told_at=None).select_related("owner")
    for endpoint in untold.filter(failing_since__lt=since) | untold.exclude(disabled_at=None):
        mine = Endpoint.objects.filter(pk=endpoint.pk, owner_told_at=None)
        if mine.update(owner_told_at=timezone.now()) and endpoint.owner and endpoint.owner.email:
            try:
                _write_to(endpoint.owner.email, endpoint)
            except Exception:
                # Somebody tries again later.
                Endpoint.objects.filter(pk=endpoint.pk).update(owner_told_at=None)
                raise


def _write_to(address: str, endpoint: Endpoint) -> None:
    send_mail(
        f"Webhook {endpoint.name}: {endpoint.state}",
        f"{endpoint.name}, which {endpoint.does}, is {endpoint.state}.\n\n"
        "What it was to be told waits until it answers.\n"
        "Its log of deliveries says what was answered:\n"
        f"{settings.CMS_URL}/admin/webhooks/{endpoint.pk}/deliveries/\n",
        None,
        [address],
    )


def _judge(endpoint_id: int, reply: Reply, now: datetime) -> None:
    """Whether the endpoint is well, and when it may be asked again."""
    endpoint = Endpoint.objects.select_for_update().filter(pk=endpoint_id).first()
    if endpoint is None:
        return
    changed = ["failures", "failing_since", "rests_until"]
    if reply.ok:
        if not endpoint.failures:
            return
        endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
        if endpoint.disabled_at is None:
            endpoint.owner_told_at = None
            changed.append("owner_told_at")
    else:
        endpoint.failures += 1
        endpoint.failing_since = endpoint.failing_since or now
        rest = min(reply.retry_after, LONGEST)
        if endpoint.failures >= PATIENCE:
            rest = max(rest, RESTS[min(endpoint.failures - PATIENCE, len(RESTS) - 1)])
        endpoint.rests_until = now + rest
    if reply.status == GONE and endpoint.disabled_at is None and not endpoint.cache:
        endpoint.disabled_at = now
        endpoint.owner_told_at = None
        changed += ["disabled_at", "owner_told_at"]
    endpoint.save(update_fields=changed)
