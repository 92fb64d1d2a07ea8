"""The product is read from end to end, once: what it keeps is there, and known to the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from bench.asking import Answer, Client, Question
from bench.databases import Database

LIMIT = 20


def walk(client: Client, address: str) -> list[str]:
    """The addresses of a list's pages, first to last, by its cursors.

    Without the last if it is not full: it would be cheaper than others.
    """
    found: list[str] = []
    following: str | None = address
    while following:
        answer = client.ask(Question(following)).json()
        if found and len(answer["items"]) < LIMIT:
            break
        found.append(following)
        cursor = answer["meta"]["next_cursor"]
        following = f"{address}&cursor={cursor}" if cursor else None
    return found


class Copies:
    """Answers of the product, copied to the bare view's table and to files for nginx, by number."""

    def __init__(self, files: Path, filed: set[int]) -> None:
        self.files, self.filed = files, filed
        self.etags: dict[int, str] = {}
        self.product_etags: dict[int, str] = {}

    def of(self, answers: Iterator[tuple[int, Answer]]) -> Iterator[tuple[int, str, str]]:
        """Rows for the bare view; files are written on the way, of those numbers that are `filed`."""
        for number, answer in answers:
            self.product_etags[number] = answer.etag
            self.etags[number] = answer.etag or f'"{sha256(answer.body).hexdigest()[:32]}"'
            if number in self.filed:
                (self.files / str(number)).write_bytes(answer.body)
            yield number, answer.body.decode(), self.etags[number]


def copy(database: Database, copies: Copies, client: Client, addresses: Mapping[int, str]) -> None:
    """Asks the product for all addresses and copies what it answers."""
    database.keep_bytes(
        copies.of((number, client.ask(Question(path))) for number, path in addresses.items())
    )
