"""Tasks: what Wagtail puts off, and a worker does (django-tasks, in the database)."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus, task_backends
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker as Runner
from django_tasks_db.models import DBTaskResult

from cms.models import Worker
from cms.work.heartbeat import SILENCE

# Whether a file is public follows from what uses it, which the reference index says: it has to be true
# when the writer's transaction ends, not later.
AT_ONCE = {"wagtail.tasks.update_reference_index_task"}
# At a time: then it is another chore's turn, and what is planned is on time.
MOST = 1
# Workers that may die of a task until it is given up.
LIVES = 3
ALIAS = "default"
# Days for which is kept what came of a task.
DAYS, DAYS_OF_FAILED = 1, 14


class SomeAtOnce:
    """Before a backend: what has to be true at once is done at once."""

    alias: str

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        if task.module_path in AT_ONCE:
            return ImmediateBackend(self.alias, {"QUEUES": []}).enqueue(task, args, kwargs)
        return super().enqueue(task, args, kwargs)  # type: ignore[misc]


class Backend(SomeAtOnce, DatabaseBackend):
    """Keeps tasks in the database, as rows of the transaction that asks for them."""


def run(worker: Worker) -> bool:
    """Runs what is due. Gives whether there is more to do at once."""
    # Asked first: the library locks all of an SQLite database to look.
    if not _in_database() or not DBTaskResult.objects.ready().exists():
        return False
    Runner(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=0,
        batch=True,
        backend_name=ALIAS,
        startup_delay=False,
        max_tasks=MOST,
        worker_id=str(worker.pk),
    ).run()
    return DBTaskResult.objects.ready().exists()


def give_back() -> None:
    """Lets another do what a worker was at when it was killed. Tasks bear to be done twice."""
    if not _in_database():
        return
    # These first: whoever takes one after that has signed in by the time of the next line.
    running = list(DBTaskResult.objects.running())
    alive = Worker.objects.filter(seen_at__gt=timezone.now() - SILENCE)
    names = {str(pk) for pk in alive.values_list("pk", flat=True)}
    for result in running:
        if result.worker_ids and result.worker_ids[-1] in names:
            continue
        if len(result.worker_ids) >= LIVES:
            result.set_failed(RuntimeError("Its workers died."))
            continue
        same = DBTaskResult.objects.running().filter(pk=result.pk, started_at=result.started_at)
        same.update(status=TaskResultStatus.READY)


def forget() -> None:
    """Clears away what was done."""
    if _in_database():
        call_command(
            "prune_db_task_results",
            queue_name="*",
            min_age_days=DAYS,
            failed_min_age_days=DAYS_OF_FAILED,
            verbosity=0,
        )


def _in_database() -> bool:
    return isinstance(task_backends[ALIAS], DatabaseBackend)
