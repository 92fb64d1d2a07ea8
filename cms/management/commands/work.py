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
            type=int,
            metavar="PID",
            help="Stop when the process that started this one, of this number, ends in whatever way.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        # By its number: it may be gone before this process has come so far as to ask.
        parent = options["with_parent"]
        work(stopped, lambda: parent in (None, os.getppid()))
