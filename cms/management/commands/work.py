import signal
import threading
from typing import Any

from django.core.management import BaseCommand

from cms.work.loop import work


class Command(BaseCommand):
    help = (
        "Works until stopped: publishes and ends what is planned, tells of changes, makes documents "
        "that were dropped, clears away what nobody needs. Several may run."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        work(stopped)
