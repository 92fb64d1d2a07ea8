"""Which live documents a change of the contract touches."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from wagtail.fields import StreamField

from api.codecs.pages import encode_pages, page_models
from api.codecs.visibility import public_pages
from frontend_contract.components import page_components

_COMPONENTS = "#/components/schemas/"
BATCH = 50


def documents_by_component(schemas: dict[str, Any]) -> Counter[str]:
    """How many live documents hold each component, and each type of block as it is stored.

    Components are counted under their names, stored types of blocks as `block:quote`: a block that
    the contract no longer knows is in no document, but its words are still in the database.
    """
    found: Counter[str] = Counter()
    for model in page_models().values():
        name = page_components()[model.short_type()]
        pages = model.objects.filter(pk__in=public_pages().order_by().values("pk")).order_by("pk")
        for batch in _batches(pages.iterator(chunk_size=BATCH)):
            for encoded in encode_pages(batch):
                found.update(components_in(encoded.answer, name, schemas))
                found.update({f"block:{kind}" for kind in stored_blocks(encoded.page)})
    return found


def components_in(value: Any, name: str, schemas: dict[str, Any]) -> set[str]:
    """Names of the components that a value of the component `name` is made of."""
    found: set[str] = set()
    _walk(value, {"$ref": _COMPONENTS + name}, schemas, found)
    return found


def stored_blocks(page: Any) -> set[str]:
    """Types of the blocks that a page's streams hold in the database, also of unknown ones."""
    streams = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return {kind for name in streams for kind in _kinds(list(getattr(page, name).raw_data))}


def _walk(value: Any, schema: Any, schemas: dict[str, Any], found: set[str]) -> None:
    if value is None or not isinstance(schema, dict):
        return
    if reference := schema.get("$ref"):
        name = reference.removeprefix(_COMPONENTS)
        if name in schemas:
            found.add(name)
            _walk(value, schemas[name], schemas, found)
    if discriminator := schema.get("discriminator"):
        kind = value.get(discriminator["propertyName"]) if isinstance(value, dict) else None
        _walk(value, {"$ref": discriminator["mapping"].get(kind, "")}, schemas, found)
    else:
        for member in [*schema.get("anyOf", []), *schema.get("oneOf", [])]:
            _walk(value, member, schemas, found)
    if isinstance(value, list):
        for item in value:
            _walk(item, schema.get("items"), schemas, found)
    elif isinstance(value, dict):
        for member, below in schema.get("properties", {}).items():
            _walk(value.get(member), below, schemas, found)


def _kinds(stored: Any) -> Iterator[str]:
    if isinstance(stored, dict):
        if "type" in stored and "value" in stored:
            yield str(stored["type"])
        for value in stored.values():
            yield from _kinds(value)
    elif isinstance(stored, list):
        for item in stored:
            yield from _kinds(item)


def _batches(pages: Iterable[Any]) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for page in pages:
        batch.append(page)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
