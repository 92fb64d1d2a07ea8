"""The same newsroom for every machine that tests it: of the environment only the database counts."""

import atexit
import os
import shutil
import tempfile
from ipaddress import ip_network

from cms.settings.environment import Environment

for _name in Environment.model_fields.keys() - {"DATABASE_URL"}:
    os.environ.pop(_name, None)
# One a process, so that parallel tests do not find each other's files.
os.environ["VAR"] = tempfile.mkdtemp(prefix="dateline-tests-")
atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)

from cms.settings.base import *  # noqa: E402, F403
from cms.settings.base import ALLOWED_HOSTS, DATABASES  # noqa: E402

SECRET_KEY = "known to every test"  # noqa: S105
ALLOWED_HOSTS += ["127.0.0.1", "testserver"]

# Receivers that tests start.
WEBHOOK_PRIVATE_NETWORKS = [ip_network("127.0.0.0/8")]

# One a process as well: a server may be testing several checkouts at the same time.
if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["TEST"] = {"NAME": f"test_dateline_{os.getpid()}"}
    # What is thrown away afterwards need not be on the disk before a test goes on.
    DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"
# Else a connection left by a test's thread keeps the database from being dropped.
DATABASES["default"]["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files are looked up when asked for, instead of listed whenever a client is made.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True

# As if a worker were there, and fast.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# Tests that search in the admin's index write it themselves (`update_index`); the API has its own.
WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "AUTO_UPDATE": False}
}
