"""The contract's types: what endpoints answer, as components that refer to each other by name."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from api.changes.answer import changes_answer
from api.codecs.listings import listing_of, page_listing_meta
from api.codecs.pages import any_page, page_codec, page_models
from api.codecs.sites import site_answer
from api.errors import Problem
from api.views.files import DocumentItem, ImageItem
from api.views.redirects import RedirectItem
from api.views.route import route_answer
from api.webhooks.messages import message_types
from frontend_contract.compat.schemas import PART_OF
from frontend_contract.extensions import extensions

REFERENCE = "#/components/schemas/{model}"


@cache
def answers() -> dict[str, Any]:
    """What endpoints answer and take, by the name of the component that it is."""
    pages = [page_codec(model).answer for model in page_models().values()]
    return {
        "Page": any_page(),
        "PageListing": listing_of("Page", pages, page_listing_meta()),
        "Route": route_answer(),
        "Site": site_answer(),
        "ImageItem": ImageItem,
        "ImageListing": listing_of("Image", [ImageItem]),
        "DocumentItem": DocumentItem,
        "DocumentListing": listing_of("Document", [DocumentItem]),
        "RedirectItem": RedirectItem,
        "RedirectListing": listing_of("Redirect", [RedirectItem]),
        "ChangeListing": changes_answer(),
        **message_types(),
        "Problem": Problem,
        **{name: kind for each in extensions() for name, kind in each.answers().items()},
    }


@cache
def page_components() -> dict[str, str]:
    """The names of page types' components by their short types: `{"home": "HomePage", …}`."""
    return {name: page_codec(model).answer.__name__ for name, model in page_models().items()}


class ContractSchema(GenerateJsonSchema):
    """JSON Schema without what only Python means by it: titles of fields, and defaults."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: Any) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


@cache
def components() -> dict[str, Any]:
    """Every type of the contract by its name, as JSON Schema 2020-12."""
    adapters = [(name, "validation", TypeAdapter(kind)) for name, kind in answers().items()]
    found, definitions = TypeAdapter.json_schemas(
        adapters,  # type: ignore[arg-type]  # the mode is a literal
        ref_template=REFERENCE,
        schema_generator=ContractSchema,
    )
    schemas = dict(definitions["$defs"])
    for (name, _), schema in found.items():
        schemas.setdefault(name, schema)
    return {name: _part(name, schemas) | _tidy(schemas[name]) for name in sorted(schemas)}


def _part(name: str, schemas: dict[str, Any]) -> dict[str, str]:
    """Says of what a component is a part: what changes in one is told of the other."""
    whole = name.removesuffix("Part")
    return {PART_OF: whole} if whole != name and whole in schemas else {}


def _tidy(schema: Any) -> Any:
    """Without the titles of models, which are their components' names, and bounds that bind not."""
    if isinstance(schema, dict):
        return {
            key: _tidy(value)
            for key, value in schema.items()
            if not (key == "title" and isinstance(value, str)) and (key, value) != ("minItems", 0)
        }
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    return schema
