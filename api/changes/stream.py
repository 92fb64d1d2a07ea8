"""`text/event-stream`: the log for whoever keeps listening (server-sent events, WHATWG HTML)."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Generator, Iterator
from typing import Any

from rest_framework.renderers import JSONRenderer

from api.changes.feed import Position, Told

# Seconds between two looks, and until a stream ends; the browser comes again, with `Last-Event-ID`.
PAUSE = 1.0
LONGEST = 50.0
# Milliseconds after which it does.
RETRY = 2000
# Of a process, which has few threads (`manage.py run`), and more to answer. Who comes when it is
# taken is told what there is, and comes again.
MOST_LISTENERS = 1

_free = threading.BoundedSemaphore(MOST_LISTENERS)


class EventStream(JSONRenderer):
    """Lets DRF negotiate it. The view streams; only problems are rendered, as JSON."""

    media_type = "text/event-stream"
    format = "events"


def events(
    read: Callable[[Position | None], Told],
    tell: Callable[[Told], list[dict[str, Any]]],
    told: Told,
) -> Generator[bytes, None, None]:
    """The stream, beginning with what was `told`. `read` gives what follows a position, `tell` its values.

    It ends after some time in any case, whoever reads it how slowly, and however much there is.
    """
    yield f"retry: {RETRY}\n\n".encode()
    listening = _free.acquire(blocking=False)
    try:
        until = time.monotonic() + LONGEST
        yield from _events(told, tell(told))
        while listening and time.monotonic() < until:
            if not (told.more and told.changes):
                time.sleep(PAUSE)
            told = read(told.position)
            yield from _events(told, tell(told))
    finally:
        if listening:
            _free.release()


def _events(told: Told, values: list[dict[str, Any]]) -> Iterator[bytes]:
    """Each with the cursor behind it as its id, then how far that is, which is no event.

    So that who comes again goes on there, though nothing of concern to them has happened; and to find
    out whether anybody still listens.
    """
    for behind, value in zip(told.positions, values, strict=True):
        data = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        yield f"id: {behind.write()}\nevent: change\ndata: {data}\n\n".encode()
    yield f"id: {told.position.write()}\n\n".encode()
