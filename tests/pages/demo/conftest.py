import pytest
from django.db import transaction
from wagtail.models import Site

from pages import demo


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The demo content, loaded once for a whole module; what its tests change is rolled back."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            demo.load()
            with django_db_blocker.block():
                yield
            transaction.set_rollback(True)
        # Wagtail's cache knows nothing of rollbacks.
        Site.clear_site_root_paths_cache()
