"""What the public may see now. Every answer asks here; nothing else decides it.

The rule does not know who asks: an answer that anybody may cache is the same for everybody, also
for an editor who is signed in.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Page,
    PageViewRestriction,
    ReferenceIndex,
)

from pages.models import Embargo, EmbargoedFile


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
    last = set(Embargo.objects.filter(lifted_at=None).values_list("page_id", flat=True))
    found = last
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
    return set(Collection.objects.filter(condition).values_list("pk", flat=True))


def embargoed_files() -> Mapping[type[Model], set[int]]:
    """Ids of the pictures and files that pages under embargo use, and nothing that is public."""
    rows = list(EmbargoedFile.objects.values_list("image", "document"))
    return {
        model: _without_public(model, {pk for pk in column if pk})
        for model, column in (
            (get_image_model(), [image for image, _ in rows]),
            (get_document_model(), [document for _, document in rows]),
        )
    }


def _without_public(model: type[Model], held: set[int]) -> set[int]:
    if not held:
        return held
    public = model._default_manager.filter(_used(model, in_public=True), pk__in=held)
    return held - set(public.values_list("pk", flat=True))


def editors_files(model: type[Model]) -> QuerySet:
    """Pictures or files outside private collections: also those that are under embargo."""
    return model._default_manager.exclude(collection__in=private_collections())


def shared_files(model: type[Model]) -> QuerySet:
    """Pictures or files that whoever has the address may have: neither private nor under embargo."""
    embargoed = embargoed_files()[model]
    shared = editors_files(model)
    return shared.exclude(pk__in=embargoed) if embargoed else shared


def public_files(model: type[Model]) -> QuerySet:
    """Pictures or files that anybody may be told of.

    Those that are shared, but for what only pages use that are not public: a picture tells what a
    draft is about.
    """
    return shared_files(model).filter(~_used(model) | _used(model, in_public=True))


def _used(model: type[Model], *, in_public: bool = False) -> Exists:
    """Whether something uses a picture or file; or something that is no page, or a public one."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    if not in_public:
        return Exists(references)
    from_pages = Q(base_content_type=ContentType.objects.get_for_model(Page))
    public = public_pages().values(key=Cast("pk", CharField()))
    return Exists(references.filter(~from_pages | Q(object_id__in=public)))


def public_objects(model: type[Model]) -> QuerySet:
    """What answers may show of a model's objects."""
    if issubclass(model, Page):
        return public_pages()
    if issubclass(model, get_image_model() | get_document_model()):
        return public_files(model)
    return model._default_manager.all()
