"""What the public may see now. Every answer asks here; nothing else decides it.

The rule does not know who asks: an answer that anybody may cache is the same for everybody, also
for an editor who is signed in.
"""

from __future__ import annotations

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction


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


def public_images() -> QuerySet:
    """All pictures outside private collections."""
    return get_image_model().objects.exclude(collection__in=private_collections())


def public_documents() -> QuerySet:
    """All files outside private collections."""
    return get_document_model().objects.exclude(collection__in=private_collections())


def public_objects(model: type[Model]) -> QuerySet:
    """What answers may show of a model's objects."""
    if issubclass(model, Page):
        return public_pages()
    if issubclass(model, get_image_model()):
        return public_images()
    if issubclass(model, get_document_model()):
        return public_documents()
    return model._default_manager.all()
