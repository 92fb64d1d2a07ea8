"""Tasks in Redis instead, where `TASKS_REDIS_URL` says so: run by RQ's own workers (django-tasks-rq)."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django_rq.queues import DjangoRQ
from django_tasks_rq import RQBackend
from rq import Retry

from cms.work.tasks import LIVES, SomeAtOnce


class Backend(SomeAtOnce, RQBackend):
    """Keeps tasks in Redis."""


class Queue(DjangoRQ):
    """Gets a task when its transaction is committed: before that, a worker would find nothing to do.

    What a dead worker had, or what failed, is tried again.
    """

    def create_job(self, *args: Any, **kwargs: Any) -> Any:
        return super().create_job(*args, **{**kwargs, "retry": Retry(max=LIVES - 1)})

    def enqueue_job(self, job: Any, *args: Any, **kwargs: Any) -> Any:
        if kwargs.get("pipeline"):
            return super().enqueue_job(job, *args, **kwargs)
        transaction.on_commit(partial(super().enqueue_job, job, *args, **kwargs))
        return job
