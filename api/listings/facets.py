"""`facets=`: how many pages there are of each topic, kind, year and section.

Each is counted under all conditions of the listing but its own, so that a frontend can show what
there would be instead.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear, Left, Length
from wagtail.models import Page

from api.codecs.links import kinds
from api.codecs.pages import page_models
from api.documents.entries import NO_DATE, SECTION, TOPIC
from api.documents.models import Entry, Label
from pages.models import Topic

# Of what a listing can be filtered by.
MOST_VALUES = 100


def count_facets(
    names: list[str], entries: Callable[[str], QuerySet[Entry]], public: QuerySet[Any]
) -> dict[str, list[dict[str, Any]]]:
    """The facets of these names; `entries` gives what each is counted over.

    `public` are the entries of all pages that may be named as sections. A facet has its hundred
    most frequent values at most; years are all there, the latest first.
    """
    count: Mapping[str, Callable[[QuerySet[Entry]], list[dict[str, Any]]]] = {
        "topic": _topics,
        "kind": _kinds,
        "year": _years,
        "section": lambda found: _sections(found, public),
    }
    return {name: count[name](entries(name).order_by()) for name in names}


def _value(value: Any, label: Any, count: int) -> dict[str, Any]:
    return {"value": str(value), "label": str(label), "count": count}


def _topics(entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    rows = Label.objects.filter(name=TOPIC, page_id__in=entries.values("pk"))
    counts = dict(rows.values_list("value").annotate(n=Count("*")))
    topics = Topic.objects.in_bulk(counts)
    found = [_value(topic.slug, topic.name, counts[topic.pk]) for topic in topics.values()]
    return _most_frequent(found)


def _kinds(entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    labels: dict[str, str] = {}
    for model in page_models().values():
        labels = kinds(model) | labels
    rows = entries.exclude(kind="").values_list("kind").annotate(n=Count("*"))
    return _most_frequent(
        [_value(kind, labels[kind], count) for kind, count in rows if kind in labels]
    )


def _years(entries: QuerySet[Entry]) -> list[dict[str, Any]]:
    dated = entries.filter(publication_date__gt=NO_DATE)
    rows = dated.annotate(year=ExtractYear("publication_date")).values_list("year")
    return [
        _value(year, year, count)
        for year, count in sorted(rows.annotate(n=Count("*")), reverse=True)
    ]


def _sections(entries: QuerySet[Entry], public: QuerySet[Entry]) -> list[dict[str, Any]]:
    """Counts pages directly in a section, and those that name it as a further one."""
    step = Page.steplen
    parent = Left("path", Length("path") - step)
    inside = dict(entries.annotate(parent=parent).values_list("parent").annotate(n=Count("*")))
    named = Label.objects.filter(name=SECTION, page_id__in=entries.values("pk"))
    labels = list(named.values_list("page_id", "value"))
    further = Counter(section for _, section in labels)
    of_labelled = entries.filter(pk__in=named.values("page_id"))
    parents = dict(of_labelled.annotate(parent=parent).values_list("pk", "parent"))
    named_by: dict[Any, list[int]] = defaultdict(list)
    for page_id, section_id in labels:
        named_by[section_id].append(page_id)
    model = page_models()["section"]
    wanted = Q(path__in=inside) | Q(pk__in=further)
    found = []
    for section in public.filter(wanted, pk__in=model.objects.values("pk")):
        # Those that are in it and name it too count once.
        both = sum(section.path == parents.get(page_id) for page_id in named_by.get(section.pk, ()))
        count = inside.get(section.path, 0) + further[section.pk] - both
        found.append(_value(section.pk, section.title, count))
    return _most_frequent(found)


def _most_frequent(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(values, key=lambda value: (-value["count"], value["label"]))[:MOST_VALUES]
