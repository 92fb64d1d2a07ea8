"""Which changes in the database touch which keys, read off the models and the loaders.

A page type, a block or a snippet of one's own needs nothing here: its tables follow from its model,
and what its codecs read from their loaders' sources.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import ManyToManyField, Model
from modelcluster.models import get_all_child_relations
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Comment,
    Locale,
    Page,
    PageViewRestriction,
    ReferenceIndex,
    Revision,
    Site,
)

from api import codecs
from api.codecs.keys import CARD, COLLECTIONS, LOCALES, PAGE, SITES, Source, sources
from api.codecs.pages import page_codec, page_models
from pages.models import Embargo, EmbargoedFile, NewsDocument, NewsImage, NewsroomPage
from pages.snippets.base import snippet_models

# What editors and Wagtail keep of a page and nobody reads: a draft's autosave touches nothing.
BOOKKEEPING = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision_created_at",
    "latest_revision_id",
    "live_revision_id",
    "locked",
    "locked_at",
    "locked_by_id",
    "numchild",
    "owner_id",
}
# Whether a page may be read, where it is, and what it is called.
ON_CARDS = {
    "alias_of_id",
    "content_type_id",
    "depth",
    "expire_at",
    "live",
    "locale_id",
    "path",
    "slug",
    "title",
    "url_path",
}
# The same of the newsroom's own columns.
ON_NEWSROOM_CARDS = {"kind", "publication_date", "share_image_id", "summary", "uuid"}


@dataclass(frozen=True, slots=True)
class Rule:
    """A row that comes, goes, or changes in one of `columns`, touches the keys that `key` gives.

    `key` is an expression of SQL over the row, `{row}`; null is no key. `joined` are the further
    tables that it needs, with their conditions. `name` is the kind of the keys.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    key: str
    joined: str = ""


def rules() -> list[Rule]:
    """Every rule of this installation, in a fixed order."""
    # Loaders declare what they read when their modules are imported, and codecs of relations when
    # they are made: in every process all of them, or each would ask for other triggers.
    for module in pkgutil.walk_packages(codecs.__path__, f"{codecs.__name__}."):
        import_module(module.name)
    for model in page_models().values():
        page_codec(model)
    found = [*_page_rules(), _root_rule(), *_restriction_rules(), *_schedule_rules()]
    found += [*_embargo_rules(), *_embargoed_file_rules()]
    for model in page_models().values():
        found += _type_rules(model)
    for source in sources():
        found += _source_rules(source)
    found += [
        _constant(SITES, Site),
        _constant(LOCALES, Locale),
        _constant(COLLECTIONS, CollectionViewRestriction),
        _constant(COLLECTIONS, Collection, {"path"}),
    ]
    return sorted(set(found), key=lambda rule: (rule.table, rule.name, rule.key, rule.joined))


def _page_rules() -> list[Rule]:
    table = Page._meta.db_table
    own = set(_columns(Page)) - BOOKKEEPING
    return [
        Rule(PAGE.kind, table, tuple(sorted(own)), _key(PAGE.kind, "id")),
        Rule(CARD.kind, table, tuple(sorted(ON_CARDS | {"id"})), _key(CARD.kind, "id")),
    ]


def _root_rule() -> Rule:
    """Every address begins at a site's front page, in one of its languages."""
    page = Page._meta.db_table
    joined = (
        f"{page} AS root ON root.translation_key = {{row}}.translation_key "
        f"JOIN {Site._meta.db_table} AS site ON site.root_page_id = root.id"
    )
    columns = ("id", "locale_id", "translation_key", "url_path")
    return Rule(SITES, page, columns, f"'{SITES}'", joined)


def _type_rules(model: type[NewsroomPage]) -> list[Rule]:
    """What belongs to a page of one type: its own columns, and the rows that hang on it."""
    meta: Any = model._meta
    found: list[Rule] = []
    for ancestor in (*meta.all_parents, model):
        if ancestor is not Page and not ancestor._meta.abstract and issubclass(ancestor, Page):
            found += _own_rules(ancestor)
    for relation in get_all_child_relations(model):
        rows: Any = relation.related_model
        if rows is not Comment:  # Editors' own, about drafts.
            found.append(_rows(rows, relation.field.column))
    for field in meta.get_fields():
        if isinstance(field, ManyToManyField):
            found.append(_rows(field.remote_field.through, field.m2m_column_name()))
    return found


def _own_rules(model: Any) -> list[Rule]:
    columns = _columns(model)
    pk = model._meta.pk.column
    shown = tuple(sorted({*ON_NEWSROOM_CARDS & set(columns), pk}))
    table = model._meta.db_table
    return [
        Rule(PAGE.kind, table, columns, _key(PAGE.kind, pk)),
        Rule(CARD.kind, table, shown, _key(CARD.kind, pk)),
    ]


def _rows(model: Any, column: str) -> Rule:
    """Rows that hang on a page by `column`."""
    return Rule(PAGE.kind, model._meta.db_table, _columns(model), _key(PAGE.kind, column))


