"""The files that pages under embargo use, noted as they are saved."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Model
from wagtail.models import Page, ReferenceIndex, Revision

from pages.images import NewsDocument, NewsImage
from pages.models.embargo import Embargo, EmbargoedFile, embargo_on


def note_files(embargo: Embargo, pages: Iterable[Page]) -> None:
    """Notes all pictures and files that these pages, or drafts of pages, refer to."""
    rows = [
        EmbargoedFile(embargo=embargo, **{f"{name}_id": file_id})
        for name, model in (("image", NewsImage), ("document", NewsDocument))
        for file_id in sorted(_files(model, pages))
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
    if not raw and model is Page and (embargo := embargo_on(int(instance.object_id))):
        note_files(embargo, [instance.as_object()])


def _files(model: type[Model], pages: Iterable[Page]) -> set[int]:
    """The ids of those that there are: a draft may name a picture that was deleted."""
    content_type = ReferenceIndex._get_base_content_type(model)
    named = {
        int(to_object_id)
        for page in pages
        for to_type, to_object_id, *_ in ReferenceIndex._extract_references_from_object(page)
        if to_type == content_type.pk
    }
    return set(model._default_manager.filter(pk__in=named).values_list("pk", flat=True))
