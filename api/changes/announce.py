"""From notes to the log: what is there now is held against what was told last."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from api.changes.models import Announced, Change, Event
from api.codecs.keys import PAGE
from api.codecs.pages import page_models
from api.codecs.visibility import public_pages
from api.documents.edition import edition
from api.documents.models import Document, Unannounced
from api.documents.moments import Busy, holding_writers
from api.documents.store import documents_and_broken, stored
from pages.embargoes.log_actions import AS_PLANNED, LIFTED

logger = logging.getLogger(__name__)

# Pages told of together. What is killed in between is told by the next.
BATCH = 50
# Names our lock among the database's: one at a time tells.
TURN = 0x0D0CA110
# For how long a page rests that could not be told of for good.
REST = timedelta(seconds=5)
# Notes in one statement: SQLite takes some thousand parameters.
AT_ONCE = 500
# Of keys in a row: enough to see why.
MOST_KEYS = 20


class Outcome(Enum):
    """Whether everything was told, or there is more, or something to be looked at later once more."""

    ALL = "all"
    MORE = "more"
    LATER = "later"


@dataclass(slots=True)
class Notes:
    """What was noted of one page."""

    ids: list[int] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)


def announce(seconds: float = 0.0) -> Outcome:
    """Tells of what was noted, for so long, but at least of some."""
    until = time.monotonic() + seconds
    all_told = True
    while page_ids := _due():
        try:
            all_told &= _announce(page_ids)
        except Busy:
            return Outcome.LATER
        if time.monotonic() >= until and _due(1):
            return Outcome.MORE
    return Outcome.ALL if all_told else Outcome.LATER


def look_at_other_editions() -> None:
    """Notes what was told as another version of the code encodes it: once, when a worker begins.

    Not whenever something is told: as long as two versions are at work, each would tell against the
    other.
    """
    others = Announced.objects.exclude(edition=edition()).values_list("page_id", flat=True)
    Unannounced.objects.bulk_create(
        [Unannounced(page_id=page_id) for page_id in others.iterator()], batch_size=BATCH
    )


def forget() -> None:
    """Clears away what was told long ago; never the last row, at which readers may be."""
    recent = timezone.now() - timedelta(days=settings.CHANGES_DAYS)
    first = (
        Change.objects.filter(at__gte=recent).order_by("id").values_list("id", flat=True).first()
    )
    last = Change.objects.order_by("-id").values_list("id", flat=True).first()
    Change.objects.filter(id__lt=first or last or 0).delete()


def _due(most: int = BATCH) -> list[int]:
    """Pages of which there may be something to tell, in the order in which that was noted."""
    now = timezone.now()
    noted = Unannounced.objects.filter(Q(not_before=None) | Q(not_before__lte=now))
    in_order = noted.values("page_id").annotate(first=Min("id")).order_by("first")
    found = list(in_order.values_list("page_id", flat=True)[:most])
    if len(found) < most:
        resting = Unannounced.objects.filter(not_before__gt=now).values("page_id")
        others = Announced.objects.filter(look_at__lte=now).exclude(page_id__in=resting)
        ids = (
            others.exclude(page_id__in=found).order_by("page_id").values_list("page_id", flat=True)
        )
        found += ids[: most - len(found)]
    return found


def _announce(page_ids: Sequence[int]) -> bool:
    """Tells of some pages. Gives False if there are some that have to be looked at once more.

    Raises Busy if somebody else tells at the moment, or somebody writes for long on SQLite.
    """
    # Before anything is locked: it may have to be encoded.
    before = {one.page_id: one.change_id for one in _told(page_ids)}
    made, broken = documents_and_broken(page_ids)
    with _alone():
        # These first, and the documents after them: see `api.changes`.
        notes = _notes_of(page_ids)
        documents = {d.page_id: d for d in stored().filter(page_id__in=page_ids) if d.page_id}
        told = {one.page_id: one for one in _told(page_ids)}
        unsure = _public(set(page_ids) - documents.keys()) | broken
        for page_id in unsure & made.keys():
            last = told[page_id].change_id if page_id in told else None
            # Unless somebody has told of it meanwhile, and knows better.
            if last == before.get(page_id):
                documents[page_id] = made[page_id]
        acts = _acts(page_ids)
        states = _states(told.keys() - documents.keys() - unsure)
        for page_id in page_ids:
            document, last_told = documents.get(page_id), told.get(page_id)
            about = notes.get(page_id, Notes()), acts.get(page_id)
            if document is not None and document.path:
                _tell(document, last_told, *about)
            elif last_told is not None and page_id not in unsure:
                _tell_gone(last_told, states.get(page_id, Event.UNPUBLISHED), *about)
        _take_away(notes, unsure)
    return not unsure


@contextmanager
def _alone() -> Iterator[None]:
    """A transaction in which nobody else tells. Raises Busy rather than wait: readers come here."""
    if connection.vendor != "postgresql":
        with holding_writers():
            yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TURN])
            if not cursor.fetchone()[0]:
                raise Busy
        yield


def _take_away(notes: Mapping[int, Notes], unsure: set[int]) -> None:
    """Takes notes away, but lets those of pages that are unsure rest, so that others come before."""
    not_before = timezone.now() + REST
    for some in _in_parts(notes[page_id].ids for page_id in notes.keys() - unsure):
        some.delete()
    for some in _in_parts(notes[page_id].ids for page_id in notes.keys() & unsure):
        some.update(not_before=not_before)
    # Those that were due without a note: their time had come.
    Unannounced.objects.bulk_create(
        [Unannounced(page_id=page_id, not_before=not_before) for page_id in unsure - notes.keys()]
    )


def _in_parts(ids: Iterable[Sequence[int]]) -> Iterator[QuerySet[Unannounced]]:
    every = list(chain.from_iterable(ids))
    for start in range(0, len(every), AT_ONCE):
        yield Unannounced.objects.filter(id__in=every[start : start + AT_ONCE])


def _told(page_ids: Collection[int]) -> QuerySet[Announced]:
    return Announced.objects.filter(page_id__in=page_ids)


def _notes_of(page_ids: Collection[int]) -> dict[int, Notes]:
    found: dict[int, Notes] = {}
    rows = Unannounced.objects.filter(page_id__in=page_ids).values_list("id", "page_id", "key")
    for pk, page_id, key in rows:
        notes = found.setdefault(page_id, Notes())
        notes.ids.append(pk)
        if key:
            notes.keys.add(key)
    return found


def _public(page_ids: Collection[int]) -> set[int]:
    """Those that have a document and show it to anybody: it is not stored at the moment."""
    if not page_ids:
        return set()
    types = ContentType.objects.get_for_models(*page_models().values()).values()
    public = public_pages().filter(pk__in=page_ids, content_type__in=types)
    return set(public.values_list("pk", flat=True))


def _acts(page_ids: Collection[int]) -> dict[int, PageLogEntry]:
    """The last entry of Wagtail's audit log about each page."""
    entries = PageLogEntry.objects.order_by()
    by_page = entries.filter(page_id__in=page_ids).values("page_id")
    latest = by_page.annotate(latest=Max("pk")).values("latest")
    return {entry.page_id: entry for entry in entries.filter(pk__in=latest)}


