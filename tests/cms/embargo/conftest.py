from datetime import UTC, datetime

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Workflow

from pages import models
from tests import factories

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def section(clock):
    return factories.SectionPageFactory(parent=factories.make_site().root_page, slug="news")


@pytest.fixture
def free(section):
    """A release under no embargo, a draft of which was saved."""
    page = factories.PressReleasePageFactory(parent=section, live=False, title="Early")
    page.save_revision()
    return models.PressReleasePage.objects.get(pk=page.pk)


@pytest.fixture
def release(free):
    """The same, under embargo for another hour."""
    factories.EmbargoFactory(page=free)
    return free


@pytest.fixture
def person(db):
    """Makes somebody of a group, or of none."""

    def make(name, group=None, **values):
        made = get_user_model().objects.create_user(name, f"{name}@example.org", **values)
        if group:
            made.groups.add(Group.objects.get(name=group))
        return made

    return make


@pytest.fixture
def no_workflow(db):
    Workflow.objects.update(active=False)
