"""The OpenAPI 3.1 document: drf-spectacular walks the endpoints, pydantic types what they answer."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from drf_spectacular.generators import EndpointEnumerator, SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.settings import patched_settings
from pydantic import TypeAdapter

from api.errors import PROBLEM_JSON
from api.webhooks.messages import message_types
from frontend_contract.components import REFERENCE, ContractSchema, components
from frontend_contract.operation import (
    AS_OF_TOKEN,
    DRAFT_TOKEN,
    REVIEW_TOKEN,
    Operation,
    Parameter,
    Refusal,
)
from frontend_contract.operations import operation_of
from frontend_contract.version import API_ROOT, VERSION_HEADER

DESCRIPTION = """\
Pages of the newsroom as typed JSON. Everything is always there: a member is null or empty, never
missing, unless `fields=` left it out. Consumers ignore members they do not know, render block types
they do not know as nothing, and treat values of enums they do not know as none: new ones come with
minor versions. People who ask with a browser (`Accept: text/html`) get the same as a page to browse.
"""
BEARERS = {
    DRAFT_TOKEN: "The token of a draft.",
    REVIEW_TOKEN: "The token of a review link.",
    AS_OF_TOKEN: "The token of a preview of the site, which an editor begins in the admin: answers are "
    "those that the public will have at its moment, which `Dateline-As-Of` repeats. With it, and only "
    "then, `as_of=` names another moment (ISO 8601 with a zone; of the year to come). Answers are "
    "`private, no-store`. 410, without that header, for a preview that has ended.",
}
SENT = {
    "ChangeMessage": "A change of a page",
    "TagsMessage": "The tags of answers to drop",
}
PROBLEMS = {
    400: "The request is wrong; `detail` says what to mend.",
    404: "There is no such thing, or nobody may see it.",
    410: "It was public, and is no more.",
}
OTHERS = "Any other problem: 405, 406, or 5xx while something is broken."


def openapi(version: str) -> dict[str, Any]:
    """The document, of which the same code always gives the same bytes.

    Raises LookupError for an endpoint that `operations` does not describe.
    """
    settings = {
        "TITLE": "Dateline delivery API",
        "DESCRIPTION": DESCRIPTION,
        "VERSION": version,
        "OAS_VERSION": "3.1.1",
        "POSTPROCESSING_HOOKS": [],
    }
    with patched_settings(settings):
        document = ContractGenerator().get_schema(public=True)
    schemes = {
        name: {"type": "http", "scheme": "bearer", "description": description}
        for name, description in BEARERS.items()
    }
    document["components"] = {"schemas": components(), "securitySchemes": schemes}
    document["servers"] = [{"url": "/"}]
    document["webhooks"] = {name: _webhook(name) for name in message_types()}
    return document


def _webhook(name: str) -> dict[str, Any]:
    """What is sent, and what is made of the answer: Standard Webhooks."""
    schema = {"$ref": REFERENCE.format(model=name)}
    return {
        "post": {
            "operationId": name[0].lower() + name[1:],
            "tags": ["webhooks"],
            "summary": SENT[name],
            "security": [{}],
            "description": "Signed as Standard Webhooks has it (`webhook-id`, `webhook-timestamp`, "
            "`webhook-signature`). The same message may come twice, with the same `webhook-id`.",
            "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
            "responses": {
                "2XX": {"description": "It has arrived. Anything else, and it comes again."},
                "410": {"description": "Nothing more is sent to this address."},
            },
        }
    }


class PublicEndpoints(EndpointEnumerator):
    """The delivery API's; the admin has one of its own."""

    def should_include_endpoint(self, path: str, callback: Any) -> bool:
        return path.startswith(API_ROOT) and super().should_include_endpoint(path, callback)


class ContractGenerator(SchemaGenerator):
    """Describes each endpoint by `ContractOperation`, whatever the settings say."""

    endpoint_inspector_cls = PublicEndpoints

    def create_view(self, callback: Any, method: str, request: Any = None) -> Any:
        view = super().create_view(callback, method, request)
        self._set_schema_to_view(view, ContractOperation())
        return view


class ContractOperation(AutoSchema):
    """Reads what is in the table of operations."""

    @property
    def operation(self) -> Operation:
        return operation_of(self.view, getattr(self.view, "action", self.method.lower()))

    def get_operation_id(self) -> str:
        return self.operation.name

    def get_tags(self) -> list[str]:
        return [self.operation.tag]

    def get_summary(self) -> str:
        return self.operation.summary

    def get_description(self) -> str:  # type: ignore[override]
        return self.operation.description

    def get_auth(self) -> list[Any]:
        bearer = self.operation.bearer
        named = [{bearer: []}] if bearer else []
        return named if bearer == REVIEW_TOKEN else [*named, {}]

    def _get_request_body(self, direction: Any = "request") -> dict[str, Any] | None:
        if self.operation.body is None:
            return None
        schema = _reference(self.operation.body)
        return {"required": True, "content": {"application/json": {"schema": schema}}}

    def _get_parameters(self) -> list[dict[str, Any]]:
        in_path = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}
            for name in self.path.split("/")
            if name.startswith("{")
        ]
        for parameter in in_path:
            parameter["name"] = str(parameter["name"]).strip("{}")
        return in_path + [_parameter(parameter) for parameter in self.operation.parameters]

    def _get_response_bodies(self, direction: Any = "response") -> dict[str, Any]:
        operation = self.operation
        refusals = [Refusal(status, PROBLEMS[status]) for status in operation.problems]
        problems = {
            str(refusal.status): _problem(refusal)
            for refusal in sorted((*refusals, *operation.refusals), key=lambda each: each.status)
        }
        problems["default"] = _problem(Refusal(500, OTHERS))
        return {**self._success(), **problems}

    def _success(self) -> dict[str, Any]:
        operation = self.operation
        if operation.answer is None and not operation.text:
            location = {"description": "Of what was found.", "schema": {"type": "string"}}
            return {
                "302": {
                    "description": "It is at `Location`.",
                    "headers": {**_headers(), "Location": location},
                }
            }
        media_type = "text/plain" if operation.text else "application/json"
        schema = {"type": "string"} if operation.text else _reference(str(operation.answer))
        return {
            str(operation.status.value): {
                "description": operation.status.phrase,
                "headers": _headers(),
                "content": {media_type: {"schema": schema}},
            }
        }


def _reference(name: str) -> dict[str, str]:
    return {"$ref": REFERENCE.format(model=name)}


def _problem(refusal: Refusal) -> dict[str, Any]:
    headers = _headers()
    if refusal.status == HTTPStatus.TOO_MANY_REQUESTS:
        headers["Retry-After"] = {"description": "In seconds.", "schema": {"type": "integer"}}
    return {
        "description": refusal.text,
        "headers": headers,
        "content": {PROBLEM_JSON: {"schema": _reference(refusal.answer)}},
    }


def _headers() -> dict[str, Any]:
    return {
        VERSION_HEADER: {
            "description": "The version of the contract that this answer keeps.",
            "schema": {"type": "string"},
        }
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = TypeAdapter(parameter.type).json_schema(schema_generator=ContractSchema)
    described = {
        "name": parameter.name,
        "in": parameter.place,
        "description": parameter.description,
        "required": parameter.required,
        "schema": schema,
    }
    if "array" in str(schema):
        described |= {"style": "form", "explode": False}
    return described
