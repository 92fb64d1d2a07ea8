"""The files that pages under embargo use, noted as they are saved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex, Revision

from pages.images import NewsDocument, NewsImage
from pages.models.embargo import (
    Embargo,
    EmbargoedFile,
    await_embargoes,
    await_snippets,
    embargo_on,
    take_turn,
)
from pages.snippets.base import DEPTH, NewsroomSnippet, snippet_models

# Ids of what is referred to, by model.
References = dict[type[Model], set[str]]


def note_files(embargo: Embargo, pages: Iterable[Page]) -> None:
    """Notes all pictures and files that these pages, or drafts of pages, refer to.

    Also through snippets: the portrait of a person, and the logo of the person's organisation.
    """
    named = _references(pages)
    for model, ids in _with_snippets(named).items():
        named[model] |= ids
    rows = [
        EmbargoedFile(embargo=embargo, **{f"{name}_id": file_id})
        for name, model in (("image", NewsImage), ("document", NewsDocument))
        for file_id in sorted(_there(model, named[model]))
    ]
    EmbargoedFile.objects.bulk_create(rows, ignore_conflicts=True)


def note_files_of(embargo: Embargo) -> None:
    """Notes those of its page as it is, of its latest draft, and of the one that is planned."""
    page = embargo.page.specific
    drafts = {page.latest_revision, page.scheduled_revision} - {None}
    note_files(embargo, [page, *(draft.as_object() for draft in drafts)])


def note_files_of_draft(instance: Revision, raw: bool, **kwargs: Any) -> None:
    """For a revision that is saved: what a draft of a page under embargo uses, nobody may see."""
    model = instance.base_content_type.model_class()
    # A fixture may have its pages still to come.
    if raw or model is not Page:
        return
    page_id = int(instance.object_id)
    with transaction.atomic():
        take_turn(page_id)
        if embargo := embargo_on(page_id):
            await_snippets()
            note_files(embargo, [instance.as_object()])


def note_files_of_snippet(instance: Model, raw: bool, **kwargs: Any) -> None:
    """For a snippet that is saved, such as a person with a new portrait.

    Which drafts use it no index tells: all that are under embargo are looked at, which are few.
    """
    if not raw and isinstance(instance, NewsroomSnippet) and _references([instance]):
        with transaction.atomic():
            await_embargoes()
            for embargo in Embargo.objects.in_force():
                note_files_of(embargo)


def _with_snippets(named: References) -> References:
    """What the snippets among these refer to, and those among that."""
    found: References = defaultdict(set)
    for _ in range(DEPTH):
        snippets = [
            snippet
            for model in snippet_models()
            if named[model]
            for snippet in model._default_manager.filter(pk__in=named[model])
        ]
        named = _references(snippets)
        for model, ids in named.items():
            found[model] |= ids
    return found


def _references(objects: Iterable[Model]) -> References:
    found: References = defaultdict(set)
    for one in objects:
        for type_id, object_id, *_ in ReferenceIndex._extract_references_from_object(one):
            if model := ContentType.objects.get_for_id(type_id).model_class():
                found[model].add(object_id)
    return found


def _there(model: type[Model], ids: set[str]) -> set[int]:
    """Of these those that there are: a draft may name a picture that was deleted."""
    return set(model._default_manager.filter(pk__in=ids).values_list("pk", flat=True))
