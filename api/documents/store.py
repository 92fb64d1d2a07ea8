"""Reading documents, and making those that are missing."""

from __future__ import annotations

import json
import logging
import random
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from functools import cache

from django.db import DatabaseError, connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Page, Site

from api.codecs.visibility import public_pages
from api.documents.edition import edition
from api.documents.encode import encode_documents, encode_site_document
from api.documents.models import SEARCHED_FORMAT, Dependency, Document, Dropped, Installed, Touched
from api.documents.moments import Busy, Moment, holding_writers, now, writes_for_nobody
from api.documents.rules import rules
from api.documents.triggers import fingerprint_of
from api.documents.turns import turn
from api.documents.words import write_words
from pages.models import NewsroomPage

logger = logging.getLogger(__name__)

# Encoded and stored together: enough for a listing, and little to lose.
BATCH = 50
# How often to encode anew what was changed while it was encoded, before giving it unstored.
TRIES = 3
# For how long it is remembered what was touched; an encoding that took half of it is not stored.
MEMORY = timedelta(minutes=10)
# One in so many stores forgets what is older.
FORGETTING = 200

Made = tuple[Document, frozenset[str]]


def stored(rich_text_format: str = SEARCHED_FORMAT) -> QuerySet[Document]:
    """The documents that hold now."""
    return Document.objects.filter(
        ~Exists(Dropped.objects.filter(document_id=OuterRef("id"))),
        Q(look_at=None) | Q(look_at__gt=timezone.now()),
        rich_text_format=rich_text_format,
        edition=edition(),
    )


def documents_of(
    page_ids: Iterable[int], rich_text_format: str = SEARCHED_FORMAT
) -> dict[int, Document]:
    """The documents of those of the pages that are the newsroom's and public now, by page.

    What is not stored is encoded, once for all who ask at the same time, and stored.
    """
    wanted = set(page_ids)
    found = _stored(wanted, rich_text_format)
    return found | make_missing(wanted - found.keys(), rich_text_format)


def documents_and_broken(page_ids: Collection[int]) -> tuple[dict[int, Document], set[int]]:
    """The documents of pages, and those that cannot be encoded: no other has to wait for them."""
    try:
        return documents_of(page_ids), set()
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Something among pages %s cannot be encoded", page_ids)
    found: dict[int, Document] = {}
    broken: set[int] = set()
    for page_id in page_ids:
        try:
            found |= documents_of([page_id])
        except DatabaseError:
            raise
        except Exception:
            broken.add(page_id)
    return found, broken


def make_missing(
    page_ids: Collection[int], rich_text_format: str = SEARCHED_FORMAT
) -> dict[int, Document]:
    """The documents of pages that have none stored, made once for all who ask at the same time."""
    found: dict[int, Document] = {}
    missing = sorted(page_ids)
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        with turn(f"{rich_text_format}:{batch[0]}") as waited:
            made = _stored(batch, rich_text_format) if waited else {}
            rest = [page_id for page_id in batch if page_id not in made]
            found |= made | make(rest, rich_text_format)
    return found


def _stored(page_ids: Collection[int], rich_text_format: str) -> dict[int, Document]:
    return _by_page(stored(rich_text_format).filter(page_id__in=page_ids))


def _by_page(documents: Iterable[Document]) -> dict[int, Document]:
    return {document.page_id: document for document in documents if document.page_id}


def make(page_ids: Iterable[int], rich_text_format: str = SEARCHED_FORMAT) -> dict[int, Document]:
    """Encodes the documents of pages, stores them, and gives those of pages that are public."""
    found: dict[int, Document] = {}
    wanted = set(page_ids)
    for _ in range(TRIES):
        if not wanted:
            break
        began = now()
        public = Page.objects.filter(pk__in=public_pages().filter(pk__in=wanted).values("pk"))
        pages = [page for page in public.specific() if isinstance(page, NewsroomPage)]
        made = encode_documents(pages, rich_text_format)
        found = {page_id: found[page_id] for page_id in found.keys() - wanted}
        found |= _by_page(document for document, _ in made)
        wanted = set(_by_page(_keep(made, began)))
    return found


