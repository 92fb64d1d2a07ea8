"""What is made in the database once for all tests of a module."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, Site

from api.documents.entries import bring_up_to_date
from api.documents.models import Unread
from api.documents.store import documents_of
from api.search.catching_up import catch_up

Made = TypeVar("Made")


def keep(make: Callable[[], Made], blocker: DjangoDbBlocker) -> Iterator[Made]:
    """What `make` makes, for a fixture to give; in the end it was never there.

    What tests change in the database is rolled back, but objects in memory stay as tests leave them.
    """
    with blocker.unblock():
        with transaction.atomic():
            made = make()
            read_everything()
            with blocker.block():
                yield made
            transaction.set_rollback(True)
        # Wagtail's cache knows nothing of rollbacks.
        Site.clear_site_root_paths_cache()


def read_everything() -> None:
    """Stores what readers are answered with: else each test begins with making all of it."""
    assert bring_up_to_date()
    documents_of(Page.objects.values_list("pk", flat=True))
    while left := Unread.objects.count():
        catch_up()
        assert Unread.objects.count() < left
