"""A newsroom on an engineer's own machine, or one to try: nothing to configure."""

import os
import secrets
from ipaddress import ip_network
from pathlib import Path

from cms.settings.base import *  # noqa: F403
from cms.settings.base import ALLOWED_HOSTS, SECRET_KEY, VAR, WEBHOOK_PRIVATE_NETWORKS


def kept_secret(path: Path) -> str:
    """The secret in the file, made on first use: sessions and preview links outlive a restart."""
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # Another process was first: use its secret.
    finally:
        draft.unlink()
    return path.read_text()


SECRET_KEY = SECRET_KEY or kept_secret(VAR / "secret-key")
ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]

# Frontends that are being built run on this machine too.
WEBHOOK_PRIVATE_NETWORKS += [ip_network("127.0.0.0/8"), ip_network("::1")]

# Static files come straight from the apps: no collectstatic.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True

DEMO_CONTENT = True
