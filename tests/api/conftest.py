from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker
from wagtail.models import Site

from tests.api.tree import Tree, make_tree
from tests.full_pages import Material, make_material


@pytest.fixture(scope="module")
def tree(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tree]:
    """A small newsroom for a whole module; what its tests change is rolled back."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            made = make_tree()
            with django_db_blocker.block():
                yield made
            transaction.set_rollback(True)
        # Wagtail's cache knows nothing of rollbacks.
        Site.clear_site_root_paths_cache()


@pytest.fixture(scope="module")
def _material(django_db_setup: None, django_db_blocker: Any) -> Iterator[Material]:
    with django_db_blocker.unblock():
        with transaction.atomic():
            made = make_material()
            with django_db_blocker.block():
                yield made
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()


@pytest.fixture
def material(_material: Material, db: None) -> Material:
    """What full pages refer to, as it is in the database."""
    return _material.read_again()
