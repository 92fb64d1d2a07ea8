"""Triggers are put in and taken out; what is stored is what they have watched from the beginning."""

import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.db import connection

from api.documents.encode import encode_documents
from api.documents.models import Document, Installed
from api.documents.rules import rules
from api.documents.store import documents_of, make, stored
from api.documents.triggers import fingerprint_of, install, uninstall
from pages import models

pytestmark = pytest.mark.django_db


def put_in_anew():
    """What a deployment with other rules does."""
    connection.check_constraints()  # PostgreSQL alters no table on which a check is due.
    uninstall()
    install()


def test_triggers_that_stand_there_are_left_alone(tree):
    documents_of([tree.release.pk])
    before = Installed.objects.get().pk

    install()

    assert Installed.objects.get().pk == before
    assert stored().filter(page_id=tree.release.pk).exists()


def test_what_was_stored_before_the_triggers_is_given_up(tree):
    documents_of([tree.release.pk])

    put_in_anew()

    assert not Document.objects.exists()
    assert make([tree.release.pk])
    assert stored().filter(page_id=tree.release.pk).exists()


def test_what_was_begun_before_the_triggers_is_not_stored(tree, monkeypatch):
    """What is changed while there are none is touched by nobody."""

    def interrupted(pages, rich_text_format):
        made = encode_documents(pages, rich_text_format)
        connection.check_constraints()
        uninstall()
        models.Person.objects.filter(pk=tree.person.pk).update(name="Meanwhile")
        install()
        return made

    monkeypatch.setattr("api.documents.store.encode_documents", interrupted)
    made = make([tree.release.pk])

    assert "Meanwhile" not in made[tree.release.pk].body
    assert not Document.objects.exists()


# Whether anybody watches ----------------------------------------------------------------------------


def warnings() -> list[str]:
    return [
        found.msg
        for found in run_checks(tags=["database"], databases=["default"])
        if found.id == "api.W001"
    ]


def test_a_database_as_migrations_leave_it_is_watched(db):
    assert warnings() == []
    assert Installed.objects.exists()


def test_a_missing_trigger_is_told(tree):
    connection.check_constraints()
    on = " ON pages_person" if connection.vendor == "postgresql" else ""
    name = "dateline_update" if on else "dateline_pages_person_0_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}{on}")

    assert warnings() == [f"The trigger {name} on pages_person is missing."]


def test_triggers_of_other_rules_are_told(db):
    Installed.objects.update(fingerprint="of other rules")

    assert warnings() == ["The triggers that drop documents are not installed: nothing is stored."]


def test_every_process_asks_for_the_same_triggers():
    """Whichever modules it has imported so far: one that only migrates has seen no view."""
    program = (
        "import django; django.setup();"
        "from api.documents.store import triggers_wanted; print(triggers_wanted())"
    )
    alone = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).parents[3],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test"},
        capture_output=True,
        text=True,
        check=True,
    )
    import_module("api.urls")
    assert alone.stdout.split()[-1] == fingerprint_of(rules())


def test_what_a_migration_is_about_to_make_need_not_be_there():
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE api_unannounced")

    uninstall()

    assert not Installed.objects.exists()
