"""`manage.py documents`: makes all documents ahead of their readers, or looks whether they are true."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api.documents.entries import bring_up_to_date, wrong_entries
from api.documents.rebuild import pages_without_documents, rebuild
from api.documents.triggers import install, problems
from api.documents.verify import verify


class Command(BaseCommand):
    help = "Rebuilds or verifies the stored documents of public pages (docs/operating.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        building = actions.add_parser("rebuild", help="make those that do not hold")
        building.add_argument("--jobs", type=int, default=1, help="how many processes work on it")
        actions.add_parser("verify", help="fail if one is not what would be encoded now")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["action"] == "rebuild":
            self._rebuild(options["jobs"])
        else:
            self._verify()

    def _rebuild(self, jobs: int) -> None:
        if jobs < 1:
            raise CommandError("--jobs must be at least 1")
        install()
        bring_up_to_date()
        wanted = pages_without_documents()
        done = stored = 0
        for pages, documents in rebuild(wanted, jobs):
            done, stored = done + pages, stored + documents
            self._progress(f"{done} of {len(wanted)}")
        self.stdout.write(f"{stored} documents were made.")
        if stored < len(wanted):
            self.stdout.write(
                f"{len(wanted) - stored} pages have none: they are being changed, or not public "
                "any more. They get one when they are read, or if this is run again."
            )

    def _verify(self) -> None:
        checked, wrong = 0, [*problems(), *wrong_entries()]
        for documents, differences in verify():
            checked += documents
            wrong += map(str, differences)
            self._progress(f"{checked} verified")
        for line in wrong:
            self.stdout.write(line)
        self.stdout.write(f"{checked} documents were verified.")
        if missing := pages_without_documents():
            self.stdout.write(f"{len(missing)} public pages have none.")
        if wrong:
            raise CommandError(f"{len(wrong)} differences.")

    def _progress(self, line: str) -> None:
        self.stderr.write(line, style_func=str)
        self.stderr.flush()
