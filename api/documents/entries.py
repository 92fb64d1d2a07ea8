"""The index of listings: brought up to date by whoever reads it, before reading.

Triggers note the pages that were changed among the pending, in the transaction that changes them.
A reader that finds some derives their entries anew, in statements over all of them, while no writer
is half-way (`moments.holding_writers`): what it reads is what everybody sees.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.db import connection
from django.db.models import (
    CharField,
    DateField,
    Exists,
    F,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Substr
from django.db.models.functions import Length as LengthOf
from wagtail.models import Page, PageViewRestriction

from api.codecs.links import kinds
from api.codecs.pages import page_models
from api.codecs.visibility import embargoed_pages
from api.documents.models import Entry, Label, Pending
from api.documents.moments import Busy, holding_writers, writes_for_nobody

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Of pages that have no publication date.
NO_DATE = date.min
# Names our lock among the database's: those who bring the index up to date take turns.
TURN = 0x0D0C1DE
TOPIC, SECTION = "topic", "section"


def bring_up_to_date() -> bool:
    """Derives the entries of all pending pages. Gives False if somebody was writing for too long."""
    try:
        with holding_writers():
            if connection.vendor == "postgresql" and not writes_for_nobody():
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])
            _derive()
    except Busy:
        return False
    return True


def _derive() -> None:
    pending = Pending.objects.values("page_id")
    if not pending.exists():
        return
    pages = _indexable().filter(pk__in=pending)
    Entry.objects.filter(pk__in=pending).exclude(pk__in=pages.values("pk")).delete()
    _insert(Entry, _columns(pages), upsert=True)
    Label.objects.filter(page_id__in=pending).delete()
    for labels in _labels(pending):
        _insert(Label, labels)
    Pending.objects.all().delete()


def wrong_entries() -> list[str]:
    """What in the index is not as the pages are, a sentence each; nothing while it is pending."""
    if not bring_up_to_date():
        return []
    names = [field.attname for field in Entry._meta.concrete_fields]
    kept = set(Entry.objects.values_list(*names))
    derived = set(_columns(_indexable()))
    labels = set(Label.objects.values_list("page_id", "name", "value"))
    every_page = Page.objects.values("pk")
    filed = {row for rows in _labels(every_page) for row in rows}
    return [
        *(f"The index has page {row[0]} as it is not." for row in sorted(kept - derived)),
        *(f"The index lacks page {row[0]} as it is." for row in sorted(derived - kept)),
        *(f"Page {row[0]} is filed wrongly under {row[1]} {row[2]}." for row in labels ^ filed),
    ]


def _indexable() -> QuerySet[Page]:
    """Pages that are live, below no restriction and not under embargo."""
    above = PageViewRestriction.objects.annotate(
        start=Substr(OuterRef("path"), 1, LengthOf("page__path"))
    ).filter(page__path=F("start"))
    pages = Page.objects.order_by().filter(~Exists(above), live=True)
    return pages.exclude(pk__in=embargoed_pages())


def _columns(pages: QuerySet[Page]) -> QuerySet:
    """What an entry is made of, in the order of its columns."""
    kind = [_of(model, "kind") for model in page_models().values() if kinds(model)]
    derived: dict[str, Any] = {
        "first_published_at": Coalesce("first_published_at", Value(EPOCH)),
        "publication_date": publication_date(Value(NO_DATE)),
        "kind": Coalesce(*kind, Value(""), output_field=CharField()),
    }
    annotated = pages.annotate(**{f"entry_{name}": made for name, made in derived.items()})
    names = [field.attname for field in Entry._meta.concrete_fields]
    return annotated.values_list(*(f"entry_{name}" if name in derived else name for name in names))


def publication_date(*otherwise: Value) -> Coalesce:
    """The date readers see, of a page of any type."""
    dates = [_of(model, "publication_date") for model in page_models().values()]
    return Coalesce(*dates, *otherwise, output_field=DateField())


def _of(model: type[Page], name: str) -> Subquery:
    return Subquery(model.objects.filter(pk=OuterRef("pk")).order_by().values(name)[:1])


def _labels(pending: QuerySet) -> list[QuerySet]:
    """What pages are filed under, as rows of labels."""
    found = []
    for model in page_models().values():
        for field, name in (("topics", TOPIC), ("further_sections", SECTION)):
            many: Any = model._meta.get_field(field)
            through = many.remote_field.through._default_manager.filter(
                **{f"{many.m2m_field_name()}__in": pending}
            )
            found.append(
                through.order_by().values_list(
                    F(f"{many.m2m_field_name()}_id"),
                    Value(name),
                    F(f"{many.m2m_reverse_field_name()}_id"),
                )
            )
    return found


def _insert(model: type[Model], rows: QuerySet, *, upsert: bool = False) -> None:
    """`INSERT … SELECT`: rows have the model's columns in their order, but for a generated id."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if field.get_internal_type() != "BigAutoField"
    ]
    columns = [connection.ops.quote_name(field.column) for field in fields]
    sql, parameters = rows.query.sql_with_params()
    conflict = ""
    if upsert:
        changes = ", ".join(f"{column} = excluded.{column}" for column in columns[1:])
        # SQLite would take ON for a join's, were there no WHERE of which it is sure.
        conflict = f" ON CONFLICT ({columns[0]}) DO UPDATE SET {changes}"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) {sql}{conflict}",
            parameters,
        )
