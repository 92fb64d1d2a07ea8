"""Rows of many pages at once: what `Page.add_child` would write, without its queries for each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from wagtail.models import Locale, Page
from wagtail.search.backends import get_search_backend

from bench.content.bodies import Material, Writer
from bench.content.vocabulary import sentences, title, words
from pages.models import (
    Byline,
    FactSheetPage,
    MediaContact,
    NewsroomPage,
    PressReleasePage,
    RelatedPage,
    SectionPage,
)

# Rows in one INSERT, and pages made together.
BATCH = 100
CHUNK = 500
FIRST_DAY = date(2005, 1, 1)
DAYS = 7000
# The first pages link to the hub.
DEPENDENTS = 100
# Of ten pages; releases and papers have the same number of blocks.
RELEASES = 6


@dataclass(frozen=True)
class Newsroom:
    """Where pages are made and what they refer to; `hub` is a page's id."""

    releases: SectionPage
    papers: SectionPage
    hub: int
    topics: list[int]
    organisations: list[int]
    material: Material


def add_pages(newsroom: Newsroom, first: int, last: int) -> None:
    """Makes the pages with the numbers from `first` up to, not including, `last`.

    Chunk by chunk, so that pages can link to those before them, and are searchable at once.
    """
    for start in range(first, last, CHUNK):
        with transaction.atomic():
            _add_chunk(newsroom, range(start, min(start + CHUNK, last)))


def _add_chunk(newsroom: Newsroom, numbers: Sequence[int]) -> None:
    drafts = [_Draft.of(number, newsroom) for number in numbers]
    known = list(newsroom.releases.get_children().values_list("pk", flat=True))
    known += newsroom.papers.get_children().values_list("pk", flat=True)
    for parent in (newsroom.releases, newsroom.papers):
        below = [draft for draft in drafts if draft.parent is parent]
        parent.refresh_from_db()
        for step, draft in enumerate(below, start=parent.numchild + 1):
            draft.place(step)
        Page.objects.filter(pk=parent.pk).update(numchild=parent.numchild + len(below))
    bases = Page.objects.bulk_create([draft.base for draft in drafts], batch_size=BATCH)
    pages = known or [page.pk for page in bases]
    made = [draft.specific(pages) for draft in drafts]
    for model in (PressReleasePage, FactSheetPage):
        _insert(model, [page for page in made if isinstance(page, model)])
    _hang(newsroom, drafts, pages)
    _make_searchable(made)


class _Draft:
    """A page that is being made."""

    def __init__(
        self, chance: Random, number: int, model: type[NewsroomPage], newsroom: Newsroom
    ) -> None:
        self.chance, self.number, self.model, self.newsroom = chance, number, model, newsroom
        self.parent = newsroom.releases if model is PressReleasePage else newsroom.papers
        self.day = FIRST_DAY + timedelta(days=chance.randrange(DAYS))

    @classmethod
    def of(cls, number: int, newsroom: Newsroom) -> _Draft:
        chance = Random(f"page {number}")
        model = PressReleasePage if chance.randrange(10) < RELEASES else FactSheetPage
        return cls(chance, number, model, newsroom)

    def place(self, step: int) -> None:
        """Makes the row of the page itself, the `step`-th child of its parent."""
        heading = title(self.chance)
        slug = "-".join([*heading.lower().split()[:4], str(self.number)])
        moment = datetime.combine(self.day, time(12), UTC)
        self.base = Page(
            title=heading,
            draft_title=heading,
            slug=slug,
            path=Page._get_path(self.parent.path, self.parent.depth + 1, step),
            depth=self.parent.depth + 1,
            url_path=f"{self.parent.url_path}{slug}/",
            content_type=ContentType.objects.get_for_model(self.model),
            locale=Locale.get_default(),
            translation_key=self.uuid(),
            search_description=sentences(self.chance, 1),
            first_published_at=moment,
            last_published_at=moment,
            latest_revision_created_at=moment,
        )

    def specific(self, pages: list[int]) -> NewsroomPage:
        """The same page with its own fields; its base has an id by now."""
        kinds: Any = self.model
        writer = Writer(self.chance, self.newsroom.material, pages)
        hub = self.newsroom.hub if self.number < DEPENDENTS else None
        values = {
            "kind": self.chance.choice(kinds.Kind.values),
            "deck": sentences(self.chance, 1)[:500],
            "body": json.dumps(writer.body(hub)),
        }
        if self.model is PressReleasePage:
            values |= {
                "dateline_place": words(self.chance, 1)[0].upper(),
                "issued_by_id": self.chance.choice(self.newsroom.organisations),
                "boilerplate_id": self.chance.choice(self.newsroom.material.boilerplates),
            }
        page = self.model(
            page_ptr=self.base,
            uuid=self.uuid(),
            summary=sentences(self.chance, 2)[:500],
            publication_date=self.day,
            share_image_id=self.chance.choice(self.newsroom.material.images),
            **values,
        )
        for field in Page._meta.local_concrete_fields:
            setattr(page, field.attname, getattr(self.base, field.attname))
        return page

    def uuid(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)


def _insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """The rows of a child table alone: `bulk_create` refuses models that have a parent's table."""
    for start in range(0, len(rows), BATCH):
        rows_of: Any = model._base_manager
        rows_of._insert(
            rows[start : start + BATCH], fields=model._meta.local_concrete_fields, using="default"
        )


def _hang(newsroom: Newsroom, drafts: Sequence[_Draft], pages: list[int]) -> None:
    """What hangs on the pages: topics, bylines, pages to read next, contacts."""
    rows: dict[type[models.Model], list[models.Model]] = {}

    def add(row: models.Model) -> None:
        rows.setdefault(type(row), []).append(row)

    for draft in drafts:
        chance, pk = draft.chance, draft.base.pk
        through = draft.model._meta.get_field("topics").remote_field.through
        column = f"{draft.model._meta.model_name}_id"
        for topic in chance.sample(newsroom.topics, min(2, len(newsroom.topics))):
            add(through(topic_id=topic, **{column: pk}))
        person = chance.choice(newsroom.material.people)
        add(Byline(page_id=pk, person_id=person, sort_order=0))
        add(RelatedPage(page_id=pk, related_page_id=chance.choice(pages), sort_order=0))
        if draft.model is PressReleasePage:
            contact = chance.choice(newsroom.material.contacts)
            add(MediaContact(page_id=pk, contact_id=contact, sort_order=0))
    for model, made in rows.items():
        model._default_manager.bulk_create(made, batch_size=BATCH)


def _make_searchable(made: Iterable[NewsroomPage]) -> None:
    """In Wagtail's own index; both the product and stock Wagtail may search it."""
    backend = get_search_backend()
    by_model: dict[type[NewsroomPage], list[NewsroomPage]] = {}
    for page in made:
        by_model.setdefault(type(page), []).append(page)
    for model, pages in by_model.items():
        backend.get_index_for_model(model).add_items(model, pages)
