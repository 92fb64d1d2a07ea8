"""Wagtail's own test project, with our API in place of its own."""

import atexit
import shutil
import tempfile
from collections import defaultdict
from pathlib import Path

from wagtail.test.settings import *  # noqa: F403
from wagtail.test.settings import INSTALLED_APPS, MIDDLEWARE, TEMPLATES


class NoMigrations(defaultdict[str, None]):
    """For every app, none."""

    def __contains__(self, app: object) -> bool:
        return True


SECRET_KEY = "known to every test"
CMS_URL = "http://localhost"
ROOT_URLCONF = "tests.wagtail_v2.urls"
TEST_RUNNER = "tests.wagtail_v2.runner.Runner"
INSTALLED_APPS = [
    "tests.wagtail_v2.apps.WagtailV2Config",
    "api",
    "pages",
    "wagtail_headless_preview",
    "wagtail_footnotes",
    *INSTALLED_APPS,
]
MIDDLEWARE = [*MIDDLEWARE, "tests.wagtail_v2.middleware.only_the_message"]
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "EXCEPTION_HANDLER": "api.errors.problem_response",
}
# Tables as they are in the end: the history of Wagtail's test models takes minutes.
MIGRATION_MODULES: defaultdict[str, None] = NoMigrations(lambda: None)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MEDIA_ROOT = tempfile.mkdtemp(prefix="dateline-wagtail-v2-")
VAR = Path(MEDIA_ROOT)
CACHE_SECONDS = STALE_SECONDS = 0
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
# Without Jinja, which nothing here needs.
TEMPLATES = TEMPLATES[:1]
