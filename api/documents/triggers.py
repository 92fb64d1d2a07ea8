"""The triggers that carry out the rules: no writer can go around them, whatever it writes with.

They are not migrations, since they follow from the models: they are taken out before migrations
change tables, and put in afterwards if they are not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby
from typing import Any

from django.db import connection, transaction
from wagtail.models import Page

from api.changes.models import Announced
from api.codecs.keys import PAGE
from api.documents.models import (
    SEARCHED_FORMAT,
    Dependency,
    Document,
    Dropped,
    Entry,
    Installed,
    KeptListing,
    Label,
    Pending,
    Touched,
    Unannounced,
    Unread,
)
from api.documents.rules import Rule, rules

PREFIX = "dateline_"
EVENTS = ("INSERT", "UPDATE", "DELETE")
DROPPED, TOUCHED = Dropped._meta.db_table, Touched._meta.db_table
SQLITE_KEY = "(SELECT NEW.key AS key)"
SQLITE_DROPPED = "(SELECT NEW.document_id AS document_id, NEW.key AS key)"
CREATION = re.compile(r"CREATE TRIGGER (\w+) AFTER \w+ ON (\w+) ")
# Of the lock under which one of several processes that start together installs them.
LOCK = 0x0D0C_0D0C


def install() -> None:
    """Puts the triggers in that the rules ask for, unless those stand there already.

    What was stored before them is given up: nobody has watched over it.
    """
    if not _is_there(Installed._meta.db_table):
        return
    wanted = rules()
    fingerprint = fingerprint_of(wanted)
    if _installed() == [fingerprint]:
        return
    with transaction.atomic():
        _wait_for_others()
        if _installed() == [fingerprint]:
            return
        uninstall()
        with connection.cursor() as cursor:
            for statement in statements(wanted):
                cursor.execute(statement)
            for model in (Pending, Unread):
                cursor.execute(
                    f"INSERT INTO {model._meta.db_table} (page_id) "
                    f"SELECT id FROM {Page._meta.db_table}"
                )
            cursor.execute(
                f"INSERT INTO {Unannounced._meta.db_table} (page_id, key) "
                f"SELECT id, '' FROM {Page._meta.db_table} "
                f"UNION SELECT page_id, '' FROM {Announced._meta.db_table}"
            )
        Installed.objects.create(fingerprint=fingerprint)


def uninstall() -> None:
    """Takes all triggers out, and with them everything stored: from now on nobody watches over it."""
    if not _is_there(Installed._meta.db_table):
        return
    with transaction.atomic():
        Installed.objects.all().delete()
        with connection.cursor() as cursor:
            for statement in list(_removals(cursor)):
                cursor.execute(statement)
        for model in (
            Document,
            Dependency,
            Dropped,
            Entry,
            KeptListing,
            Label,
            Pending,
            Unannounced,
            Unread,
        ):
            # The code may know more tables than the migrations that are about to run have made.
            if _is_there(model._meta.db_table):
                model.objects.all().delete()


def problems() -> list[str]:
    """What is not as the rules ask for, a sentence each; nothing before the first migration."""
    if not _is_there(Installed._meta.db_table):
        return []
    wanted = statements(rules())
    if _installed() != [fingerprint_of(rules())]:
        return ["The triggers that drop documents are not installed: nothing is stored."]
    with connection.cursor() as cursor:
        standing = set(_standing(cursor))
    asked_for = {match.groups() for match in map(CREATION.match, wanted) if match}
    return [
        f"The trigger {name} on {table} is missing." for name, table in sorted(asked_for - standing)
    ]


def fingerprint_of(wanted: Iterable[Rule]) -> str:
    """Changes with the rules and with how they are carried out."""
    return sha256("\n".join(statements(list(wanted))).encode()).hexdigest()


def statements(wanted: list[Rule]) -> list[str]:
    """The SQL that puts in the triggers for some rules."""
    write = _postgresql if connection.vendor == "postgresql" else _sqlite
    return write(wanted)


def _by_table(wanted: list[Rule]) -> list[tuple[str, list[Rule]]]:
    ordered = sorted(wanted, key=lambda rule: rule.table)
    return [(table, list(found)) for table, found in groupby(ordered, lambda rule: rule.table)]


# PostgreSQL: once a statement, however many rows it changes -----------------------------------------


def _postgresql(wanted: list[Rule]) -> list[str]:
    found = [
        f"ALTER TABLE {TOUCHED} ADD COLUMN IF NOT EXISTS "
        "transaction xid8 NOT NULL DEFAULT pg_current_xact_id()",
        *_on_table(
            TOUCHED,
            {
                "INSERT": [
                    _drop("new_rows"),
                    _note_pages(Pending, "new_rows"),
                    _note_pages(Unread, "new_rows"),
                    _note_pages(Unannounced, "new_rows"),
                ]
            },
        ),
        *_on_table(DROPPED, {"INSERT": [_unread("new_rows"), _unannounced("new_rows")]}),
    ]
    for table, on_table in _by_table(wanted):
        bodies = {
            "INSERT": [_touch(rule, "new_rows") for rule in on_table],
            "DELETE": [_touch(rule, "old_rows") for rule in on_table],
            "UPDATE": [_touch(rule, _changed(rule)) for rule in on_table],
        }
        found += _on_table(table, bodies)
    return found


def _on_table(table: str, bodies: dict[str, list[str]]) -> list[str]:
    function = f"{PREFIX}{table}"
    branches = "\n".join(
        f"IF TG_OP = '{event}' THEN\n" + "\n".join(f"{body};" for body in body_list) + "\nEND IF;"
        for event, body_list in bodies.items()
    )
    rows = {
        "INSERT": "NEW TABLE AS new_rows",
        "DELETE": "OLD TABLE AS old_rows",
        "UPDATE": "OLD TABLE AS old_rows NEW TABLE AS new_rows",
    }
    return [
        f"CREATE OR REPLACE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$\n"
        f"BEGIN\n{branches}\nRETURN NULL;\nEND $$",
        *(
            f"CREATE TRIGGER {PREFIX}{event.lower()} AFTER {event} ON {table} "
            f"REFERENCING {rows[event]} FOR EACH STATEMENT EXECUTE FUNCTION {function}()"
            for event in bodies
        ),
    ]


def _changed(rule: Rule) -> str:
    """Rows as they were and as they are, without those that are in both."""
    columns = ", ".join(connection.ops.quote_name(column) for column in rule.columns)
    old, new = f"SELECT {columns} FROM old_rows", f"SELECT {columns} FROM new_rows"
    return f"(({old} EXCEPT {new}) UNION ALL ({new} EXCEPT {old}))"


def _touch(rule: Rule, rows: str) -> str:
    joined = f" JOIN {rule.joined.format(row='changed')}" if rule.joined else ""
    return (
        f"INSERT INTO {TOUCHED} (key) SELECT DISTINCT found.key FROM "
        f"(SELECT {rule.key.format(row='changed')} AS key FROM {rows} AS changed{joined}) AS found "
        "WHERE found.key IS NOT NULL"
    )


def _drop(touched: str) -> str:
    """Notes the documents that hold a touched key, unless they are noted already."""
    dropped, dependency = Dropped._meta.db_table, Dependency._meta.db_table
    return (
        f"INSERT INTO {dropped} (document_id, key) SELECT held.document_id, min(held.key) "
        f"FROM {touched} AS touched JOIN {dependency} AS held ON held.key = touched.key "
        f"WHERE NOT EXISTS (SELECT 1 FROM {dropped} AS noted "
        "WHERE noted.document_id = held.document_id) GROUP BY held.document_id"
    )


def _note_pages(model: type[Pending | Unread | Unannounced], touched: str) -> str:
    """Notes the pages that are touched themselves: all that is kept of them may be other now."""
    prefix = f"{PAGE.kind}:"
    into, key = ("page_id, key", ", touched.key") if model is Unannounced else ("page_id", "")
    return (
        f"INSERT INTO {model._meta.db_table} ({into}) "
        f"SELECT CAST(substr(touched.key, {len(prefix) + 1}) AS bigint){key} "
        f"FROM {touched} AS touched "
        f"WHERE substr(touched.key, 1, {len(prefix)}) = '{prefix}'"
    )


def _unread(dropped: str) -> str:
    """Notes the pages of dropped documents: what they are found by may be something else now."""
    return f"INSERT INTO {Unread._meta.db_table} (page_id) SELECT {_pages_of(dropped)}"


def _unannounced(dropped: str) -> str:
    """Notes the pages of dropped documents: there may be something to tell of them."""
    return (
        f"INSERT INTO {Unannounced._meta.db_table} (key, page_id) "
        f"SELECT dropped.key, {_pages_of(dropped)}"
    )


def _pages_of(dropped: str) -> str:
    return (
        f"document.page_id FROM {dropped} AS dropped JOIN {Document._meta.db_table} AS document "
        "ON document.id = dropped.document_id WHERE document.page_id IS NOT NULL "
        f"AND document.rich_text_format = '{SEARCHED_FORMAT}'"
    )


# SQLite: row by row ---------------------------------------------------------------------------------


def _sqlite(wanted: list[Rule]) -> list[str]:
    found = [
        f"CREATE TRIGGER {PREFIX}drop AFTER INSERT ON {TOUCHED} BEGIN "
        f"{_drop(SQLITE_KEY)}; {_note_pages(Pending, SQLITE_KEY)}; "
        f"{_note_pages(Unread, SQLITE_KEY)}; {_note_pages(Unannounced, SQLITE_KEY)}; END",
        f"CREATE TRIGGER {PREFIX}unread AFTER INSERT ON {DROPPED} BEGIN "
        f"{_unread(SQLITE_DROPPED)}; {_unannounced(SQLITE_DROPPED)}; END",
    ]
    for table, on_table in _by_table(wanted):
        for number, rule in enumerate(on_table):
            name = f"{PREFIX}{table}_{number}"
            differs = " OR ".join(
                f"OLD.{column} IS NOT NEW.{column}"
                for column in map(connection.ops.quote_name, rule.columns)
            )
            old, new = _touch_by_row(rule, "OLD"), _touch_by_row(rule, "NEW")
            found += [
                f"CREATE TRIGGER {name}_insert AFTER INSERT ON {table} BEGIN {new}; END",
                f"CREATE TRIGGER {name}_delete AFTER DELETE ON {table} BEGIN {old}; END",
                f"CREATE TRIGGER {name}_update AFTER UPDATE ON {table} WHEN {differs} "
                f"BEGIN {old}; {new}; END",
            ]
    return found


def _touch_by_row(rule: Rule, row: str) -> str:
    source = f" FROM (SELECT 1) JOIN {rule.joined.format(row=row)}" if rule.joined else ""
    return (
        f"INSERT INTO {TOUCHED} (key) SELECT key FROM "
        f"(SELECT {rule.key.format(row=row)} AS key{source}) WHERE key IS NOT NULL"
    )


# Both -----------------------------------------------------------------------------------------------


def _is_there(table: str) -> bool:
    return table in connection.introspection.table_names()


def _installed() -> list[str]:
    return list(Installed.objects.values_list("fingerprint", flat=True))


def _wait_for_others() -> None:
    """On SQLite, whoever is in a transaction has waited already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _removals(cursor: Any) -> Iterable[str]:
    by_table = connection.vendor == "postgresql"
    for name, table in list(_standing(cursor)):
        yield f'DROP TRIGGER "{name}"' + (f" ON {table}" if by_table else "")


def _standing(cursor: Any) -> Iterable[tuple[str, str]]:
    """Our triggers that are in the database, with their tables."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s",
            [f"{PREFIX.replace('_', chr(92) + '_')}%"],
        )
    else:
        cursor.execute(
            "SELECT name, tbl_name FROM sqlite_master "
            "WHERE type = 'trigger' AND substr(name, 1, %s) = %s",
            [len(PREFIX), PREFIX],
        )
    yield from cursor.fetchall()
