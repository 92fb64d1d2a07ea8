import pytest
from django.contrib.auth import get_user_model

from tests import factories


@pytest.fixture
def ada(db):
    """Somebody who may do everything."""
    return get_user_model().objects.create_superuser("ada", "ada@newsroom.example", "secret")


@pytest.fixture
def home(db):
    return factories.make_site().root_page
