"""How the contestants are set up: as production is, each with addresses of its own.

`BENCH_CONTESTANT` says whose server this is. The product's has nothing that production has not.
"""

import os

from cms.settings.production import *  # noqa: F403
from cms.settings.production import DATABASES, MIDDLEWARE, STORAGES

CONTESTANT = os.environ.get("BENCH_CONTESTANT", "product")

# Production's own needs `collectstatic` first, for files that no answer here has in it.
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

if DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # By this name the bench finds the database's processes that work for this contestant.
    DATABASES["default"].setdefault("OPTIONS", {})["application_name"] = f"bench-{CONTESTANT}"

if CONTESTANT == "bare":
    # As little as Django can do, and a connection that nobody looks after.
    ROOT_URLCONF = "bench.contestants.bare"
    MIDDLEWARE = []
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
elif CONTESTANT.startswith("stock"):
    # What Wagtail's own API is served with: without what is the product's.
    OURS = ("api.", "corsheaders.", "frontend_contract.")
    MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith(OURS)]
if CONTESTANT == "stock":
    ROOT_URLCONF = "bench.contestants.stock"
elif CONTESTANT == "stock_resolved":
    ROOT_URLCONF = "bench.contestants.stock_resolved"

# Stock Wagtail searches in what tasks write, and no worker runs here.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
