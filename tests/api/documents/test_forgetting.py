"""What was dropped is cleared away in the end, and is not given again on the way out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from api.documents.models import Dependency, Document, Dropped, Touched
from api.documents.store import MEMORY, documents_of, forget, stored
from pages import models

pytestmark = pytest.mark.django_db


@pytest.fixture
def dropped(tree):
    """A document that was dropped, among others that hold."""
    documents_of([tree.release.pk, tree.french_about.pk])
    (document,) = stored().filter(page_id=tree.release.pk)
    models.PressReleasePage.objects.filter(pk=tree.release.pk).update(deck="Otherwise")
    return document


def test_what_was_dropped_is_cleared_away_with_all_that_hangs_on_it(dropped):
    assert Dropped.objects.filter(document_id=dropped.id).exists()

    forget()

    assert not Dropped.objects.exists()
    assert not Document.objects.filter(id=dropped.id).exists()
    assert not Dependency.objects.filter(document_id=dropped.id).exists()
    assert stored().exists()


def test_at_no_moment_of_clearing_away_does_a_document_hold_again(dropped):
    looks = []

    def look(execute, sql, params, many, context):
        done = execute(sql, params, many, context)
        if not sql.startswith("SELECT"):
            looks.append(stored().filter(id=dropped.id).exists())
        return done

    with connection.execute_wrapper(look):
        forget()

    assert len(looks) > 3
    assert not any(looks)


def test_what_was_touched_is_remembered_for_some_time(dropped):
    Touched.objects.all().delete()
    long_ago = timezone.now() - MEMORY - timedelta(seconds=1)
    for key, at, passed_on in (
        ("page:1", timezone.now() - MEMORY / 2, True),
        ("page:2", long_ago, True),
        # Somebody who keeps answers by tag is still to be told.
        ("page:3", long_ago, False),
        ("page:4", timezone.now(), True),
    ):
        Touched.objects.create(key=key, at=at, passed_on=passed_on)

    forget()

    kept = Touched.objects.order_by("id")
    assert [touched.key for touched in kept] == ["page:1", "page:3", "page:4"]
