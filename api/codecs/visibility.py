"""What the public may see now. Every answer asks here; nothing else decides it.

The rule does not know who asks: an answer that anybody may cache is the same for everybody, also
for an editor who is signed in.
"""

from __future__ import annotations

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


def public_page_condition() -> Q:
    """Live, not expired, and below no view restriction of any kind."""
    condition = Q(live=True) & (Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now()))
    for path in PageViewRestriction.objects.values_list("page__path", flat=True):
        condition &= ~Q(path__startswith=path)
    return condition


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


def shared_files(model: type[Model]) -> QuerySet:
    """Pictures or files outside private collections: whoever has the address may have the file."""
    return model._default_manager.exclude(collection__in=private_collections())


def public_files(model: type[Model]) -> QuerySet:
    """Pictures or files that anybody may be told of.

    Those outside private collections, but for what only pages use that are not public: a picture
    tells what a draft is about.
    """
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(model),
        to_object_id=Cast(OuterRef("pk"), CharField()),
    )
    from_pages = Q(base_content_type=ContentType.objects.get_for_model(Page))
    public = public_pages().values(key=Cast("pk", CharField()))
    used = Exists(references)
    used_in_public = Exists(references.filter(~from_pages | Q(object_id__in=public)))
    return shared_files(model).filter(~used | used_in_public)


def public_objects(model: type[Model]) -> QuerySet:
    """What answers may show of a model's objects."""
    if issubclass(model, Page):
        return public_pages()
    if issubclass(model, get_image_model() | get_document_model()):
        return public_files(model)
    return model._default_manager.all()
