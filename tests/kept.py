"""What is made in the database once for all tests of a module."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

Made = TypeVar("Made")


def keep(make: Callable[[], Made], blocker: DjangoDbBlocker) -> Iterator[Made]:
    """What `make` makes, for a fixture to give; in the end it was never there.

    What tests change in the database is rolled back, but objects in memory stay as tests leave them.
    """
    with blocker.unblock():
        with transaction.atomic():
            made = make()
            with blocker.block():
                yield made
            transaction.set_rollback(True)
        # Wagtail's cache knows nothing of rollbacks.
        Site.clear_site_root_paths_cache()
