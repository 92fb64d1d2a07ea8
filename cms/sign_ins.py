"""The demo users' passwords: random, and kept where only whoever runs the newsroom can read them."""

import os
import secrets

from django.conf import settings


def read() -> dict[str, str]:
    """Password by user name; empty where no demo was loaded."""
    try:
        lines = (settings.VAR / "demo-sign-ins.txt").read_text().splitlines()
    except FileNotFoundError:
        return {}
    return dict(line.split(maxsplit=1) for line in lines if line.strip())


def password_of(name: str) -> str:
    """The password on file, or a new one added to it. What is there is never changed."""
    if known := read().get(name):
        return known
    password = secrets.token_urlsafe(12)
    settings.VAR.mkdir(parents=True, exist_ok=True)
    path = settings.VAR / "demo-sign-ins.txt"
    with os.fdopen(os.open(path, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600), "a") as file:
        file.write(f"{name:9} {password}\n")
    return password
