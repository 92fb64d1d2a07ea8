"""One purge of one cache, and what came of it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import requests
from django.core.exceptions import ImproperlyConfigured
from wagtail.contrib.frontend_cache.utils import get_backends

from api.purge.backends import TIMEOUT, Answered
from api.purge.caches import cache_names
from api.reply import Reply, readable

# Where Wagtail's own backends say what went wrong, which they do not raise.
COMPLAINTS = "wagtail.frontendcache"
# Of what libraries say of a connection that is none, in brackets and quotes.
TAIL = ")\"'"


def purge(name: str, *, urls: Sequence[str] = (), tags: Sequence[str] = ()) -> Reply:
    """Tells a cache to drop what is at addresses, and what has tags. Never raises."""
    began = time.monotonic()
    reply = Reply()
    try:
        if name not in cache_names():
            raise ImproperlyConfigured(f"WAGTAILFRONTENDCACHE names no cache {name!r}.")
        if not urls and not tags:
            raise ImproperlyConfigured("Its HOSTNAMES name no host of this newsroom.")
        backend = get_backends(backends=[name])[name]
        try:
            with _complaints() as complaints:
                if urls:
                    backend.purge_batch(list(urls))
                if tags:
                    backend.purge_tags(list(tags))
        finally:
            _note(reply, getattr(backend, "answered", None))
        reply.error = "\n".join(complaints)
    except (requests.exceptions.InvalidHeader, requests.exceptions.InvalidURL) as error:
        # What is wrong with it, they say by repeating it, and it may be a secret.
        reply.error = f"Its parameters make no request: {type(error).__name__}."
    except requests.Timeout:
        reply.error = f"There was no answer within {TIMEOUT:g} seconds."
    except requests.ConnectionError as error:
        # Behind the words of the libraries in between.
        reply.error = f"It could not be reached: {str(error).rstrip(TAIL).rpartition(': ')[2]}"
    except Exception as error:
        # Whatever it is, it is this purge's, and is written down as such.
        reply.error = str(error) or type(error).__name__
    reply.ok = not reply.error
    reply.milliseconds = round((time.monotonic() - began) * 1000)
    return reply


def _note(reply: Reply, answered: Answered | None) -> None:
    if answered is not None:
        reply.status = answered.status
        reply.headers = {name.lower(): value for name, value in answered.headers.items()}
        reply.text = readable(answered.text)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What backends complain of meanwhile, in this thread."""
    heard: list[str] = []
    thread = threading.get_ident()

    class Listening(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.thread == thread:
                heard.append(record.getMessage())

    logger, listening = logging.getLogger(COMPLAINTS), Listening(logging.ERROR)
    logger.addHandler(listening)
    try:
        yield heard
    finally:
        logger.removeHandler(listening)
