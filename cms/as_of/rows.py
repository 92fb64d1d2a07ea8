"""The rows of pages, read together and written without the signals of saving."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from django.db import connection
from modelcluster.models import (
    ClusterableModel,
    get_all_child_m2m_relations,
    get_all_child_relations,
)
from wagtail.models import COMMENTS_RELATION_NAME, Page

ALIASES = "aliases"


def attached_to(pages: Collection[Page]) -> defaultdict[int, set[str]]:
    """By page, the names of its relations that have something in them, and `ALIASES` if it has some."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    aliases = Page.objects.filter(alias_of__in=[page.pk for page in pages])
    for pk in aliases.values_list("alias_of_id", flat=True):
        found[pk].add(ALIASES)
    for model in {type(page) for page in pages}:
        ids = [page.pk for page in pages if type(page) is model]
        columns = [
            (relation.get_accessor_name(), relation.related_model, relation.field.name)
            for relation in get_all_child_relations(model)
        ]
        columns += [
            (field.name, field.remote_field.through, field.m2m_field_name())
            for field in get_all_child_m2m_relations(model)
        ]
        for name, related, column in columns:
            rows = related._default_manager.filter(**{f"{column}__in": ids}).order_by()
            for pk in rows.values_list(column, flat=True).distinct():
                found[pk].add(name)
    return found


def write(page: Page, relations: Collection[str]) -> None:
    """Writes a page, and of its relations those named, whose rows are others or may be."""
    for model in (*page._meta.get_parent_list(), type(page)):
        values = {
            field.name: getattr(page, field.attname)
            for field in model._meta.local_concrete_fields
            if not field.primary_key
        }
        model._base_manager.filter(pk=page.pk).update(**values)
    names = [relation.get_accessor_name() for relation in get_all_child_relations(page)]
    names += [field.name for field in get_all_child_m2m_relations(page)]
    changed = [name for name in names if name in relations and name != COMMENTS_RELATION_NAME]
    # As saving would say.
    page._state.db = connection.alias
    # The cluster's own, past those of pages: nothing of the page itself is left to save.
    ClusterableModel.save(page, update_fields=changed)