def _states(page_ids: Collection[int]) -> dict[int, Event]:
    """Why pages that were told of are not there for readers any more."""
    there = Page.objects.filter(pk__in=page_ids).values_list("pk", "live", "expired", "expire_at")
    found = dict.fromkeys(page_ids, Event.DELETED)
    for pk, live, expired, expire_at in there:
        if expired or (live and expire_at and expire_at <= timezone.now()):
            found[pk] = Event.EXPIRED
        else:
            found[pk] = Event.RESTRICTED if live else Event.UNPUBLISHED
    return found


def _tell(
    document: Document, last: Announced | None, notes: Notes, act: PageLogEntry | None
) -> None:
    """Tells of a page that is there, if it is not as it was told of last."""
    item = json.loads(document.item)
    as_it_is: dict[str, Any] = {
        "page_id": document.page_id,
        "uuid": item["uuid"],
        "type": document.type,
        "locale": document.locale,
        "site_id": document.site_id,
        "path": document.path,
        "url": item["meta"]["html_url"],
        "etag": document.etag,
    }
    event = _event(as_it_is, last, act)
    if event and last and last.site_id != document.site_id:
        # For the readers of the one site it is gone, for those of the other it is new.
        _tell_gone(last, event, notes, act)
        last = None
    if event:
        change = _write(event, as_it_is, last, notes, act)
        told = {"change_id": change.pk, "at": change.at}
    elif last:
        told = {"change_id": last.change_id, "at": last.at}
    look = {"edition": document.edition, "look_at": document.look_at}
    Announced(**as_it_is, **told, **look).save(force_insert=last is None)


def _event(
    as_it_is: Mapping[str, Any], last: Announced | None, act: PageLogEntry | None
) -> Event | None:
    if last is None:
        planned = act is not None and act.action in (AS_PLANNED, LIFTED)
        return Event.WENT_LIVE if planned else Event.PUBLISHED
    if any(getattr(last, name) != as_it_is[name] for name in ("site_id", "url", "path")):
        return Event.MOVED
    return Event.UPDATED if last.etag != as_it_is["etag"] else None


def _tell_gone(last: Announced, event: Event, notes: Notes, act: PageLogEntry | None) -> None:
    """Tells of a page that is not there any more."""
    names = ("page_id", "uuid", "type", "locale", "site_id")
    as_it_was = {name: getattr(last, name) for name in names}
    _write(event, {**as_it_was, "path": "", "url": "", "etag": ""}, last, notes, act)
    last.delete()


def _write(
    event: Event,
    told: Mapping[str, Any],
    last: Announced | None,
    notes: Notes,
    act: PageLogEntry | None,
) -> Change:
    direct = f"{PAGE.kind}:{told['page_id']}" in notes.keys
    return Change.objects.create(
        event=event,
        at=timezone.now(),
        previous_path=last.path if last else "",
        previous_url=last.url if last else "",
        keys=",".join(sorted(notes.keys)[:MOST_KEYS]),
        actor_id=act.user_id if act and direct else None,
        **told,
    )
