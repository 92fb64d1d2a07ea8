"""From the log to deliveries, and from those to whoever sends them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from api.changes.answer import LISTINGS
from api.changes.feed import about, end
from api.changes.models import Change
from api.documents.models import Touched
from api.purge.caches import cache_names
from api.webhooks import purges
from api.webhooks.messages import (
    TAGS_EVENT,
    TEST_EVENT,
    change_payload,
    event_of,
    tags_payload,
    test_payload,
)
from api.webhooks.models import DELAYS, Delivery, Endpoint, Secret, new_message_id, new_secret

logger = logging.getLogger(__name__)

# Rows of the log, and keys that were touched, in one transaction.
ROWS, KEYS = 200, 2_000
# Rows that are cleared away together.
AT_ONCE = 500
# Of 50 octets at most but for few, so that a message stays well below 20 kB.
TAGS_IN_MESSAGE = 200
# Longer than a request may last: then its sender is dead.
HOLD = timedelta(seconds=30)
State = Delivery.State


def create_endpoint(endpoint: Endpoint, shown_at: datetime | None = None) -> Secret:
    """Saves a new endpoint, which is told of what comes from now on."""
    with transaction.atomic():
        endpoint.position = end().seen
        endpoint.save()
        return Secret.objects.create(endpoint=endpoint, value=new_secret(), shown_at=shown_at)


def switch_on(endpoint: Endpoint) -> None:
    """Lets an endpoint that was switched off be told again, of what waited too."""
    Endpoint.objects.filter(pk=endpoint.pk).update(
        disabled_at=None, failing_since=None, rests_until=None, owner_told_at=None, failures=0
    )


@transaction.atomic
def tell_otherwise(endpoint: Endpoint) -> None:
    """Begins anew with an endpoint that is told of something else from now on."""
    Endpoint.objects.filter(pk=endpoint.pk).update(position=end().seen)
    _give_up(endpoint.deliveries.all())


def fill() -> bool:
    """Makes deliveries of what is new in the log. Gives whether there is more to do at once."""
    # Not of those that are told of tags: they are in no order, and each is told all at once.
    told = ours().exclude(about=Endpoint.About.TAGS)
    more = [_fill_one(endpoint) for endpoint in told.filter(position__lt=end().seen)]
    # Asked first without a transaction: on SQLite one is a writer's from its beginning.
    return any(more) | (Touched.objects.filter(passed_on=False).exists() and _fill_tags())


def ours() -> QuerySet[Endpoint]:
    """All but caches that are not set up any more, which nobody could tell anything."""
    return Endpoint.objects.filter(Q(cache=None) | Q(cache__in=cache_names()))


def take(endpoint: Endpoint, most: int) -> list[Delivery]:
    """Some deliveries that are due, to be sent by the caller and by nobody else for a while."""
    now = timezone.now()
    earlier = Delivery.objects.filter(
        endpoint_id=OuterRef("endpoint_id"),
        page_id=OuterRef("page_id"),
        state=State.PENDING,
        sequence__lt=OuterRef("sequence"),
    )
    due = endpoint.deliveries.filter(_is_free(now), state=State.PENDING, due_at__lte=now)
    found = due.filter(~Exists(earlier)).order_by("due_at", "sequence", "id")[:most]
    taken = []
    for delivery in found:
        delivery.held_until = now + HOLD
        # Whoever was faster has it.
        free = due.filter(pk=delivery.pk)
        if free.update(held_until=delivery.held_until):
            if endpoint.cache:
                # Until now more could be put to it.
                delivery.refresh_from_db(fields=["payload"])
            taken.append(delivery)
    return taken


def test(endpoint: Endpoint) -> Delivery:
    """A message that tells of nothing, to be sent by the caller, who sees whether it arrives."""
    return Delivery.objects.create(
        endpoint=endpoint,
        message_id=new_message_id(),
        event=TEST_EVENT,
        payload=purges.test_payload(endpoint) if endpoint.cache else test_payload(),
        held_until=timezone.now() + HOLD,
        # Once: nobody waits for it to be tried again.
        tries=len(DELAYS),
    )


def replay(deliveries: QuerySet[Delivery]) -> int:
    """Sends messages once more, each with the `webhook-id` that it had. Gives how many."""
    ended = deliveries.exclude(state=State.PENDING)
    return ended.update(state=State.PENDING, tries=0, due_at=timezone.now(), ended_at=None)


def replay_since(endpoint: Endpoint, since: datetime) -> int:
    """Tells again what happened since, also what was never told to this endpoint. Gives how many."""
    found = last = 0
    wanted = _wanted(endpoint).filter(at__gte=since)
    while changes := list(wanted.filter(id__gt=last)[:ROWS]):
        _create(endpoint, changes)
        ids = [message_id_of(endpoint, change) for change in changes]
        replay(endpoint.deliveries.filter(message_id__in=ids))
        found, last = found + len(ids), changes[-1].pk
    return found


def forget() -> None:
    """Clears away what has ended so long ago that the log has forgotten it too, and gives up what has
    waited for as long."""
    before = timezone.now() - timedelta(days=settings.CHANGES_DAYS)
    _give_up(Delivery.objects.filter(created_at__lt=before))
    # In parts: what hangs on them is deleted one by one.
    ended = Delivery.objects.filter(ended_at__lt=before).order_by("id").values_list("id", flat=True)
    while ids := list(ended[:AT_ONCE]):
        Delivery.objects.filter(id__in=ids).delete()


def message_id_of(endpoint: Endpoint, change: Change) -> str:
    """The `webhook-id`: the same whenever this change is told to this endpoint."""
    return f"msg_{endpoint.uuid.hex}_{change.pk}"


def _give_up(deliveries: QuerySet[Delivery]) -> None:
    waiting = deliveries.filter(state=State.PENDING)
    waiting.update(state=State.FAILED, ended_at=timezone.now())


def _is_free(now: datetime) -> Q:
    return Q(held_until=None) | Q(held_until__lt=now)


def _wanted(endpoint: Endpoint) -> QuerySet[Change]:
    """What an endpoint wants to be told of."""
    changes = Change.objects.order_by("id")
    if endpoint.site_id:
        changes = changes.filter(about(endpoint.site_id))
    if endpoint.events:
        changes = changes.filter(event__in=endpoint.events)
    if endpoint.types:
        changes = changes.filter(type__in=endpoint.types)
    return changes


def _fill_one(endpoint: Endpoint) -> bool:
    try:
        return _fill(endpoint)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        # A fault in one keeps nobody from the others.
        logger.exception("What %s is to be told could not be written", endpoint)
        return False


@transaction.atomic
def _fill(endpoint: Endpoint) -> bool:
    ids = Change.objects.filter(id__gt=endpoint.position).order_by("id")
    rows = list(ids.values_list("id", flat=True)[:ROWS])
    if not rows:
        return False
    here = Endpoint.objects.filter(pk=endpoint.pk, position=endpoint.position)
    # Somebody else has done it, or is about to: then this waits, and finds it done.
    if not here.update(position=rows[-1]):
        return True
    new = Change.objects.filter(id__gt=endpoint.position, id__lte=rows[-1])
    if endpoint.cache:
        purges.drop_changes(endpoint, list(new))
    elif endpoint.disabled_at is None:
        _create(endpoint, new & _wanted(endpoint))
    return len(rows) == ROWS


def _create(endpoint: Endpoint, changes: Iterable[Change]) -> None:
    Delivery.objects.bulk_create(
        [
            Delivery(
                endpoint=endpoint,
                message_id=message_id_of(endpoint, change),
                sequence=change.pk,
                page_id=change.page_id,
                event=event_of(change),
                payload=change_payload(change),
            )
            for change in changes
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def _fill_tags() -> bool:
    """Tells what was touched to whoever keeps answers by tag."""
    untold = Touched.objects.filter(passed_on=False).order_by("id")
    rows = list(untold.select_for_update(skip_locked=True).values_list("id", "key")[:KEYS])
    if not rows:
        return False
    # Kept from now on: a transaction may have been longer than what was touched is kept for, and who
    # encoded meanwhile has to find it.
    Touched.objects.filter(id__in=[pk for pk, _ in rows]).update(passed_on=True, at=Now())
    tags = tags_to_drop({key for _, key in rows})
    for cache in ours().filter(about=Endpoint.About.PURGES):
        purges.drop_tags(cache, tags)
    now = Endpoint.objects.filter(about=Endpoint.About.TAGS, disabled_at=None)
    Delivery.objects.bulk_create(
        [
            Delivery(
                endpoint=endpoint,
                message_id=new_message_id(),
                event=TAGS_EVENT,
                payload=tags_payload(tags[start : start + TAGS_IN_MESSAGE]),
            )
            for endpoint in now
            for start in range(0, len(tags), TAGS_IN_MESSAGE)
        ]
    )
    return len(rows) == KEYS


def tags_to_drop(keys: Iterable[str]) -> list[str]:
    """The tags of all answers that hold any of the keys: the keys, their kinds, and listings."""
    tags = set(keys)
    return sorted({*tags, *(key.partition(":")[0] for key in tags), LISTINGS})
