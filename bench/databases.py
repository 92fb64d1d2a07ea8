"""Databases of the bench's own: made for one run and dropped after it."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

NAME = "dateline_bench"
# Answers that are asked for, then written down.
BATCH = 200
TABLE = "CREATE TABLE bench_bytes (id bigint PRIMARY KEY, body text, etag text)"


class Unavailable(Exception):
    """A database that was asked for and cannot be had; says why."""


@dataclass(frozen=True)
class Database:
    """One that exists. `vendor` is "postgresql" or "sqlite"."""

    vendor: str
    url: str
    version: str

    def keep_bytes(self, rows: Iterable[tuple[int, str, str]]) -> None:
        """Puts answers into the bare view's table: number, body, ETag.

        Some at a time: nothing may hold the database while the product is asked for more.
        """
        self._keep(["DROP TABLE IF EXISTS bench_bytes", TABLE], [])
        rows = iter(rows)
        while batch := list(islice(rows, BATCH)):
            self._keep([], batch)

    def _keep(self, statements: Sequence[str], rows: Sequence[tuple[int, str, str]]) -> None:
        insert = "INSERT INTO bench_bytes VALUES ({0}, {0}, {0})"
        if self.vendor == "postgresql":
            with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                cursor.executemany(insert.format("%s"), rows)
            return
        with closing(sqlite3.connect(self.path, timeout=60)) as file, file:
            for statement in statements:
                file.execute(statement)
            file.executemany(insert.format("?"), rows)

    def settle(self) -> None:
        """What PostgreSQL does by itself within minutes of so many new rows, at once."""
        if self.vendor == "postgresql":
            with psycopg.connect(self.url, autocommit=True) as connection:
                connection.execute("VACUUM ANALYZE")

    def backends(self, contestant: str) -> list[int]:
        """Process ids of PostgreSQL's that work for a contestant. SQLite has none."""
        if self.vendor != "postgresql":
            return []
        with psycopg.connect(self.url) as connection:
            rows = connection.execute(
                "SELECT pid FROM pg_stat_activity WHERE application_name = %s",
                [f"bench-{contestant}"],
            )
            return [pid for (pid,) in rows]

    @property
    def path(self) -> Path:
        """The file of an SQLite database."""
        return Path(urlsplit(self.url).path)

    # The product's triggers, for measuring without them ------------------------------------------

    def triggers(self) -> list[Any]:
        """Those of the product: on PostgreSQL `(name, table)`, on SQLite `(name, sql)`."""
        if self.vendor == "postgresql":
            with psycopg.connect(self.url) as connection:
                return connection.execute(
                    "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal "
                    "AND tgname LIKE 'dateline\\_%'"
                ).fetchall()
        with closing(sqlite3.connect(self.path, timeout=60)) as file:
            return file.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' "
                "AND substr(name, 1, 9) = 'dateline_'"
            ).fetchall()

    @contextmanager
    def without(self, triggers: Sequence[Any]) -> Iterator[None]:
        """Triggers are out for that long. What they would have dropped stays, and is stale."""
        self._switch(triggers, on=False)
        try:
            yield
        finally:
            self._switch(triggers, on=True)

    def _switch(self, triggers: Sequence[Any], *, on: bool) -> None:
        if self.vendor == "postgresql":
            with psycopg.connect(self.url) as connection:
                for name, table in triggers:
                    connection.execute(
                        sql.SQL("ALTER TABLE {} {} TRIGGER {}").format(
                            sql.Identifier(table),
                            sql.SQL("ENABLE" if on else "DISABLE"),
                            sql.Identifier(name),
                        )
                    )
            return
        with closing(sqlite3.connect(self.path, timeout=60)) as file, file:
            for name, statement in triggers:
                file.execute(statement if on else f'DROP TRIGGER "{name}"')


@contextmanager
def made(vendor: str, folder: Path) -> Iterator[Database]:
    """An empty database; Unavailable if there is no server, or not on this machine."""
    if vendor == "sqlite":
        yield Database(vendor, f"sqlite:///{folder / 'bench.sqlite3'}", sqlite3.sqlite_version)
        return
    server = os.environ.get("BENCH_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")
    parts = urlsplit(server)
    if parts.hostname not in {"127.0.0.1", "localhost", "::1"}:
        raise Unavailable("PostgreSQL must run here: its processor time is read from /proc.")
    name = sql.Identifier(NAME)
    try:
        with psycopg.connect(server, autocommit=True, connect_timeout=3) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(name))
            # A parallel worker ends with its query, and with it what it cost.
            connection.execute(
                sql.SQL("ALTER DATABASE {} SET max_parallel_workers_per_gather = 0").format(name)
            )
            version = str(connection.info.parameter_status("server_version"))
    except psycopg.Error as error:
        raise Unavailable(f"PostgreSQL: {str(error).strip().splitlines()[0]}") from error
    try:
        yield Database(vendor, parts._replace(path=f"/{NAME}").geturl(), version)
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(name))
