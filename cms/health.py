"""Answers for whoever watches over the process: `/health/live` and `/health/ready`."""

import functools
from collections.abc import Callable

from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from cms.work.heartbeat import at_work


@never_cache
def live(request: HttpRequest) -> JsonResponse:
    """The process answers. A load balancer that gets nothing should restart it."""
    return JsonResponse({"status": "live"})


@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """Pages can be served: the database answers and is up to date. Otherwise 503, with the reason.

    `workers` is how many are there (`manage.py work`). Pages can be served without any, but what is
    planned waits for one.
    """
    try:
        if missing := unapplied_migrations(connection):
            return _not_ready(f"Migrations are not applied: {', '.join(missing)}.")
        return JsonResponse({"status": "ready", "workers": at_work()})
    except Error:
        # The driver's message names hosts and users: not for strangers.
        return _not_ready("The database does not answer.")


def _not_ready(reason: str) -> JsonResponse:
    return JsonResponse({"status": "not ready", "reason": reason}, status=503)


def unapplied_migrations(connection: BaseDatabaseWrapper) -> list[str]:
    """Each app's last migration that the database lacks, as `app.name`."""
    applied = MigrationRecorder(connection).applied_migrations()
    return [f"{app}.{name}" for app, name in _last_migrations() if (app, name) not in applied]


@functools.cache
def _last_migrations() -> tuple[tuple[str, str], ...]:
    """Read from the files, which takes half a second, once: a process runs the code it began with."""
    return tuple(MigrationLoader(None, ignore_no_migrations=True).graph.leaf_nodes())


# By their addresses.
VIEWS = {"health/live": live, "health/ready": ready}


def answer_whoever_watches(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware before those that ask for a known host: probes ask machines by their numbers."""

    def middleware(request: HttpRequest) -> HttpResponse:
        reads = request.method in {"GET", "HEAD"}
        view = VIEWS.get(request.path_info.removeprefix("/"), get_response)
        return (view if reads else get_response)(request)

    return middleware
