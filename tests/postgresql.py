"""Prints the DATABASE_URL of a PostgreSQL server to test on, or fails and says what was tried."""

import getpass
import os
import sys

import psycopg


def candidates() -> list[str]:
    """What the environment names, in DATABASE_URL or libpq's variables; else this machine's own."""
    if (url := os.environ.get("DATABASE_URL", "")).startswith("postgres"):
        return [url]
    if {"PGHOST", "PGUSER", "PGSERVICE"} & os.environ.keys():
        return ["postgresql:///postgres"]
    return [
        f"postgresql://{user}@127.0.0.1:5432/postgres" for user in ("postgres", getpass.getuser())
    ]


def main() -> None:
    for url in candidates():
        try:
            psycopg.connect(url, connect_timeout=3).close()
        except psycopg.OperationalError as error:
            print(f"PostgreSQL does not answer: {str(error).splitlines()[0]}", file=sys.stderr)
        else:
            print(f"Testing on PostgreSQL: {url.rpartition('@')[2]}", file=sys.stderr)
            print(url)
            return
    sys.exit("PostgreSQL tests SKIPPED: set DATABASE_URL, or PGHOST and PGUSER.")


if __name__ == "__main__":
    main()
