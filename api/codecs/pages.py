"""Pages: the one encoder behind every answer that holds a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ManyToManyField, Model, prefetch_related_objects
from modelcluster.models import get_all_child_relations
from pydantic import Field
from wagtail.models import Locale, Page

from api.addresses import api_address, know_site_roots, page_address, site_roots
from api.codecs import block_values  # noqa: F401  (registers the codecs of simple blocks)
from api.codecs.annotations import moment
from api.codecs.codec import Codec, NoCodec
from api.codecs.encoding import Encoded, Encoding, Reference, Scope
from api.codecs.fields import encode_fields, field_codecs
from api.codecs.keys import LOCALES, PAGE, SITES
from api.codecs.links import (
    DEAD,
    encode_page_link,
    live_only,
    load_ids_by_path,
    load_pages,
    load_translation_ids,
)
from api.codecs.naming import component, named_union
from api.codecs.types import Answer, PageLink, PageMeta
from api.granted import Grant
from pages.models import NewsroomPage

# What may differ between a draft and the page published from it, and nothing else. The UUID, like
# the id, only where the page was never saved.
ENVELOPE_FIELDS = (
    "id",
    "uuid",
    "meta.detail_url",
    "meta.first_published_at",
    "meta.last_published_at",
    "meta.preview",
)


class PageAnswer(Answer):
    """What every page answers."""

    id: int | None = Field(description="Null only in the preview of a page never saved.")
    uuid: UUID = Field(description="Stays the same when content moves between installations.")
    meta: PageMeta
    title: str
    breadcrumbs: list[PageLink] = Field(description="Public ancestors, from the front page down.")
    translations: list[PageLink] = Field(description="This page in the other locales.")


@dataclass(frozen=True, slots=True)
class PageCodec:
    """How pages of one model are answered."""

    model: type[NewsroomPage]
    answer: type[PageAnswer]
    fields: dict[str, Codec]


def page_codec(model: type[NewsroomPage]) -> PageCodec:
    """The codec of a page type, from its `api_fields`.

    Raises NoCodec if a field or block has none; the system checks report that at start.
    """
    return _page_codec(model)  # type: ignore[arg-type]  # of a metaclass nothing tells the types of


@cache
def _page_codec(model: Any) -> PageCodec:
    fields = field_codecs(model)
    answer = component(
        model.__name__,
        {
            "type": (Literal[model.short_type()], ...),
            **{name: (codec.type, _field_info(model, name)) for name, codec in fields.items()},
        },
        (model.__doc__ or "").strip(),
        base=PageAnswer,
    )
    return PageCodec(model, answer, fields)


@cache
def page_models() -> dict[str, type[NewsroomPage]]:
    """Every page type of the contract by its short name.

    Raises NoCodec if two have the same.
    """
    models = [
        model
        for model in apps.get_models()
        if issubclass(model, NewsroomPage) and not model._meta.abstract
    ]
    by_name: dict[str, type[NewsroomPage]] = {}
    for model in sorted(models, key=lambda model: model._meta.label):
        other = by_name.setdefault(model.short_type(), model)
        if other is not model:
            raise NoCodec(
                f"{other._meta.label} and {model._meta.label} have the same short name; "
                "rename one of the classes, or override its short_type"
            )
    return by_name


@cache
def any_page() -> Any:
    """The union of all page types, told apart by `type`."""
    return named_union("Page", [page_codec(model).answer for model in page_models().values()])


@dataclass(frozen=True, slots=True)
class EncodedPage(Encoded):
    """A page's answer."""

    page: NewsroomPage


def encode_pages(
    pages: Sequence[NewsroomPage],
    *,
    preview: bool = False,
    drafts: Iterable[NewsroomPage] = (),
    grant: Grant | None = None,
) -> list[EncodedPage]:
    """The answers of several specific pages, in their order.

    The number of queries depends on the types of pages and blocks that occur, not on how many.
    `preview` marks the answers as drafts; `drafts` are further ones that links lead to, and `grant`
    is leave to show pictures and files that are not public.
    """
    known = {page.pk: page for page in (*drafts, *pages) if page.pk} if preview else None
    encoding = Encoding(preview=preview, drafts=known, grant=grant)
    if not preview:
        _prefetch(pages)
    scopes = [Scope(encoding, page) for page in pages]
    answers = encoding.resolve(
        [encode_page(page, scope) for page, scope in zip(pages, scopes, strict=True)]
    )
    return [
        EncodedPage(answer, frozenset(scope.keys), scope.expires_at, page)
        for page, answer, scope in zip(pages, answers, scopes, strict=True)
    ]


