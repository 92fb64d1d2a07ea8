"""Making the documents of all public pages ahead of their readers."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed

import django
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.models import QuerySet
from wagtail.models import Page

from api.codecs.pages import page_models
from api.codecs.visibility import public_pages
from api.documents.store import BATCH, make, stored

# Seconds before each further try at what could not be stored because somebody was writing: unlike
# readers, who are answered without, whoever rebuilds can wait.
PAUSES = (0.2, 1.0, 3.0)


def pages_without_documents() -> list[int]:
    """Ids of the newsroom's public pages of which no document holds, in the default format."""
    types = ContentType.objects.get_for_models(*page_models().values()).values()
    return _without_documents(public_pages().filter(content_type__in=types))


def _without_documents(pages: QuerySet[Page]) -> list[int]:
    # Those of sites have no page, and nothing is outside a set that holds an unknown.
    held = stored().exclude(page_id=None).values("page_id")
    return list(pages.exclude(pk__in=held).order_by("pk").values_list("pk", flat=True))


def rebuild(page_ids: Sequence[int], jobs: int = 1) -> Iterator[tuple[int, int]]:
    """Makes documents, some at a time, by so many processes.

    Gives after each batch how many pages it had, and how many of them have a document now: not
    those that somebody was writing to for long, or that ceased to be public.
    """
    # Several batches a process, so that all are done at about the same time.
    size = BATCH if jobs == 1 else min(BATCH, len(page_ids) // (4 * jobs) + 1)
    batches = [page_ids[start : start + size] for start in range(0, len(page_ids), size)]
    if jobs == 1:
        yield from map(_rebuild_batch, batches)
        return
    # Processes that share a connection would mix up each other's answers.
    connections.close_all()
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs, mp_context=spawn, initializer=django.setup) as processes:
        for done in as_completed([processes.submit(_rebuild_batch, batch) for batch in batches]):
            yield done.result()


def _rebuild_batch(page_ids: Sequence[int]) -> tuple[int, int]:
    make(page_ids)
    for pause in PAUSES:
        missing = _without_documents(public_pages().filter(pk__in=page_ids))
        if not missing:
            break
        time.sleep(pause)
        make(missing)
    return len(page_ids), stored().filter(page_id__in=page_ids).count()
