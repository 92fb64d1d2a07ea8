"""Load balancers learn whether the process lives, and whether it can serve pages."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from cms.settings.environment import CHECKOUT


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "says"), [("live", {"status": "live"}), ("ready", {"status": "ready", "workers": 0})]
)
def test_healthy_newsroom_says_so(client: Client, path, says):
    response = client.get(f"/health/{path}")

    assert response.status_code == 200
    assert response.json() == says
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["live", "ready"])
def test_probes_ask_a_machine_by_its_number(client: Client, path):
    assert client.get(f"/health/{path}", headers={"Host": "10.0.0.5:8000"}).status_code == 200
    assert client.head(f"/health/{path}", headers={"Host": "10.0.0.5:8000"}).status_code == 200
    assert client.get("/admin/", headers={"Host": "10.0.0.5:8000"}).status_code == 400


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_not_applied(client: Client):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")

    response = client.get("/health/ready")

    assert response.status_code == 503
    assert response.json()["reason"] == "Migrations are not applied: sessions.0001_initial."
    assert "no-store" in response["Cache-Control"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("live", '200 {"status": "live"}'),
        ("ready", '503 {"status": "not ready", "reason": "The database does not answer."}'),
    ],
)
def test_database_that_is_down_does_not_break_the_answer(path, answer):
    ask = (
        "import django; django.setup(); from django.test import Client; "
        f"response = Client().get('/health/{path}'); "
        "print(response.status_code, response.text)"
    )

    process = subprocess.run(
        [sys.executable, "-c", ask],
        env=os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing"},
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert process.stdout == f"{answer}\n"


@pytest.mark.django_db
def test_ready_asks_the_database_little(client: Client, django_assert_max_num_queries):
    client.get("/health/ready")

    with django_assert_max_num_queries(3):
        client.get("/health/ready")