def _restriction_rules() -> list[Rule]:
    """Who may read a page is a matter of all pages below."""
    joined = (
        f"{Page._meta.db_table} AS top ON top.id = {{row}}.page_id "
        f"JOIN {Page._meta.db_table} AS page ON substr(page.path, 1, length(top.path)) = top.path"
    )
    table = PageViewRestriction._meta.db_table
    return [
        Rule(kind, table, ("id", "page_id"), f"'{kind}:' || page.id", joined)
        for kind in (PAGE.kind, CARD.kind)
    ]


def _embargo_rules() -> list[Rule]:
    """Who may read a page is a matter of its aliases too.

    And of theirs: of all that there are, since they are rare and triggers do not recur.
    """
    page = Page._meta.db_table
    joined = (
        f"{page} AS page ON page.id = {{row}}.page_id OR page.alias_of_id = {{row}}.page_id "  # noqa: S608
        f"OR page.alias_of_id IN (SELECT id FROM {page} WHERE alias_of_id IS NOT NULL)"
    )
    table, columns = Embargo._meta.db_table, ("id", "lifted_at", "page_id")
    return [
        Rule(kind, table, columns, f"'{kind}:' || page.id", joined)
        for kind in (PAGE.kind, CARD.kind)
    ]


def _embargoed_file_rules() -> list[Rule]:
    """What only pages under embargo use is kept back; whether others use it, the index tells.

    Others may do so through snippets: what comes to use one, or does no more, touches all that is
    noted, which is little, and which few show.
    """
    found = []
    table, index = EmbargoedFile._meta.db_table, ReferenceIndex._meta.db_table
    embargo = Embargo._meta.db_table
    columns = ("id", "object_id", "to_content_type_id", "to_object_id")
    for kind, model in (("image", NewsImage), ("document", NewsDocument)):
        column = f"{kind}_id"
        key = f"'{kind}:' || held.{column}"
        found += [
            Rule(kind, table, (column, "id"), f"'{kind}:' || {{row}}.{column}"),
            Rule(
                kind,
                embargo,
                ("id", "lifted_at"),
                key,
                f"{table} AS held ON held.embargo_id = {{row}}.id",
            ),
            Rule(
                kind,
                index,
                columns,
                key,
                f"{table} AS held ON CAST(held.{column} AS text) = {{row}}.to_object_id "
                f"JOIN {_types([model])}",
            ),
            Rule(
                kind,
                index,
                columns,
                key,
                f"{table} AS held ON held.{column} IS NOT NULL JOIN {_types(snippet_models())}",
            ),
        ]
    return found


def _types(models: Iterable[type[Model]]) -> str:
    """That a row of the index is of what refers to one of these."""
    # In an order of their own: another one would be another trigger.
    named = " OR ".join(
        f"type.app_label = '{model._meta.app_label}' AND type.model = '{model._meta.model_name}'"
        for model in sorted(models, key=lambda model: model._meta.label)
    )
    table = ContentType._meta.db_table
    return f"{table} AS type ON type.id = {{row}}.to_content_type_id AND ({named})"


def _schedule_rules() -> list[Rule]:
    """A planned publication ends what caches may keep of the page, and of those that show it."""
    table = Revision._meta.db_table
    columns = ("approved_go_live_at", "id", "object_id")
    planned = "CASE WHEN {row}.approved_go_live_at IS NOT NULL THEN "
    return [
        Rule(kind, table, columns, f"{planned}'{kind}:' || {{row}}.object_id END")
        for kind in (PAGE.kind, CARD.kind)
    ]


def _source_rules(source: Source) -> list[Rule]:
    if source.model is None:
        return []
    table = source.model._meta.db_table
    pk = source.model._meta.pk.column
    columns = _columns(source.model)
    if source.column:
        if source.watched:
            columns = tuple(sorted({pk, source.column, *source.watched}))
        return [Rule(source.kind, table, columns, _key(source.kind, source.column, source.model))]
    return [Rule(source.kind, table, columns, _key(source.kind, pk))]


def _constant(key: str, model: type[Model], columns: Iterable[str] = ()) -> Rule:
    watched = {model._meta.pk.column, *columns} if columns else set(_columns(model))
    return Rule(key, model._meta.db_table, tuple(sorted(watched)), f"'{key}'")


def _key(kind: str, column: str, model: Any = None) -> str:
    """The SQL of a key that ends with a column's value, as loaders write it."""
    value = f"{{row}}.{connection.ops.quote_name(column)}"
    field = next((f for f in model._meta.fields if f.column == column), None) if model else None
    if field is not None and field.get_internal_type() == "UUIDField":
        value = _uuid(value)
    return f"'{kind}:' || {value}"


def _uuid(value: str) -> str:
    """SQLite keeps UUIDs without hyphens."""
    if connection.vendor == "postgresql":
        return f"{value}::text"
    starts = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))
    return " || '-' || ".join(f"substr({value}, {start}, {length})" for start, length in starts)


def _columns(model: Any) -> tuple[str, ...]:
    return tuple(sorted(field.column for field in model._meta.local_concrete_fields))
