"""Pages: the one encoder behind every answer that holds a page."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal
from uuid import UUID

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import ManyToManyField, Model, prefetch_related_objects
from modelcluster.models import get_all_child_relations
from pydantic import Field
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Locale, Page

from api.addresses import api_address, page_address
from api.codecs import block_values  # noqa: F401  (registers the codecs of simple blocks)
from api.codecs.annotations import moment
from api.codecs.codec import Codec, NoCodec
from api.codecs.encoding import Encoding, Scope
from api.codecs.fields import encode_fields, field_codecs
from api.codecs.links import (
    DEAD,
    encode_page_link,
    live_only,
    load_pages,
    load_pages_by_path,
    load_translations,
)
from api.codecs.naming import component, named_union
from api.codecs.types import Answer, PageLink, PageMeta
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
    """How pages of one model are answered; `texts` are the fields that may mention footnotes."""

    model: type[NewsroomPage]
    answer: type[PageAnswer]
    fields: dict[str, Codec]
    texts: frozenset[str]


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
    texts = {
        field.name
        for field in model._meta.get_fields()
        if field.name in fields and isinstance(field, RichTextField | StreamField)
    }
    return PageCodec(model, answer, fields, frozenset(texts))


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


def encode_pages(
    pages: Sequence[NewsroomPage], *, names: Collection[str] | None = None, preview: bool = False
) -> list[dict[str, Any]]:
    """The answers of several specific pages, in their order, in plain JSON values.

    `names` are the members (also of `meta`) that are wanted; None for all. Members that cost
    queries are left out where they are not wanted. The number of queries depends on the types of
    pages and blocks that occur, not on how many. `preview` marks the answers as drafts.
    """
    drafts = {page.pk: page for page in pages if page.pk} if preview else None
    encoding = Encoding(preview=preview, drafts=drafts)
    if not preview:
        _prefetch(pages, names)
    return encoding.resolve([encode_page(page, encoding, names) for page in pages])


def encode_page(
    page: NewsroomPage, encoding: Encoding, names: Collection[str] | None = None
) -> dict[str, Any]:
    """The tree of one page's answer, to be resolved by `encoding`."""
    scope = Scope(encoding, page)
    tree = {
        "id": page.pk,
        "type": page.short_type(),
        "uuid": str(page.uuid),
        "meta": _meta(page, scope, names),
        "title": page.title,
    }
    if names is None or "breadcrumbs" in names:
        tree["breadcrumbs"] = [
            scope.reference(load_pages_by_path, path, _live_link) for path in _ancestor_paths(page)
        ]
    if names is None or "translations" in names:
        tree["translations"] = scope.reference(
            load_translations, str(page.translation_key), lambda found: _others(page, found or [])
        )
    return tree | _fields(page, scope, names)


def _fields(page: NewsroomPage, scope: Scope, names: Collection[str] | None) -> dict[str, Any]:
    """The wanted fields, and on a page with footnotes all of its texts: their mentions number them.

    Whatever is wanted of a text, its footnotes have the same numbers.
    """
    codec = page_codec(type(page))
    wanted = _wanted(type(page), names)
    if "footnotes" in wanted or codec.texts & wanted.keys():
        scope.footnotes = {str(footnote.uuid): footnote for footnote in page.footnotes.all()}
    if scope.footnotes:
        wanted = {
            name: field
            for name, field in codec.fields.items()
            if name in wanted or name in codec.texts
        }
    footnotes_last = sorted(wanted, key=lambda name: name == "footnotes")
    encoded = encode_fields({name: wanted[name] for name in footnotes_last}, page, scope)
    return {name: encoded[name] for name in wanted}


def _wanted(model: type[NewsroomPage], names: Collection[str] | None) -> dict[str, Codec]:
    """The codecs of the wanted fields."""
    fields = page_codec(model).fields
    if names is None:
        return fields
    return {name: codec for name, codec in fields.items() if name in names}


def _meta(page: NewsroomPage, scope: Scope, names: Collection[str] | None) -> dict[str, Any]:
    address = page_address(page)
    meta: dict[str, Any] = {
        "type": page._meta.label,
        "detail_url": api_address("pages:detail", page.pk) if page.pk else None,
        "html_url": address[0] if address else None,
        "slug": page.slug,
        "show_in_menus": page.show_in_menus,
        "seo_title": page.seo_title,
        "search_description": page.search_description,
        "first_published_at": moment(page.first_published_at),
        "last_published_at": moment(page.last_published_at),
        "alias_of": None,
        "parent": None,
        "locale": scope.encoding.shared(_locale_codes).get(page.locale_id, ""),
        "preview": scope.encoding.preview,
    }
    if page.alias_of_id and (names is None or "alias_of" in names):
        meta["alias_of"] = scope.reference(load_pages, page.alias_of_id, _v2_link)
    if names is None or "parent" in names:
        meta["parent"] = _parent(page, scope)
    return meta


def _parent(page: NewsroomPage, scope: Scope) -> Any:
    paths = _ancestor_paths(page)
    return scope.reference(load_pages_by_path, paths[-1], _v2_link) if paths else None


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


def _others(page: NewsroomPage, found: Iterable[NewsroomPage]) -> list[Any]:
    return [_live_link(other) for other in found if other.pk != page.pk]


def _ancestor_paths(page: NewsroomPage) -> list[str]:
    """Places of the ancestors in the tree, from below the root down to the parent."""
    step = Page.steplen
    return [page.path[:length] for length in range(2 * step, len(page.path), step)]


def _locale_codes() -> dict[int, str]:
    return dict(Locale.objects.values_list("pk", "language_code"))


def _prefetch(pages: Sequence[NewsroomPage], names: Collection[str] | None) -> None:
    """Rows that hang on the pages, one query for each relation and page type."""
    by_model: dict[type[NewsroomPage], list[NewsroomPage]] = {}
    for page in pages:
        by_model.setdefault(type(page), []).append(page)
    for model, instances in by_model.items():
        wanted = _wanted(model, names)
        if wanted:
            known = _relations(model)  # type: ignore[arg-type]
            relations = [name for name in known if name in {*wanted, "footnotes"}]
            prefetch_related_objects(instances, *relations)


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
