"""Tasks in Redis: they come there when their transaction is committed, and RQ's workers run them."""

import os
import shutil
import socket
import subprocess
import sys
import time

import pytest

from bench.servers import free_port
from cms.settings.environment import CHECKOUT, Environment

REDIS = shutil.which("redis-server")
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(REDIS is None, reason="no redis-server on the PATH"),
]

# A file is to be deleted: Wagtail does so when a picture was.
ENQUEUE = """
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django_rq import get_queue
from wagtail.tasks import delete_file_from_storage_task
name = default_storage.save("old.txt", ContentFile(b"old"))
class Undone(Exception): pass
def ask(name):
    delete_file_from_storage_task.enqueue(default_storage.deconstruct()[0:3], name)
try:
    with transaction.atomic():
        ask(name)
        raise Undone
except Undone:
    print("undone", get_queue().count)
with transaction.atomic():
    ask(name)
    print("before", get_queue().count)
print("after", get_queue().count)
delete_file_from_storage_task.enqueue(["nowhere.Nothing", [], {}], "x")
(job,) = [job for job in get_queue().jobs if job.args[1] == "x"]
print("tries", job.retries_left)
"""


@pytest.fixture
def redis(tmp_path):
    port = free_port()
    command = [str(REDIS), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"redis://127.0.0.1:{port}/0"
    process.terminate()
    process.wait(10)


def test_tasks_come_with_their_transaction_and_are_run(redis, tmp_path):
    inherited = {k: v for k, v in os.environ.items() if k not in Environment.model_fields}
    configured = {
        "VAR": str(tmp_path),
        "TASKS_REDIS_URL": redis,
        "DJANGO_SETTINGS_MODULE": "cms.settings.development",
    }

    def manage(*words):
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(
            command, cwd=CHECKOUT, env=inherited | configured, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done

    said = manage("shell", "--no-imports", "--command", ENQUEUE).stdout.splitlines()
    assert said == ["undone 0", "before 0", "after 1", "tries 2"]
    file = tmp_path / "media" / "old.txt"
    assert file.exists()
    errors = manage("rqworker", "--burst").stderr
    assert not file.exists()
    assert errors.count("No module named 'nowhere'") >= 3, errors
