import os
import signal
import threading
from typing import Any

from django.core.management import BaseCommand, CommandParser

from cms.work.loop import work


class Command(BaseCommand):
    help = (
        "Works until stopped: publishes and ends what is planned, tells of changes, makes documents "
        "that were dropped, clears away what nobody needs. Several may run."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-parent",
            action="store_true",
            help="Stop when the process that started this one ends, in whatever way.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        parent = os.getppid()
        work(stopped, lambda: not options["with_parent"] or os.getppid() == parent)
