"""A newsroom apart from the one that this process serves: nothing in it, and gone afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import override_settings
from django.utils import translation

CMS_HOST = "cms.example.org"
CMS_URL = f"https://{CMS_HOST}"
SITE_HOST = "news.example.org"
LANGUAGES = [("en", "English"), ("es", "Spanish")]

# Everything that could show in an answer, or keep one from coming about.
SETTINGS: dict[str, Any] = {
    # Signs addresses of pictures, which are part of the answers; protects nothing.
    "SECRET_KEY": "known to everybody who reads the examples",
    "DEBUG": False,
    "CMS_URL": CMS_URL,
    "FRONTEND_URL": f"https://{SITE_HOST}",
    "WAGTAILADMIN_BASE_URL": CMS_URL,
    "WAGTAILAPI_BASE_URL": CMS_URL,
    "ALLOWED_HOSTS": [CMS_HOST],
    # They see to transport, sessions and static files; answers are the same without them.
    "MIDDLEWARE": [],
    "LANGUAGE_CODE": "en",
    "LANGUAGES": LANGUAGES,
    "WAGTAIL_CONTENT_LANGUAGES": LANGUAGES,
    "TIME_ZONE": "UTC",
    "MEDIA_URL": "/media/",
    "STORAGES": {
        "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
    # Of its own: Wagtail keeps the addresses of sites in it.
    "CACHES": {
        "default": {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "situations",
        }
    },
    # The index's tables are made for one database, and no example searches.
    "WAGTAILSEARCH_BACKENDS": {
        "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
    },
}


@contextmanager
def scratch_newsroom() -> Iterator[None]:
    """An empty newsroom in memory, with settings that do not depend on this process's.

    It has tables and nothing in them. Database, files, caches, language and settings are as they
    were afterwards, also after an error. Settings are those of the whole process meanwhile: this is
    for commands and tests, not for a process that serves.
    """
    with fixed_settings(), _scratch_database():
        yield


@contextmanager
def fixed_settings() -> Iterator[None]:
    """The settings of the scratch newsroom, with files and cache in memory, on any database."""
    with translation.override("en"), override_settings(**SETTINGS):
        cache.clear()
        try:
            yield
        finally:
            # What is kept in memory outlives the settings that name it.
            cache.clear()


@contextmanager
def _scratch_database() -> Iterator[None]:
    """Lets the default database be one in memory. What runs here never reaches the real one."""
    original = connections[DEFAULT_DB_ALIAS]
    scratch = DatabaseWrapper(
        {
            **original.settings_dict,
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": ":memory:",
            "OPTIONS": {},
            "TIME_ZONE": None,
        },
        DEFAULT_DB_ALIAS,
    )
    connections[DEFAULT_DB_ALIAS] = scratch
    # It is kept for the process, with the ids of the other database.
    ContentType.objects.clear_cache()
    try:
        _make_tables(scratch)
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = original
        ContentType.objects.clear_cache()
        # Django itself never closes a database in memory.
        if scratch.connection is not None:
            scratch.connection.close()


def _make_tables(connection: DatabaseWrapper) -> None:
    """The tables of all models as they are now: migrations take long, and add content."""
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.managed and not model._meta.proxy:
                editor.create_model(model)
