import pytest

from pages import demo
from tests.kept import keep


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo content, loaded once for a whole module; what its tests change is rolled back."""
    yield from keep(demo.load, django_db_blocker)
