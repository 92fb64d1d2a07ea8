"""An SQLite database in which every migration has been applied, for tests to begin with a copy of it.

To apply them takes ten seconds, and more where every worker of the tests does it at once.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path

import django

from cms.garbage import collected_rarely
from cms.settings.environment import CHECKOUT

KEPT = CHECKOUT / ".pytest_cache" / "migrated"


def begin_migrated(database: sqlite3.Connection) -> None:
    """Copies it into a database that is empty."""
    assert not database.execute("SELECT 1 FROM sqlite_master").fetchone()
    with _alone(), closing(sqlite3.connect(_file())) as kept:
        kept.backup(database)


def make_migrated(file: Path) -> None:
    """Makes an SQLite database for processes that a test starts."""
    with closing(sqlite3.connect(file)) as database:
        begin_migrated(database)


def _file() -> Path:
    """Made by the first who asks, and made anew where a migration or a package is another."""
    file = KEPT / f"{_state()}.sqlite3"
    if not file.exists():
        for old in KEPT.glob("*.sqlite3*"):
            old.unlink()
        begun = file.with_suffix(".sqlite3-begun")
        subprocess.run(
            [sys.executable, "-m", "tests.migrated"],
            cwd=CHECKOUT,
            env=os.environ | {"DATABASE_URL": f"sqlite:///{begun}"},
            check=True,
        )
        begun.rename(file)
    return file


def _state() -> str:
    """Changes with whatever migrations are called and say, and with the settings that they ask."""
    migrations = sorted(CHECKOUT.glob("[!.]*/migrations/*.py"))
    assert len(migrations) > 10
    files = [*migrations, *sorted(CHECKOUT.glob("cms/settings/*.py"))]
    state = sha256((CHECKOUT / "requirements-dev.txt").read_bytes())
    for file in files:
        state.update(f"\0{file.relative_to(CHECKOUT)}\0".encode() + file.read_bytes())
    return state.hexdigest()


@contextmanager
def _alone() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        flock(lock, LOCK_EX)
        yield


@collected_rarely()
def main() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    # What is still beside the file goes into it.
    connection.close()


if __name__ == "__main__":
    main()
