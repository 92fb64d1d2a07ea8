"""Links to pages and files: to what is public now, or dead."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField
from wagtail.models import Page

from api.addresses import know_site_roots, media_address, page_address, site_roots
from api.codecs.encoding import OMITTED, Encoding, Reference, Scope
from api.codecs.images import image_reference
from api.codecs.keys import CARD, COLLECTIONS, Source, reads
from api.codecs.media_types import media_type
from api.codecs.unpublished import granted_by, shown
from api.codecs.visibility import public_page_condition
from pages.models import NewsDocument, NewsroomPage

DEAD = {"type": "dead"}

# What a link or card shows of a page; bodies are not fetched for it.
CARD_FIELDS = (
    "title",
    "slug",
    "url_path",
    "path",
    "depth",
    "translation_key",
    "content_type",
    "locale__language_code",
    "uuid",
    "summary",
    "publication_date",
    "share_image",
    "expire_at",
)


@reads(CARD)
def load_pages(keys: set[int], encoding: Encoding) -> Mapping[int, NewsroomPage]:
    """Public pages of the newsroom by id, with what a card shows of them.

    A draft that is being previewed and links to itself finds itself, as it will once published.
    """
    drafts: dict[Any, Any] = {pk: page for pk, page in encoding.drafts.items() if pk in keys}
    return {page.pk: page for page in _public(encoding, pk__in=keys)} | drafts


@reads(Source("ancestor"))
def load_ids_by_path(keys: set[str], encoding: Encoding) -> Mapping[str, int]:
    """Ids of pages by their place in the tree, whoever may read them: for ancestors.

    Which page is above another changes with the other's own place only, so that nothing has to
    touch these keys.
    """
    return dict(Page.objects.filter(path__in=keys).values_list("path", "pk"))


@reads(Source("translations", Page, column="translation_key", watched=("locale_id",)))
def load_translation_ids(keys: set[str], encoding: Encoding) -> Mapping[str, list[int]]:
    """Ids of the pages that are translations of one another, in the order of their locales."""
    found: dict[str, list[int]] = {}
    rows = Page.objects.filter(translation_key__in=keys).order_by("locale__language_code", "pk")
    for key, pk in rows.values_list("translation_key", "pk"):
        found.setdefault(str(key), []).append(pk)
    return found


def _public(encoding: Encoding, **condition: Any) -> list[NewsroomPage]:
    """One query for the types and one for each type that occurs."""
    roots = encoding.shared(site_roots)
    rows = Page.objects.filter(encoding.shared(public_page_condition), **condition)
    by_type: dict[int, list[int]] = {}
    for pk, content_type in rows.order_by("pk").values_list("pk", "content_type"):
        by_type.setdefault(content_type, []).append(pk)
    pages: list[NewsroomPage] = []
    for content_type, pks in by_type.items():
        model = ContentType.objects.get_for_id(content_type).model_class()
        if model is None or not issubclass(model, NewsroomPage):
            continue
        kind = ("kind",) if kinds(model) else ()
        pages += model.objects.filter(pk__in=pks).select_related("locale").only(*CARD_FIELDS, *kind)
    for page in pages:
        know_site_roots(page, roots)
    return pages


def kinds(model: type[NewsroomPage]) -> dict[str, str]:
    """The kinds that pages of a type may be of, with their labels; none for most types."""
    try:
        field: Any = model._meta.get_field("kind")
    except FieldDoesNotExist:
        return {}
    choices = field.flatchoices if isinstance(field, CharField) else []
    return {value: str(label) for value, label in choices if value}


def encode_page_link(page: NewsroomPage | None) -> dict[str, Any]:
    """A `PageLink`, or a `DeadLink` that tells nothing of the page."""
    address = page_address(page) if page else None
    if page is None or address is None:
        return DEAD
    url, path = address
    return {
        "type": "page",
        "id": page.pk,
        "uuid": str(page.uuid),
        "page_type": page.short_type(),
        "title": page.title,
        "url": url,
        "path": path,
        "locale": page.locale.language_code,
    }


def encode_page_card(page: NewsroomPage | None, scope: Scope) -> dict[str, Any]:
    """A `PageCard`, or a `DeadLink` that tells nothing of the page."""
    link = encode_page_link(page)
    if page is None or link is DEAD:
        return DEAD
    labels = kinds(type(page))
    kind = getattr(page, "kind", "") if labels else ""
    return {
        **link,
        "kind": kind or None,
        "kind_label": labels.get(kind),
        "summary": page.summary,
        "publication_date": page.publication_date.isoformat(),
        "image": image_reference(page.share_image_id, scope),
    }


def page_link(page_id: int, scope: Scope) -> Reference:
    return scope.reference(load_pages, page_id, encode_page_link)


def page_card(page_id: int, scope: Scope) -> Reference:
    return scope.reference(load_pages, page_id, lambda page: encode_page_card(page, scope))


@reads(Source("document", NewsDocument, besides=(COLLECTIONS,)))
def load_documents(keys: set[int], encoding: Encoding) -> Mapping[int, NewsDocument]:
    """Files by id, but for those that are not public, unless there is leave to show them."""
    return shown(NewsDocument, keys, encoding)


def encode_document(document: NewsDocument | None) -> dict[str, Any]:
    """A `DocumentLink`, or a `DeadLink` that tells nothing of the file."""
    if document is None:
        return DEAD
    filename = PurePosixPath(document.file.name).name
    grant = granted_by(document)
    return {
        "type": "document",
        "id": document.pk,
        "title": document.title,
        "url": media_address(grant.document_address(document) if grant else document.url),
        "filename": filename,
        "file_size": document.file_size,
        "mime_type": media_type(filename),
    }


def document_link(document_id: int, scope: Scope) -> Reference:
    return scope.reference(load_documents, document_id, encode_document)


def live_only(link: dict[str, Any]) -> Any:
    """For relations that the page itself does not state: what is not public is not there."""
    return OMITTED if link is DEAD else link