def site_document(site: Site, rich_text_format: str = SEARCHED_FORMAT) -> Document:
    """The document of what a site says of itself, encoded and stored if it is not there."""
    there = stored(rich_text_format).filter(page_id=None, site_id=site.pk)
    if document := there.first():
        return document
    with turn(f"{rich_text_format}:site:{site.pk}") as waited:
        if waited and (document := there.first()):
            return document
        for _ in range(TRIES):
            began = now()
            made = encode_site_document(site, rich_text_format)
            if not _keep([made], began):
                break
        return made[0]


def watched_since(began: Moment) -> bool:
    """Whether what was touched since is known: the triggers stand, and nothing is forgotten yet.

    They must have stood there from the beginning: what came before them, nobody touched.
    """
    if not began.installed_id or began.age > MEMORY.total_seconds() / 2:
        return False
    installed = Installed.objects.filter(fingerprint=triggers_wanted(), id=began.installed_id)
    return installed.exists()


def _keep(made: Sequence[Made], began: Moment) -> list[Document]:
    """Stores documents; gives those that something changed since they were begun."""
    if not made:
        return []
    keys = frozenset[str]().union(*(keys for _, keys in made))
    try:
        with holding_writers():
            touched = began.touched_since(keys)
            current = [(document, keys) for document, keys in made if not touched & keys]
            if watched_since(began):
                _replace(current)
        if not writes_for_nobody() and random.randrange(FORGETTING) == 0:  # noqa: S311
            forget()
    except (Busy, DatabaseError):
        # Somebody writes for long, or the same was stored by another process a moment ago.
        return []
    return [document for document, keys in made if touched & keys]


def _replace(made: Sequence[Made]) -> None:
    if not made:
        return
    # In one order, so that of two who store the same none waits for the other.
    made = sorted(made, key=lambda one: one[0].page_id or 0)
    document = made[0][0]
    there = Document.objects.filter(rich_text_format=document.rich_text_format)
    if document.page_id is None:
        there = there.filter(page_id=None, site_id=document.site_id)
    else:
        there = there.filter(page_id__in=[document.page_id for document, _ in made])
    _remove(list(there.values_list("id", flat=True)))
    Document.objects.bulk_create([document for document, _ in made])
    if document.rich_text_format == SEARCHED_FORMAT:
        write_words([document for document, _ in made if document.page_id])
    _depend([(document.id, key) for document, keys in made for key in keys])


def _depend(rows: Sequence[tuple[int, str]]) -> None:
    """Notes dependencies, however many, in one statement."""
    table = Dependency._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"INSERT INTO {table} (document_id, key) SELECT * FROM unnest(%s::bigint[], %s::text[])",  # noqa: S608
                [[document_id for document_id, _ in rows], [key for _, key in rows]],
            )
        else:
            cursor.execute(
                f"INSERT INTO {table} (document_id, key) "  # noqa: S608
                "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(%s)",
                [json.dumps(rows)],
            )


def _remove(ids: Sequence[int]) -> None:
    # The documents first: as long as one is there, only its note among the dropped keeps it from
    # being given again.
    Document.objects.filter(id__in=ids).delete()
    for model in (Dependency, Dropped):
        model.objects.filter(document_id__in=ids).delete()


def forget() -> None:
    """Clears away what nobody will ask for: what was touched long ago, and what was dropped."""
    # The last stays: listings are kept until another is the last.
    last = Touched.objects.order_by("-id").values("id")[:1]
    past = Touched.objects.filter(at__lt=timezone.now() - MEMORY, passed_on=True)
    past.exclude(id=Subquery(last)).delete()
    _remove(list(Dropped.objects.values_list("document_id", flat=True).distinct()[:BATCH]))


def triggers_wanted() -> str:
    """The fingerprint of the triggers without which nothing stored can be trusted."""
    return _triggers_wanted(connection.vendor)


@cache
def _triggers_wanted(vendor: str) -> str:
    return fingerprint_of(rules())