def encode_page(page: NewsroomPage, scope: Scope) -> dict[str, Any]:
    """The tree of one page's answer, to be resolved by the scope's encoding."""
    know_site_roots(page, scope.encoding.shared(site_roots))
    scope.keys.update([*PAGE.keys(page.pk), SITES, LOCALES])
    scope.lasts_until(page.expire_at)
    return {
        "id": page.pk,
        "type": page.short_type(),
        "uuid": str(page.uuid),
        "meta": _meta(page, scope),
        "title": page.title,
        "breadcrumbs": [_page_at(path, scope, _live_link) for path in _ancestor_paths(page)],
        "translations": scope.reference(
            load_translation_ids,
            str(page.translation_key),
            lambda found: _others(page, found or [], scope),
        ),
        **_fields(page, scope),
    }


def _fields(page: NewsroomPage, scope: Scope) -> dict[str, Any]:
    """The fields in their order; footnotes are encoded last: mentions in the texts number them."""
    codecs = page_codec(type(page)).fields
    if "footnotes" in codecs:
        scope.footnotes = {str(footnote.uuid): footnote for footnote in page.footnotes.all()}
    footnotes_last = sorted(codecs, key=lambda name: name == "footnotes")
    encoded = encode_fields({name: codecs[name] for name in footnotes_last}, page, scope)
    return {name: encoded[name] for name in codecs}


def _meta(page: NewsroomPage, scope: Scope) -> dict[str, Any]:
    address = page_address(page)
    original = page.alias_of_id
    return {
        "type": page._meta.label,
        "detail_url": api_address("pages:detail", page.pk) if page.pk else None,
        "html_url": address[0] if address else None,
        "slug": page.slug,
        "show_in_menus": page.show_in_menus,
        "seo_title": page.seo_title,
        "search_description": page.search_description,
        "first_published_at": moment(page.first_published_at),
        "last_published_at": moment(page.last_published_at),
        "alias_of": scope.reference(load_pages, original, _v2_link) if original else None,
        "parent": _parent(page, scope),
        "locale": scope.encoding.shared(_locale_codes).get(page.locale_id, ""),
        "preview": scope.encoding.preview,
    }


def _parent(page: NewsroomPage, scope: Scope) -> Any:
    paths = _ancestor_paths(page)
    return _page_at(paths[-1], scope, _v2_link) if paths else None


def _page_at(path: str, scope: Scope, build: Callable[[NewsroomPage | None], Any]) -> Reference:
    """A page by its place in the tree."""
    return scope.reference(
        load_ids_by_path,
        path,
        lambda pk: scope.reference(load_pages, pk, build) if pk else build(None),
    )


def _v2_link(page: NewsroomPage | None) -> dict[str, Any] | None:
    """A page in the words of Wagtail's API v2; None where it is not public."""
    if page is None or encode_page_link(page) is DEAD:
        return None
    address = page_address(page)
    return {
        "id": page.pk,
        "meta": {
            "type": page._meta.label,
            "detail_url": api_address("pages:detail", page.pk),
            "html_url": address[0] if address else None,
        },
        "title": page.title,
    }


def _live_link(page: NewsroomPage | None) -> Any:
    return live_only(encode_page_link(page))


def _others(page: NewsroomPage, found: Iterable[int], scope: Scope) -> list[Any]:
    return [scope.reference(load_pages, pk, _live_link) for pk in found if pk != page.pk]


def _ancestor_paths(page: NewsroomPage) -> list[str]:
    """Places of the ancestors in the tree, from below the root down to the parent."""
    step = Page.steplen
    return [page.path[:length] for length in range(2 * step, len(page.path), step)]


def _locale_codes() -> dict[int, str]:
    return dict(Locale.objects.values_list("pk", "language_code"))


def _prefetch(pages: Sequence[NewsroomPage]) -> None:
    """Rows that hang on the pages, one query for each relation and page type."""
    by_model: dict[type[NewsroomPage], list[NewsroomPage]] = {}
    for page in pages:
        by_model.setdefault(type(page), []).append(page)
    for model, instances in by_model.items():
        prefetch_related_objects(instances, *_relations(model))  # type: ignore[arg-type]


@cache
def _relations(model: Any) -> list[str]:
    """Names of the relations whose rows belong to a page of this type."""
    rows = [str(relation.get_accessor_name()) for relation in get_all_child_relations(model)]
    many = [field.name for field in model._meta.get_fields() if isinstance(field, ManyToManyField)]
    answered = {*page_codec(model).fields, "footnotes"}
    return [name for name in rows + many if name in answered]


def _field_info(model: type[Model], name: str) -> Any:
    """What editors are told of a field, frontends are told too."""
    try:
        text = getattr(model._meta.get_field(name), "help_text", "")
    except FieldDoesNotExist:
        text = (getattr(model, name).__doc__ or "").strip()
    return Field(description=str(text) or None)
