"""Walks two JSON Schemas side by side and judges each difference once."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from frontend_contract.compat.changes import Change
from frontend_contract.compat.reading import (
    Reading,
    Schema,
    allowed,
    canonical,
    component_name,
    listed,
    read,
    type_of,
    words,
)
from frontend_contract.compat.verdicts import Verdicts

LOWEST = ("minItems", "minLength", "minProperties", "minimum", "exclusiveMinimum")
HIGHEST = ("maxItems", "maxLength", "maxProperties", "maximum", "exclusiveMaximum")
# Marks a component whose members are some of another's.
PART_OF = "x-part-of"
# What is looked at one by one; every other keyword must stay as it is.
READ = {
    *LOWEST,
    *HIGHEST,
    "$ref",
    "additionalProperties",
    "const",
    "enum",
    "format",
    "items",
    "properties",
    "required",
    "type",
}


@dataclass(frozen=True)
class Where:
    """Where in the answers a value stands."""

    place: str
    component: str | None

    def member(self, name: str) -> Where:
        return Where(f"{self.place}.{name}", self.component)

    def item(self) -> Where:
        return Where(f"{self.place}[]", self.component)


@dataclass
class Schemas:
    """A comparison under way: the components of both documents, and the changes found so far."""

    before: dict[str, Schema]
    after: dict[str, Schema]
    labels: dict[str, str]
    verdicts: Verdicts
    trial: bool = False
    """Whether components of different names are compared by their members rather than by name."""
    changes: set[Change] = field(default_factory=set)
    successors: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """What stands now where a component stood that is no more."""
    compared: set[tuple[str, str]] = field(default_factory=set)

    def report(self, where: Where, kind: str, **details: str) -> None:
        breaking, text = self.verdicts[kind]
        change = Change(breaking, where.place, text.format(**details), where.component)
        self.changes.add(change)

    def compare_components(self, before: str, after: str) -> None:
        """Compares two components, unless that was done."""
        if (before, after) not in self.compared:
            self.compared.add((before, after))
            where = Where(self.labels.get(before, before), before)
            self.compare(self.before.get(before, {}), self.after.get(after, {}), where)

    def compare(self, before: Schema | bool, after: Schema | bool, where: Where) -> None:
        """Compares what may stand in one place."""
        old, new = read(before, self.before), read(after, self.after)
        if old.reference and new.reference:
            self._compare_null(old, new, where)
            self._compare_references(old.kinds[0], new.kinds[0], where)
            return
        vanished = old.reference and component_name(old.reference) not in self.after
        old, new = _resolved(old, self.before), _resolved(new, self.after)
        self._compare_null(old, new, where)
        if vanished and not self.trial:
            return  # Told of the component itself.
        if bool(old.kinds) != bool(new.kinds):
            self.report(where, "type", before=old.words, after=new.words)
        elif old.is_union and new.is_union:
            self._compare_unions(old, new, where)
        elif old.is_union:
            self.report(where, "became plain", after=new.words)
        elif new.is_union:
            self._compare_with_union(old, new, where)
        elif old.kinds:
            self._compare_plain(old.kinds[0], new.kinds[0], where)

    def _compare_null(self, old: Reading, new: Reading, where: Where) -> None:
        if old.kinds and new.kinds and old.nullable != new.nullable:
            kind = "nullable" if new.nullable else "not null"
            self.report(where, kind, before=old.words)

    def _compare_references(self, before: Schema, after: Schema, where: Where) -> None:
        old, new = component_name(before["$ref"]), component_name(after["$ref"])
        self._compare_bounds(before, after, where)
        if old == new:
            if not self.trial:
                self.compare_components(old, new)
        elif self.trial:
            self.compare_components(old, new)
        elif old not in self.after:
            self.successors[old].add(new)
        elif found := self.differences(old, new):
            breaking = any(change.breaking for change in found)
            self.report(where, "another" if breaking else "superset", before=old, after=new)

    def differences(self, before: str, after: str) -> set[Change]:
        """What tells a component from one of another name, apart from the components in it."""
        trial = Schemas(self.before, self.after, self.labels, self.verdicts, trial=True)
        trial.compare_components(before, after)
        return trial.changes

    # Unions -----------------------------------------------------------------------------------

    def _compare_unions(self, old: Reading, new: Reading, where: Where) -> None:
        if old.told_by and old.told_by != new.told_by:
            after = new.told_by or "nothing"
            self.report(where, "told otherwise", before=old.told_by, after=after)
        elif old.told_by:
            self._compare_tags(old, new, where)
        else:
            if new.told_by:
                self.report(where, "told apart", after=new.told_by)
            self._compare_kinds(old.kinds, new.kinds, where)

    def _compare_tags(self, old: Reading, new: Reading, where: Where) -> None:
        for tag in old.tags.keys() - new.tags.keys():
            gone = old.tags[tag]
            shows = component_name(gone["$ref"]) if "$ref" in gone else where.component
            self.report(Where(where.place, shows), "kind removed", values=listed([tag]))
        for tag in new.tags.keys() - old.tags.keys():
            self.report(where, "kind added", values=listed([tag]))
        for tag in sorted(old.tags.keys() & new.tags.keys()):
            self.compare(old.tags[tag], new.tags[tag], where)

    def _compare_kinds(self, before: list[Schema], after: list[Schema], where: Where) -> None:
        """Kinds that nothing tells apart: those that are the same, then those that are alike."""
        rest = {canonical(kind): kind for kind in sorted(after, key=canonical)}
        unmatched = [
            kind
            for kind in sorted(before, key=canonical)
            if rest.pop(canonical(kind), None) is None
        ]
        for kind in unmatched:
            alike = next((key for key, other in rest.items() if self._alike(kind, other)), None)
            if alike is None:
                self.report(where, "kind removed", values=words(kind))
            else:
                self.compare(kind, rest.pop(alike), where)
        for kind in rest.values():
            added = "kind added" if self._is_part(kind) else "kind added untold"
            self.report(where, added, values=words(kind))

    def _is_part(self, kind: Schema) -> bool:
        """Whether it is a part of something: its whole is told apart from others."""
        return PART_OF in self.after.get(component_name(kind.get("$ref", "")), {})

    def _compare_with_union(self, old: Reading, new: Reading, where: Where) -> None:
        same = canonical(old.kinds[0]) in map(canonical, new.kinds)
        if same or self.verdicts["became a union"][0]:
            options = " or ".join(sorted(words(kind) for kind in new.kinds))
            self.report(where, "became a union", before=old.words, after=options)
        else:
            self.report(where, "type", before=old.words, after=new.words)

    def _alike(self, before: Schema, after: Schema) -> bool:
        if "$ref" not in before or "$ref" not in after:
            return "$ref" not in before and "$ref" not in after and words(before) == words(after)
        old, new = component_name(before["$ref"]), component_name(after["$ref"])
        if old == new:
            return True
        # A new name for what had another.
        renamed = old not in self.after and new not in self.before
        return (renamed or self.trial) and not self.differences(old, new)

    # One kind ---------------------------------------------------------------------------------

    def _compare_plain(self, before: Schema, after: Schema, where: Where) -> None:
        old, new = type_of(before), type_of(after)
        if old != new:
            kinds = {("integer", "number"): "fraction", ("number", "integer"): "whole"}
            kind = kinds.get((str(old), str(new)), "type")
            self.report(where, kind, before=words(before), after=words(after))
            return
        self._compare_values(allowed(before), allowed(after), where)
        self._compare_format(before.get("format"), after.get("format"), where)
        self._compare_bounds(before, after, where)
        if old == "array":
            self.compare(before.get("items", {}), after.get("items", {}), where.item())
        if old == "object":
            self._compare_members(before, after, where)

    def _compare_values(
        self, before: list[Any] | None, after: list[Any] | None, where: Where
    ) -> None:
        if before is None or after is None:
            if after is not None:
                self.report(where, "values closed", values=listed(after))
            elif before is not None:
                self.report(where, "values open", values=listed(before))
            return
        if removed := [value for value in before if value not in after]:
            self.report(where, "value removed", values=listed(removed))
        if added := [value for value in after if value not in before]:
            self.report(where, "value added", values=listed(added))

    def _compare_format(self, before: str | None, after: str | None, where: Where) -> None:
        if before == after:
            return
        kind = "format given" if before is None else "format gone" if after is None else "format"
        self.report(where, kind, before=str(before), after=str(after))

    def _compare_bounds(self, before: Schema, after: Schema, where: Where) -> None:
        for keyword in (*LOWEST, *HIGHEST):
            old, new = _bound(before, keyword), _bound(after, keyword)
            if old == new:
                continue
            if old is None or new is None:
                loosened = new is None
            else:
                loosened = (new < old) == (keyword in LOWEST)
            if keyword == "minItems" and loosened and new is None:
                self.report(where, "may be empty")
            else:
                kind = "loosened" if loosened else "tightened"
                self._report_keyword(where, kind, keyword, before, after)
        for keyword in sorted((before.keys() | after.keys()) - READ):
            old, new = before.get(keyword), after.get(keyword)
            if canonical(old) == canonical(new):
                continue
            kind = "changed"
            if keyword in ("pattern", "uniqueItems") and not (old and new):
                kind = "loosened" if old else "tightened"
            self._report_keyword(where, kind, keyword, before, after)

    def _report_keyword(
        self, where: Where, kind: str, keyword: str, before: Schema, after: Schema
    ) -> None:
        old, new = (
            json.dumps(schema[keyword], ensure_ascii=False, sort_keys=True)
            if keyword in schema
            else "none"
            for schema in (before, after)
        )
        self.report(where, kind, keyword=keyword, before=old, after=new)

    def _compare_members(self, before: Schema, after: Schema, where: Where) -> None:
        old, new = before.get("properties", {}), after.get("properties", {})
        old_required, new_required = set(before.get("required", [])), set(after.get("required", []))
        for name in old.keys() - new.keys():
            self.report(where.member(name), "removed")
        for name in new.keys() - old.keys():
            kind = "added required" if name in new_required else "added"
            self.report(where.member(name), kind)
        for name in sorted(old.keys() & new.keys()):
            if (name in old_required) != (name in new_required):
                kind = "required" if name in new_required else "optional"
                self.report(where.member(name), kind)
            self.compare(old[name], new[name], where.member(name))
        self._compare_rest(
            before.get("additionalProperties", True), after.get("additionalProperties", True), where
        )

    def _compare_rest(self, before: Schema | bool, after: Schema | bool, where: Where) -> None:
        """Members of names that are not listed."""
        if before is not False and after is not False:
            self.compare(before, after, where.member("*"))
        elif before is not after:
            self.report(where, "opened" if before is False else "closed")


def _resolved(reading: Reading, components: dict[str, Schema]) -> Reading:
    """The reading of what is referred to, where a value is nothing but a reference."""
    while reading.reference:
        beside = {key: value for key, value in reading.kinds[0].items() if key != "$ref"}
        found = components.get(component_name(reading.reference), {})
        inner = read({**found, **beside}, components)
        nullable = reading.nullable or inner.nullable
        reading = Reading(nullable, inner.kinds, inner.told_by, inner.tags)
    return reading


def _bound(schema: Schema, keyword: str) -> float | None:
    """A bound; None where it bounds nothing."""
    bound: float | None = schema.get(keyword)
    return None if keyword in ("minItems", "minLength", "minProperties") and bound == 0 else bound
