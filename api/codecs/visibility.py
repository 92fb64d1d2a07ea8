"""What the public may see now. Every answer asks here; nothing else decides it.

The rule does not know who asks: an answer that anybody may cache is the same for everybody, also
for an editor who is signed in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection as FileCollection
from wagtail.models import (
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)

from pages.models import Embargo, EmbargoedFile
from pages.snippets.base import DEPTH, snippet_models

# Where what is noted of pictures and files stands.
_COLUMNS: dict[type[Model], str] = {get_image_model(): "image", get_document_model(): "document"}


def public_page_condition() -> Q:
    """Live, not expired, below no view restriction of any kind, and not under embargo."""
    condition = Q(live=True) & (Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        condition &= ~Q(path__startswith=path)
    if embargoed := embargoed_pages():
        condition &= ~Q(pk__in=embargoed)
    return condition


def embargoed_pages() -> set[int]:
    """Ids of the pages under an embargo that nobody has lifted, and of their aliases."""
    return with_aliases(set(Embargo.objects.in_force().values_list("page_id", flat=True)))


def with_aliases(page_ids: set[int]) -> set[int]:
    """Ids of pages, of their aliases, and of the aliases of those."""
    found = last = page_ids
    while last:
        aliases = Page.objects.filter(alias_of__in=last).values_list("pk", flat=True)
        last = set(aliases) - found
        found = found | last
    return found


def public_pages() -> QuerySet[Page]:
    """All pages that anybody may read now, on every site."""
    return Page.objects.filter(public_page_condition())


def private_collections() -> set[int]:
    """Ids of the collections under a view restriction of any kind."""
    paths = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    if not paths:
        return set()
    condition = Q()
    for path in paths:
        condition |= Q(path__startswith=path)
    return set(FileCollection.objects.filter(condition).values_list("pk", flat=True))


def noted_files() -> Mapping[type[Model], set[int]]:
    """Ids of the pictures and files that pages under embargo use, whoever else uses them."""
    columns = [f"{name}_id" for name in _COLUMNS.values()]
    rows = list(_in_force().values_list(*columns))
    return {
        model: {row[place] for row in rows if row[place]} for place, model in enumerate(_COLUMNS)
    }


def is_noted(model: type[Model]) -> Exists:
    """Whether a page under embargo uses a picture or file, whoever else uses it."""
    return Exists(_in_force().filter(**{_COLUMNS[model]: OuterRef("pk")}))


def held_back(model: type[Model], noted: Collection[int]) -> set[int]:
    """Of pictures or files that pages under embargo use those that nothing public uses."""
    if not noted:
        return set()
    public = model._default_manager.filter(Exists(_public_references(model)), pk__in=noted)
    return set(noted) - set(public.values_list("pk", flat=True))


def embargoed_files(model: type[Model], among: Collection[int] | None = None) -> set[int]:
    """Ids of the pictures or files that pages under embargo use, and nothing that is public."""
    column = _COLUMNS[model]
    noted = _in_force().exclude(**{column: None})
    if among is not None:
        noted = noted.filter(**{f"{column}__in": among})
    return held_back(model, set(noted.values_list(column, flat=True)))


def _in_force() -> QuerySet[EmbargoedFile]:
    return EmbargoedFile.objects.filter(embargo__in=Embargo.objects.in_force())


def editors_files(model: type[Model]) -> QuerySet:
    """Pictures or files outside private collections: also those that are under embargo."""
    return model._default_manager.exclude(collection__in=private_collections())


def shared_files(model: type[Model]) -> QuerySet:
    """Pictures or files that whoever has the address may have: neither private nor under embargo."""
    embargoed = embargoed_files(model)
    shared = editors_files(model)
    return shared.exclude(pk__in=embargoed) if embargoed else shared


def public_files(model: type[Model]) -> QuerySet:
    """Pictures or files that anybody may be told of.

    Those that are shared, but for what only pages use that are not public: a picture tells what a
    draft is about.
    """
    references = _references(model)
    other = ~Q(base_content_type=_type(Page)) | Q(object_id__in=_keys_of_public_pages())
    return shared_files(model).filter(~Exists(references) | Exists(references.filter(other)))


def _public_references(model: type[Model]) -> QuerySet[ReferenceIndex]:
    """From public pages, also through snippets, and from what is neither: a site's settings.

    What nobody has put on a page yet, such as a person, makes nothing public that an embargo holds.
    """
    snippets = [_type(snippet) for snippet in snippet_models()]
    public_page = Q(base_content_type=_type(Page), object_id__in=_keys_of_public_pages())
    public = public_page | ~Q(base_content_type__in=[_type(Page), *snippets])
    is_public = public
    for _ in range(DEPTH):
        users = ReferenceIndex.objects.filter(
            is_public,
            to_content_type=OuterRef("base_content_type"),
            to_object_id=OuterRef("object_id"),
        )
        is_public = public | Q(Exists(users), base_content_type__in=snippets)
    return _references(model).filter(is_public)


def _references(model: type[Model]) -> QuerySet[ReferenceIndex]:
    """To a picture or file, the outer query's."""
    return ReferenceIndex.objects.filter(
        to_content_type=_type(model), to_object_id=Cast(OuterRef("pk"), CharField())
    )


def _keys_of_public_pages() -> QuerySet:
    """As the index has them."""
    return public_pages().values(key=Cast("pk", CharField()))


def _type(model: type[Model]) -> ContentType:
    return ContentType.objects.get_for_model(model)


def public_objects(model: type[Model]) -> QuerySet:
    """What answers may show of a model's objects."""
    if issubclass(model, Page):
        return public_pages()
    if issubclass(model, get_image_model() | get_document_model()):
        return public_files(model)
    return model._default_manager.all()
