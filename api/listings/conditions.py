"""The newsroom's own filters, over pages or over their entries in the index.

Each is a condition by its parameter's name, so that a facet can be counted without its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast
from wagtail.models import Page, ReferenceIndex

from api.codecs.links import kinds
from api.codecs.pages import page_models
from api.documents.entries import NO_DATE, SECTION, TOPIC
from api.documents.models import Label
from api.errors import BadRequest
from api.parameters import whole_number
from pages.models import Person, Topic

# In one request: more would make a statement that no database likes.
MOST_YEARS = 100
NEWSROOM_PARAMETERS = frozenset(
    [
        "kind",
        "person",
        "published_from",
        "published_until",
        "section",
        "topic",
        "uuid",
        "year",
    ]
)
# How to write a condition on what all page types have, and on the topics that a page is filed under.
Holds = Callable[..., Q]


def conditions_on_pages(
    given: Mapping[str, str], section_of: Callable[[int], Page | None]
) -> dict[str, Q]:
    """The conditions that parameters ask for, on pages. Raises BadRequest for odd values."""
    return _conditions(
        given,
        any_type,
        lambda slugs: any_type(topics__slug__in=slugs),
        lambda section_id: any_type(further_sections=section_id),
        section_of,
    )


def conditions_on_entries(
    given: Mapping[str, str], section_of: Callable[[int], Any]
) -> dict[str, Q]:
    """The same on entries."""
    return _conditions(
        given,
        Q,
        lambda slugs: labelled(TOPIC, value__in=Topic.objects.filter(slug__in=slugs).values("pk")),
        lambda section_id: labelled(SECTION, value=section_id),
        section_of,
    )


def directly_in(section: Any) -> Q:
    """The condition for the children of a page or entry."""
    return Q(path__startswith=section.path, depth=section.depth + 1)


def labelled(name: str, **condition: Any) -> Q:
    """Entries that are filed under something."""
    return Q(pk__in=Label.objects.filter(name=name, **condition).values("page_id"))


def any_type(**condition: Any) -> Q:
    """Pages of whatever type that fulfil a condition on what all page types have."""
    found = Q(pk__in=[])
    for model in page_models().values():
        if "kind__in" not in condition or kinds(model):
            found |= Q(pk__in=model.objects.filter(**condition).values("pk"))
    return found


def _conditions(
    given: Mapping[str, str],
    holds: Holds,
    of_topics: Callable[[list[str]], Q],
    of_section: Callable[[int], Q],
    section_of: Callable[[int], Any],
) -> dict[str, Q]:
    found: dict[str, Q] = {}
    if "uuid" in given:
        found["uuid"] = any_type(uuid__in=_uuids(given["uuid"]))
    if "kind" in given:
        found["kind"] = holds(kind__in=_kinds(given["kind"]))
    if "topic" in given:
        found["topic"] = of_topics(given["topic"].split(","))
    if "person" in given:
        found["person"] = _person(whole_number(given["person"], "person"))
    if "section" in given:
        section = section_of(whole_number(given["section"], "section"))
        if section is None:
            raise BadRequest("section doesn't exist")
        # Pages directly in the section, and those that name it as a further one.
        found["section"] = directly_in(section) | of_section(section.pk)
    if "year" in given:
        years = {_year(year) for year in given["year"].split(",")}
        if len(years) > MOST_YEARS:
            raise BadRequest(f"year takes at most {MOST_YEARS} years")
        found["year"] = Q()
        for year in sorted(years):
            found["year"] |= holds(publication_date__range=year)
    for name, lookup in (("published_from", "gte"), ("published_until", "lte")):
        if name in given:
            day = _day(given[name], name)
            found[name] = holds(
                **{f"publication_date__{lookup}": day, "publication_date__gt": NO_DATE}
            )
    return found


def _uuids(text: str) -> list[UUID]:
    try:
        return [UUID(part) for part in text.split(",")]
    except ValueError as error:
        raise BadRequest("uuid must be one UUID or several, with commas between") from error


def _kinds(text: str) -> set[str]:
    wanted = set(text.split(","))
    known = {kind for model in page_models().values() for kind in kinds(model)}
    if unknown := wanted - known:
        raise BadRequest(
            f"kind {sorted(unknown)[0]!a} does not exist; there are {', '.join(sorted(known))}"
        )
    return wanted


def _person(person_id: int) -> Q:
    """Pages by, about or quoting a person: whatever refers to the person, wherever."""
    references = ReferenceIndex.get_references_to(Person(pk=person_id)).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    page_ids = references.annotate(page_id=Cast("object_id", models.BigIntegerField()))
    return Q(pk__in=page_ids.values("page_id"))


def _year(text: str) -> tuple[date, date]:
    year = whole_number(text, "year")
    try:
        return date(year, 1, 1), date(year, 12, 31)
    except ValueError as error:
        raise BadRequest("year must be a year such as 2016, or several with commas") from error


def _day(text: str, name: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadRequest(f"{name} must be a date such as 2016-10-17") from error
