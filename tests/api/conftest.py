from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker

from tests.api.tree import Tree, make_tree
from tests.full_pages import Material, make_material
from tests.kept import keep


@pytest.fixture(scope="module")
def tree(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Tree]:
    """A small newsroom for a whole module; what its tests change is rolled back."""
    yield from keep(make_tree, django_db_blocker)


@pytest.fixture(scope="module")
def _material(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Material]:
    yield from keep(make_material, django_db_blocker)


@pytest.fixture
def material(_material: Material, db: None) -> Material:
    """What full pages refer to, as it is in the database."""
    return _material.read_again()


@pytest.fixture
def elsewhere():
    """Runs functions in threads, each with its own connection."""

    def run(function, *args):
        try:
            return function(*args)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        yield lambda function, *args: threads.submit(run, function, *args)
