"""Which code encoded a document: another edition's is as good as none."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.apps import apps
from django.conf import settings

# The packages that write parts of answers, and the settings that are in them.
PACKAGES = ("wagtail", "wagtail-footnotes", "pydantic", "lxml")
SETTINGS = (
    "CMS_URL",
    "LANGUAGE_CODE",
    "MEDIA_URL",
    "SECRET_KEY",
    "STORAGES",
    "WAGTAIL_CONTENT_LANGUAGES",
)


@cache
def edition() -> str:
    """A fingerprint of the code that encodes, of the models it encodes and of what it is told.

    A deployment that changes any of it needs no command: what it finds in the store is of another
    edition, and encoded anew when asked for.
    """
    found = sha256()
    for package in PACKAGES:
        found.update(version(package).encode())
    for name in SETTINGS:
        found.update(repr(getattr(settings, name, None)).encode())
    for app in ("api", "pages"):
        for path in sorted(Path(apps.get_app_config(app).path).rglob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()[:32]
