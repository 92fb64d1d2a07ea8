from collections.abc import Iterator

import pytest
from django.core.cache import cache
from pytest_django import DjangoDbBlocker

from tests.full_pages import Material, make_material
from tests.kept import keep


@pytest.fixture(autouse=True)
def no_guesses_yet() -> None:
    """Wrong links are counted in the cache, whichever test they were of."""
    cache.clear()


@pytest.fixture(scope="module")
def _material(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Material]:
    yield from keep(make_material, django_db_blocker)


@pytest.fixture
def material(_material: Material, db: None) -> Material:
    """What full pages refer to, as it is in the database."""
    return _material.read_again()
