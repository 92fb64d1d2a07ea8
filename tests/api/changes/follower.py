"""Somebody who keeps a copy of what is public, by following the log."""

import json
from typing import Any

from django.test import Client

CHANGES = "/api/v2/changes/"


class Follower:
    """Holds the documents of pages by id. `heard` are all changes, in the order they were told."""

    def __init__(self, **asked: Any) -> None:
        self.asked = asked
        self.reader = Client()
        self.cursor: str | None = None
        self.held: dict[int, Any] = {}
        self.heard: list[dict[str, Any]] = []

    def follow(self, limit: int = 100) -> list[dict[str, Any]]:
        """Reads on to the end. Gives the changes that were told."""
        told: list[dict[str, Any]] = []
        while True:
            answer = self.ask(limit)
            told += answer["items"]
            self.cursor = answer["meta"]["next_cursor"]
            self.take(answer["items"])
            if not answer["meta"]["more"]:
                self.heard += told
                return told

    def take(self, changes: list[dict[str, Any]]) -> None:
        for change in changes:
            if change["path"] is None:
                self.held.pop(change["page"]["id"], None)
            else:
                self.held[change["page"]["id"]] = change["document"]

    def ask(self, limit: int) -> Any:
        query = {"documents": "true", "limit": limit, **self.asked}
        if self.cursor:
            query["cursor"] = self.cursor
        response = self.reader.get(CHANGES, query)
        assert response.status_code == 200, response.content
        return json.loads(response.content)


def events(changes: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Which page, and what became of it."""
    return [(change["page"]["id"], change["event"]) for change in changes]
