"""Compares two whole documents, endpoint by endpoint."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from frontend_contract.compat.changes import Change
from frontend_contract.compat.places import labels
from frontend_contract.compat.reading import Schema, canonical, listed
from frontend_contract.compat.schemas import PART_OF, Schemas, Where
from frontend_contract.compat.verdicts import ANSWERS, PARAMETERS

METHODS = ("get", "head", "options", "post", "put", "patch", "delete", "trace")
# What is compared by itself, and what is said for people.
TOLD = {
    "description",
    "externalDocs",
    "parameters",
    "requestBody",
    "responses",
    "summary",
    "tags",
}
SAID = {"operationId", "summary", "tags"}
IN_PLACE = {"query": "?{}", "path": "{{{}}}", "header": "{}:", "cookie": "cookie {}"}


def compare(before: Schema, after: Schema) -> list[Change]:
    """All changes between two OpenAPI 3.1 documents: breaking ones first, then by place.

    A component is compared once, however many places it occurs at.
    """
    documents = _Documents(before, after)
    documents.compare()
    changes = documents.endpoints | documents.parameters.changes | documents.in_answers()
    return sorted(changes, key=lambda change: (not change.breaking, change.place, change.text))


class _Documents:
    """Two documents, and what was found in them."""

    def __init__(self, before: Schema, after: Schema) -> None:
        self.before, self.after = before, after
        old, new = (
            document.get("components", {}).get("schemas", {}) for document in (before, after)
        )
        names = {**labels(after), **labels(before)}
        self.answers = Schemas(old, new, names, ANSWERS)
        self.parameters = Schemas(old, new, names, PARAMETERS)
        self.endpoints: set[Change] = set()

    def compare(self) -> None:
        old, new = dict(_operations(self.before)), dict(_operations(self.after))
        for endpoint in old.keys() - new.keys():
            self._report(True, endpoint, "was removed: requests to it find nothing")
        for endpoint in new.keys() - old.keys():
            self._report(False, endpoint, "is new: consumers may ask it")
        for endpoint in sorted(old.keys() & new.keys()):
            self._compare_parameters(endpoint, old[endpoint], new[endpoint])
            self._compare_bodies(endpoint, old[endpoint], new[endpoint])
            self._compare_responses(
                endpoint, old[endpoint].get("responses", {}), new[endpoint].get("responses", {})
            )
            self._compare_rest(endpoint, old[endpoint], new[endpoint])
        self._compare_rest("the API", _whole(self.before), _whole(self.after))
        self._compare_webhooks()
        self._compare_schemes()
        self._compare_names()

    def in_answers(self) -> set[Change]:
        """Changes of what readers get; one that a part shares with its whole is told of the whole."""
        found = self.answers.changes
        return {change for change in found if self._of_the_whole(change) not in found}

    def _of_the_whole(self, change: Change) -> Change | None:
        part = str(change.component)
        whole: str | None = self.answers.before.get(part, {}).get(PART_OF)
        if whole is None:
            return None
        names: dict[str, str] = self.answers.labels
        place = names.get(whole, whole) + change.place.removeprefix(names.get(part, part))
        return replace(change, place=place, component=whole)

    def _report(self, breaking: bool, place: str, text: str) -> None:
        self.endpoints.add(Change(breaking, place, text, None))

    def _compare_rest(self, place: str, before: Schema, after: Schema) -> None:
        """Whatever else is said of an endpoint, or of all: any difference may break somebody."""
        for keyword in sorted((before.keys() | after.keys()) - TOLD):
            if keyword == "security" and _admits_more(before, after):
                self._report(False, place, "takes another token: requests without are answered")
            elif canonical(before.get(keyword)) != canonical(after.get(keyword)):
                text = f"changed its {keyword}: consumers that rely on it break"
                self._report(True, place, text)

    def _compare_webhooks(self) -> None:
        """What is sent without being asked for; its components are compared with all others."""
        old, new = (dict(_operations(one, "webhooks")) for one in (self.before, self.after))
        for name in old.keys() - new.keys():
            self._report(True, f"webhook {name}", "was removed: nobody is told of it any more")
        for name in new.keys() - old.keys():
            self._report(False, f"webhook {name}", "is new: consumers may ask to be told")
        for name in sorted(old.keys() & new.keys()):
            if _meant(old[name]) != _meant(new[name]):
                text = "changed what it sends or takes: receivers that rely on it break"
                self._report(True, f"webhook {name}", text)

    def _compare_schemes(self) -> None:
        """How readers say who they are, by the names that endpoints call it."""
        old, new = (
            one.get("components", {}).get("securitySchemes", {})
            for one in (self.before, self.after)
        )
        for name in sorted(old.keys() & new.keys()):
            if canonical(old[name]) != canonical(new[name]):
                text = "is said in another way: requests that say it as before are refused"
                self._report(True, f"security {name}", text)

    # What readers send ------------------------------------------------------------------------

    def _compare_parameters(self, endpoint: str, before: Schema, after: Schema) -> None:
        old, new = _parameters(self.before, before), _parameters(self.after, after)
        for key in sorted(old.keys() | new.keys()):
            where = Where(f"{endpoint} {key}", None)
            if key not in new:
                self.parameters.report(where, "removed")
            elif key not in old:
                kind = "added required" if new[key].get("required") else "added"
                self.parameters.report(where, kind)
            else:
                self._compare_parameter(where, old[key], new[key])

    def _compare_parameter(self, where: Where, before: Schema, after: Schema) -> None:
        if bool(before.get("required")) != bool(after.get("required")):
            kind = "required" if after.get("required") else "optional"
            self.parameters.report(where, kind)
        if _written(before) != _written(after):
            text = "is written in another way now: requests that write it as before are refused"
            self._report(True, where.place, text)
        self._compare_defaults(where.place, _schema(before), _schema(after))
        self.parameters.compare(_schema(before), _schema(after), where)

    def _compare_bodies(self, endpoint: str, before: Schema, after: Schema) -> None:
        old = _found(self.before, before.get("requestBody", {}))
        new = _found(self.after, after.get("requestBody", {}))
        where = Where(f"{endpoint} body", None)
        if not old and new:
            self.parameters.report(where, "added required" if new.get("required") else "added")
        elif old and not new:
            self.parameters.report(where, "removed")
        elif old:
            if bool(old.get("required")) != bool(new.get("required")):
                self.parameters.report(where, "required" if new.get("required") else "optional")
            for media in old.get("content", {}).keys() - new.get("content", {}).keys():
                text = f"is taken no more as {media}: requests that send it are refused"
                self._report(True, where.place, text)
            self.parameters.compare(_schema(old), _schema(new), where)

    def _compare_defaults(self, place: str, before: Schema, after: Schema) -> None:
        """What counts where a parameter is not sent."""
        old, new = before.get("default"), after.get("default")
        if canonical(old) == canonical(new):
            return
        if isinstance(old, list) and isinstance(new, list) and not set(old) - set(new):
            text = f"is {listed(new)} unless sent: consumers ignore members they do not know"
            self._report(False, place, text)
        else:
            text = (
                f"is {listed([new])} unless sent, not {listed([old])}: who does not send it breaks"
            )
            self._report(True, place, text)

    # What readers get -------------------------------------------------------------------------

    def _compare_responses(self, endpoint: str, before: Schema, after: Schema) -> None:
        for status in before.keys() - after.keys():
            text = f"answers no more with status {status}: consumers that wait for it break"
            self._report(True, endpoint, text)
        for status in after.keys() - before.keys():
            if _is_told_by_its_class(status):
                text = f"may answer with status {status}: consumers that know its class go on"
                self._report(False, endpoint, text)
            else:
                text = f"may answer with status {status} now: consumers that do not expect it break"
                self._report(True, endpoint, text)
        for status in sorted(before.keys() & after.keys()):
            old = _found(self.before, before[status])
            new = _found(self.after, after[status])
            self._compare_media(endpoint, status, old.get("content", {}), new.get("content", {}))
            self._compare_headers(endpoint, status, old.get("headers", {}), new.get("headers", {}))

    def _compare_media(self, endpoint: str, status: str, before: Schema, after: Schema) -> None:
        for media in before.keys() - after.keys():
            text = f"answers {status} no more as {media}: consumers that read it break"
            self._report(True, endpoint, text)
        for media in after.keys() - before.keys():
            text = f"may answer {status} as {media}: consumers may ask for it"
            self._report(False, endpoint, text)
        for media in sorted(before.keys() & after.keys()):
            where = Where(f"{endpoint} {status}", None)
            self.answers.compare(
                before[media].get("schema", {}), after[media].get("schema", {}), where
            )

    def _compare_headers(self, endpoint: str, status: str, before: Schema, after: Schema) -> None:
        # Headers are the same whichever way their names are capitalised.
        old, new = ({name.lower(): name for name in headers} for headers in (before, after))
        for key in sorted(old.keys() | new.keys()):
            where = Where(f"{endpoint} {status} {new.get(key) or old[key]}:", None)
            if key not in new:
                self.answers.report(where, "removed")
                continue
            if key not in old:
                self.answers.report(where, "added")
                continue
            was = _found(self.before, before[old[key]])
            now = _found(self.after, after[new[key]])
            if bool(was.get("required")) != bool(now.get("required")):
                self.answers.report(where, "required" if now.get("required") else "optional")
            self.answers.compare(_schema(was), _schema(now), where)

    # Names ------------------------------------------------------------------------------------

    def _compare_names(self) -> None:
        """Components by their names, by which TypeScript consumers import their types.

        This also compares those that no answer refers to, such as the bodies of webhooks.
        """
        old, new = self.answers.before, self.answers.after
        sent = {name for name, _ in self.parameters.compared}
        for name in sorted(old.keys() & new.keys() - sent):
            self.answers.compare_components(name, name)
        for name in sorted(old.keys() - new.keys()):
            change = Change(True, name, self._what_became_of(name), name)
            self.answers.changes.add(change)

    def _what_became_of(self, name: str) -> str:
        broken = "TypeScript consumers that import the type by its name break"
        successors = sorted(self.answers.successors[name] | self.parameters.successors[name])
        if not successors:
            return f"is gone from the named types: {broken}"
        if len(successors) == 1 and not self.answers.differences(name, successors[0]):
            return f"was renamed to {successors[0]}, its JSON is the same: {broken}"
        others = " and ".join(successors)
        return f"was replaced by {others}, whose JSON differs: consumers that read it break"


def _admits_more(before: Schema, after: Schema) -> bool:
    """Whether all that was let in still is, and more: alternatives were added and none was taken."""
    old, new = before.get("security", []), after.get("security", [])
    return bool(old) and len(new) > len(old) and all(each in new for each in old)


def _meant(operation: Schema) -> Any:
    """What a webhook sends and takes, without what is said of it to people."""
    return canonical({key: operation[key] for key in operation.keys() - SAID})


def _operations(document: Schema, kind: str = "paths") -> Iterator[tuple[str, Schema]]:
    """Operations by "GET /path/", with the parameters that their path has in common."""
    for path, item in document.get(kind, {}).items():
        for method in METHODS:
            if method in item:
                shared = item.get("parameters", [])
                operation = item[method]
                parameters = [*shared, *operation.get("parameters", [])]
                yield f"{method.upper()} {path}", {**operation, "parameters": parameters}


def _parameters(document: Schema, operation: Schema) -> dict[str, Schema]:
    """An operation's parameters as places name them; its own win over its path's."""
    found = (_found(document, parameter) for parameter in operation["parameters"])
    return {IN_PLACE[parameter["in"]].format(parameter["name"]): parameter for parameter in found}


def _schema(part: Schema) -> Any:
    """The schema of a parameter or header, which may lie in its only media type."""
    media: Schema = next(iter(part.get("content", {}).values()), {})
    return part.get("schema", media.get("schema", {}))


def _whole(document: Schema) -> Schema:
    """What a document says of all its endpoints."""
    return {key: document[key] for key in ("security", "servers") if key in document}


def _written(parameter: Schema) -> tuple[Any, ...]:
    """How lists and objects are written into a request."""
    style = "form" if parameter["in"] in ("query", "cookie") else "simple"
    style = parameter.get("style", style)
    return style, parameter.get("explode", style == "form"), *parameter.get("content", {})


def _is_told_by_its_class(status: str) -> bool:
    """Errors, and 304, which only those get who asked for it."""
    return status[:1] in "45" or status in ("304", "default")


def _found(document: Schema, part: Schema) -> Schema:
    """What a part refers to, or the part itself."""
    while "$ref" in part:
        found: Any = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            found = found[step.replace("~1", "/").replace("~0", "~")]
        part = found
    return part
