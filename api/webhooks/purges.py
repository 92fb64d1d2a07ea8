"""Purges of caches in front as deliveries: as many in one request as a cache takes."""

from __future__ import annotations

import json
from collections.abc import Sequence

from api.changes.feed import end
from api.changes.models import Change
from api.purge.caches import cache_names, some_url, tags_at_once, urls_at_once, urls_to_drop
from api.purge.purge import purge
from api.reply import Reply
from api.webhooks.models import Delivery, Endpoint, new_message_id

URLS_EVENT, TAGS_EVENT = "purge.urls", "purge.tags"


def know_caches() -> None:
    """Gives each cache that is set up a place in the log, from now on."""
    for name in cache_names():
        Endpoint.objects.get_or_create(
            cache=name,
            defaults={"name": name, "about": Endpoint.About.PURGES, "position": end().seen},
        )


def drop_changes(cache: Endpoint, changes: Sequence[Change]) -> None:
    """Drops the addresses at which these changes show."""
    assert cache.cache is not None
    _add(cache, URLS_EVENT, urls_to_drop(cache.cache, changes), urls_at_once(cache.cache))


def drop_tags(cache: Endpoint, tags: Sequence[str]) -> None:
    """Drops what has any of the tags, if the cache knows tags."""
    assert cache.cache is not None
    if most := tags_at_once(cache.cache):
        _add(cache, TAGS_EVENT, tags, most)


def deliver_purge(delivery: Delivery) -> Reply:
    assert delivery.endpoint.cache is not None
    return purge(delivery.endpoint.cache, **json.loads(delivery.payload))


def test_payload(cache: Endpoint) -> str:
    """A purge that shows whether the cache takes any, and costs it nothing or little."""
    assert cache.cache is not None
    if cache.cache in cache_names() and not tags_at_once(cache.cache):
        return json.dumps({"urls": some_url(cache.cache)})
    return json.dumps({"tags": ["test"]})


def _add(cache: Endpoint, event: str, items: Sequence[str], most: int) -> None:
    """To what waits, as far as there is room: so a cache that was out for long is told briefly."""
    kind = event.partition(".")[2]
    # Not to what is held: it may be on its way as it was. Nor to what was refused: it may be again.
    waiting = cache.deliveries.filter(
        event=event, state=Delivery.State.PENDING, held_until=None, tries=0
    )
    last = waiting.order_by("-id").first()
    known = json.loads(last.payload)[kind] if last else []
    new = sorted(set(items).difference(known))
    if last and items:
        room = max(0, most - len(known))
        # Unless somebody else has just taken it or put something to it.
        same = waiting.filter(pk=last.pk, payload=last.payload)
        payload = json.dumps({kind: known + new[:room]})
        if same.update(payload=payload):
            new = new[room:]
    Delivery.objects.bulk_create(
        Delivery(
            endpoint=cache,
            message_id=new_message_id(),
            event=event,
            payload=json.dumps({kind: new[start : start + most]}),
        )
        for start in range(0, len(new), most)
    )
