"""What `manage.py run` does to a database before it serves."""

import io

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.db import connection
from wagtail.models import Site

from api.documents.models import Installed
from api.documents.triggers import problems
from cms.management.commands.run import Command, settle_site
from pages.models import HomePage
from tests.factories import TopicFactory, make_site


@pytest.mark.django_db
def test_a_database_in_use_is_served_without_the_demo():
    TopicFactory()
    out = io.StringIO()

    Command(stdout=out).load_demo()

    assert "Starting without it" in out.getvalue()
    assert not HomePage.objects.exists()
    assert not get_user_model().objects.exists()


@pytest.mark.django_db
def test_the_site_of_a_new_database_is_the_frontend(settings):
    settings.FRONTEND_URL = "https://news.example.org"

    settle_site()

    assert Site.objects.get().root_url == "https://news.example.org"


@pytest.mark.django_db
def test_a_site_that_was_given_an_address_keeps_it(settings):
    make_site("kept.example")
    settings.FRONTEND_URL = "https://news.example.org"

    settle_site()

    assert Site.objects.get().root_url == "https://kept.example"


@pytest.mark.django_db
@pytest.mark.parametrize("port", [4321, 4400])
def test_a_start_says_where_links_go_if_that_is_not_the_frontend(settings, port):
    make_site("localhost", port=4321)
    settings.FRONTEND_URL = f"http://localhost:{port}"
    out = io.StringIO()

    Command(stdout=out).announce(frontend=True)

    told = "Links and previews go to http://localhost:4321" in out.getvalue()
    assert told == (port != 4321)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["https://Frontend.example", "https://frontend.example:443"])
def test_two_ways_to_write_the_frontends_address_are_one(settings, address):
    make_site("frontend.example")
    settings.FRONTEND_URL = address
    out = io.StringIO()

    Command(stdout=out).announce(frontend=True)

    assert "Links and previews" not in out.getvalue()


@pytest.mark.django_db
def test_another_error_is_not_hidden(monkeypatch):
    def fail(*args, **kwargs):
        raise CommandError("The disk is full.")

    monkeypatch.setattr("cms.management.commands.run.call_command", fail)

    with pytest.raises(CommandError, match="disk is full"):
        Command(stdout=io.StringIO()).load_demo()


@pytest.mark.django_db
def test_a_start_installs_triggers_that_no_migration_brings():
    connection.check_constraints()
    Installed.objects.update(fingerprint="of other rules")
    assert problems()

    Command(stdout=io.StringIO()).prepare_database()

    assert problems() == []
