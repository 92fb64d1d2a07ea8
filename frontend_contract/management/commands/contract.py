"""`manage.py contract`: what frontends rely on, published, checked and compared."""

from __future__ import annotations

import json
import subprocess
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from frontend_contract.compat import Change, compare
from frontend_contract.live import documents_by_component
from frontend_contract.policy import NoVersion, violations
from frontend_contract.random_documents import random_document
from frontend_contract.schemas import components_below
from frontend_contract.version import HERE, PUBLISHED, RELEASED, contract_version
from pages.demo.stream import Misfit


class Command(BaseCommand):
    help = "Publishes, checks and compares the contract with frontends (docs/contract.md)."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        actions.add_parser("build", help="write what the code gives to published/")
        actions.add_parser("check", help="fail if published/ or its version is not what it must be")
        diff = actions.add_parser("diff", help="tell what changed since a release")
        diff.add_argument("revision", nargs="?", help="of git; the last release unless given")
        actions.add_parser("release", help="take the published version for released")
        random = actions.add_parser("random", help="print valid random documents, a line each")
        random.add_argument("--seed", type=int, default=0, help="the same seed, the same documents")
        random.add_argument("--count", type=int, default=1)
        random.add_argument("--schema", default="Page", help="a file of published/schemas")

    def handle(self, *args: Any, **options: Any) -> None:
        actions = {
            "build": self._build,
            "check": self._check,
            "diff": self._diff,
            "release": self._release,
            "random": self._random,
        }
        actions[options["action"]](options)

    def _build(self, options: dict[str, Any]) -> None:
        # Imported late, here and below: it needs the development tools.
        from frontend_contract.build import write

        with _told_of_situations():
            changed = write()
        for name in changed:
            self.stdout.write(f"  {name}")
        self.stdout.write(f"{len(changed)} of the published files changed.")

    def _check(self, options: dict[str, Any]) -> None:
        from frontend_contract.build import differences, published_files

        with _told_of_situations():
            wanted = published_files()
        found = [
            f"published/{name} is not what the code gives: run `manage.py contract build`."
            for name in differences(wanted)
        ]
        found += self._violations(json.loads(wanted["openapi.json"]))
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(wanted)} published files are what the code gives.")

    def _diff(self, options: dict[str, Any]) -> None:
        published = _read(PUBLISHED / "openapi.json")
        before = _at(options["revision"]) if options["revision"] else _released()
        changes = compare(before, published)
        touched = self._touched(changes, published["components"]["schemas"])
        for change in changes:
            word = "breaking" if change.breaking else "addition"
            count = ""
            if change.breaking and change.component:
                count = f" ({_documents(touched, change, before, published)})"
            self.stdout.write(f"{word}  {change.place}: {change.text}{count}")
        since = options["revision"] or before["info"]["version"]
        self.stdout.write(f"{len(changes)} changes since {since}.")
        found = [] if options["revision"] else self._violations(published)
        if found:
            raise CommandError("\n".join(found))

    def _release(self, options: dict[str, Any]) -> None:
        self._check(options)
        RELEASED.parent.mkdir(exist_ok=True)
        RELEASED.write_bytes((PUBLISHED / "openapi.json").read_bytes())
        self.stdout.write(f"{contract_version()} is released.")

    def _random(self, options: dict[str, Any]) -> None:
        if (count := options["count"]) < 1:
            raise CommandError(f"--count is how many documents to print: 1 or more, not {count}.")
        path = PUBLISHED / "schemas" / f"{options['schema']}.json"
        if not path.is_file():
            names = ", ".join(sorted(file.stem for file in path.parent.glob("*.json")))
            raise CommandError(f"There is no schema {options['schema']!r}; there are {names}.")
        schema = _read(path)
        for seed in range(options["seed"], options["seed"] + count):
            document = random_document(schema, seed)
            self.stdout.write(json.dumps(document, ensure_ascii=False))

    def _violations(self, document: dict[str, Any]) -> list[str]:
        released = _released()
        changelog = (PUBLISHED / "CHANGELOG.md").read_text()
        changes = compare(released, document)
        try:
            return violations(changes, released["info"]["version"], contract_version(), changelog)
        except NoVersion as error:
            return [str(error)]

    def _touched(self, changes: list[Change], schemas: dict[str, Any]) -> Counter[str] | None:
        if not any(change.breaking and change.component for change in changes):
            return None
        try:
            return documents_by_component(schemas)
        except DatabaseError as error:
            self.stderr.write(f"The live documents cannot be counted: {error}")
            return None


@contextmanager
def _told_of_situations() -> Iterator[None]:
    """For what asks the examples: one that no longer fits the code says which it is."""
    from frontend_contract.situations import UnexpectedAnswer

    try:
        yield
    except (FieldDoesNotExist, Misfit, UnexpectedAnswer) as error:
        raise CommandError(
            f"{error}\nMend the example in frontend_contract/situations/: "
            "it is written for a field, block or answer that is no more."
        ) from error


def _documents(
    touched: Counter[str] | None, change: Change, before: dict[str, Any], after: dict[str, Any]
) -> str:
    """How many live documents hold what changed, where that can be counted."""
    component = str(change.component)
    counted = component
    if component not in after["components"]["schemas"]:
        properties = before["components"]["schemas"].get(component, {}).get("properties", {})
        is_block = properties.keys() == {"id", "type", "value"}
        counted = f"block:{properties['type']['const']}" if is_block else ""
    elif component not in components_below("Page", after["components"]["schemas"]):
        counted = ""  # It is in other answers than documents.
    if touched is None or not counted:
        return "live documents not counted"
    count = touched[counted]
    return f"{count} live document{'' if count == 1 else 's'}"


def _released() -> dict[str, Any]:
    if not RELEASED.is_file():
        raise CommandError(f"{RELEASED} is missing: it is what the contract is compared with.")
    return _read(RELEASED)


def _read(path: Any) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


def _at(revision: str) -> dict[str, Any]:
    """The published document of a revision of git."""
    name = f"{revision}:./published/openapi.json"
    command = ["git", "show", "--end-of-options", name]
    shown = subprocess.run(command, cwd=HERE, capture_output=True, check=False)
    if shown.returncode:
        raise CommandError(shown.stderr.decode().strip())
    document: dict[str, Any] = json.loads(shown.stdout)
    return document
