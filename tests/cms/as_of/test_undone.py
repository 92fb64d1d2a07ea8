"""Whoever looks ahead leaves nothing behind, and shows nobody else what they see."""

from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db.models.signals import post_save
from django_tasks.signals import task_enqueued
from wagtail.models import Page, Site
from wagtail.signals import page_published, page_unpublished, published, unpublished

from cms.as_of.undone import undone
from pages.models import PressReleasePage
from tests.cms.as_of.ahead import ENDPOINTS, ask, hours, make_plans


@pytest.fixture
def telling():
    """All that is told of by signal."""
    told: list[tuple[Any, Any]] = []
    signals = [page_published, page_unpublished, published, unpublished, task_enqueued]

    def hear(sender, signal, **said):
        told.append((signals.index(signal), sender))

    def hear_saved(sender, **said):
        if issubclass(sender, Page):
            told.append(("saved", sender))

    for signal in signals:
        signal.connect(hear)
    post_save.connect(hear_saved)
    yield told
    for signal in signals:
        signal.disconnect(hear)
    post_save.disconnect(hear_saved)


@pytest.mark.django_db
def test_nobody_is_told(ada, home, telling, django_capture_on_commit_callbacks):
    make_plans(home)
    telling.clear()
    with django_capture_on_commit_callbacks() as callbacks:
        for endpoint, query in ENDPOINTS:
            assert ask(ada, hours(2), endpoint, **query).status_code == 200
    assert callbacks == []
    # Wagtail saves what is an alias, and puts it off to index it: in rows that are gone.
    assert {sender for what, sender in telling if what == "saved"} <= {PressReleasePage}
    assert [what for what, _ in telling if what in (0, 1, 2, 3)] == []
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize("is_kept", [True, False])
def test_wagtails_cache_keeps_nothing_of_then(home, is_kept):
    """It has the addresses of sites, which a planned slug of a front page changes."""
    cache.clear()
    now = home.url_path
    if is_kept:
        assert Site.get_site_root_paths()[0].root_path == now
    with undone():
        Page.objects.filter(pk=home.pk).update(url_path="/then/")
        assert Site.get_site_root_paths()[0].root_path == "/then/"
    assert Site.get_site_root_paths()[0].root_path == now
