"""What Wagtail puts off is done by a worker, though another died over it."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.models import ReferenceIndex

from cms.models import Worker
from cms.work import tasks
from cms.work.heartbeat import SILENCE
from tests import factories

pytestmark = pytest.mark.django_db

done: list[str] = []


@task()
def note(word: str) -> None:
    done.append(word)


@task()
def fail() -> None:
    raise RuntimeError("no")


@pytest.fixture(autouse=True)
def in_database(settings, monkeypatch):
    done.clear()
    # The connection is the test's, in whose transaction all of this happens.
    runner = "django_tasks_db.management.commands.db_worker"
    monkeypatch.setattr(f"{runner}.close_old_connections", lambda: None)
    settings.TASKS = {"default": {"BACKEND": "cms.work.tasks.Backend", "QUEUES": []}}


@pytest.fixture
def worker():
    return Worker.objects.create(name="one", started_at=timezone.now(), seen_at=timezone.now())


def test_a_task_waits_for_a_worker(worker):
    note.enqueue("one")
    fail.enqueue()
    note.enqueue("two")
    assert done == []

    while tasks.run(worker):
        pass
    assert done == ["one", "two"]
    assert tasks.run(worker) is False
    assert done == ["one", "two"]
    (failed,) = DBTaskResult.objects.failed()
    assert "RuntimeError" in failed.exception_class_path


def test_many_are_done_in_parts(worker):
    for number in range(tasks.MOST + 1):
        note.enqueue(str(number))
    assert tasks.run(worker) is True
    assert tasks.run(worker) is False
    assert len(done) == tasks.MOST + 1


def test_what_uses_a_file_is_known_at_once():
    """Whether it is public depends on it; words for the admin's searches wait."""
    page = factories.PressReleasePageFactory(
        parent=factories.make_site().root_page, share_image=factories.ImageFactory()
    )
    found = ReferenceIndex.get_references_to(page.share_image)
    assert found.count() == 1
    paths = set(DBTaskResult.objects.values_list("task_path", flat=True))
    assert not paths & tasks.AT_ONCE


def test_what_a_dead_worker_was_at_another_does(worker):
    note.enqueue("one")
    held = DBTaskResult.objects.get()
    held.claim(str(worker.pk))
    tasks.give_back()
    other = Worker.objects.create(name="two", started_at=timezone.now(), seen_at=timezone.now())
    tasks.run(other)
    assert done == []

    with time_machine.travel(timezone.now() + SILENCE + timedelta(seconds=1)):
        Worker.objects.filter(pk=other.pk).update(seen_at=timezone.now())
        tasks.give_back()
        tasks.run(other)
    assert done == ["one"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_a_task_of_which_workers_die_is_given_up(worker):
    note.enqueue("one")
    held = DBTaskResult.objects.get()
    for number in range(tasks.LIVES):
        assert held.status == TaskResultStatus.READY
        held.claim(f"dead {number}")
        tasks.give_back()
        held.refresh_from_db()
    assert held.status == TaskResultStatus.FAILED


def test_what_was_done_long_ago_is_forgotten(worker):
    note.enqueue("one")
    tasks.run(worker)
    tasks.forget()
    assert DBTaskResult.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        tasks.forget()
    assert not DBTaskResult.objects.exists()
