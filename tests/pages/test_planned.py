"""What is planned is seen by nobody before its time, by no way round either."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests import factories

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=5)


def plan(page, **values):
    for name, value in values.items():
        setattr(page, name, value)
    page.go_live_at = timezone.now() + LATER
    page.save_revision().publish()


def answer_for(page):
    response = Client().get(f"/api/v2/pages/{page.pk}/")
    return response.json()["title"] if response.status_code == 200 else response.status_code


def test_aliases_of_what_is_planned_wait_with_it(clock, home):
    page = factories.StandardPageFactory(parent=home, title="As it was")
    page.save_revision().publish()
    alias = page.create_alias(update_slug="alias")
    page.refresh_from_db()
    page.unpublish()
    assert answer_for(alias) == 404

    plan(page, title="On Friday")
    assert answer_for(alias) == answer_for(page) == 404

    clock.shift(LATER + timedelta(seconds=1))
    call_command("publish_scheduled", verbosity=0)
    assert answer_for(alias) == answer_for(page) == "On Friday"


def test_nobody_is_told_that_it_is_published_before_it_is(clock, home, told):
    page = factories.StandardPageFactory(parent=home, live=False)
    plan(page)
    assert told == []

    clock.shift(LATER + timedelta(seconds=1))
    call_command("publish_scheduled", verbosity=0)

    assert told == [page.pk]
