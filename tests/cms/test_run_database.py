"""What `manage.py run` does to a database before it serves."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError

from cms.management.commands.run import Command
from pages.models import HomePage
from tests.factories import TopicFactory


@pytest.mark.django_db
def test_a_database_in_use_is_served_without_the_demo():
    TopicFactory()
    out = io.StringIO()

    Command(stdout=out).load_demo()

    assert "Starting without it" in out.getvalue()
    assert not HomePage.objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_another_error_is_not_hidden(monkeypatch):
    def fail(*args, **kwargs):
        raise CommandError("The disk is full.")

    monkeypatch.setattr("cms.management.commands.run.call_command", fail)

    with pytest.raises(CommandError, match="disk is full"):
        Command(stdout=io.StringIO()).load_demo()
