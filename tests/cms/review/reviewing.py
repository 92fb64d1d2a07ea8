"""Review links, and reading by them, for tests."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from cms.review import links
from cms.review.models import ReviewLink

ADDRESS = "/api/v2/review/"


def editor(name: str = "ada", **values: Any) -> Any:
    """Somebody who may do everything unless it is said, or who exists already."""
    values = {"email": f"{name}@newsroom.example", "is_superuser": True, **values}
    return get_user_model().objects.get_or_create(username=name, defaults=values)[0]


def share(*pages: Any, passcode: str = "", maker: Any = None, **values: Any) -> tuple[Any, str]:
    """A link to the drafts of pages, and its token."""
    values = {
        "recipient": "Jo Lawyer",
        "expires_at": timezone.now() + timedelta(days=7),
        **values,
    }
    link = ReviewLink(passcode=make_password(passcode) if passcode else "", **values)
    token = links.make(link, pages, maker=maker or editor())
    return link, token


class Reviewer:
    """Somebody without an account, with a link."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.ticket = ""
        self.key = ""
        self.client = Client()

    def headers(self) -> dict[str, str]:
        sent = {"Review-Visit": self.ticket, "Idempotency-Key": self.key}
        headers = {name: value for name, value in sent.items() if value}
        return {"Authorization": f"Bearer {self.token}", **headers}

    def get(self, place: str = "", **parameters: Any) -> Any:
        return self.client.get(ADDRESS + place, parameters, headers=self.headers())

    def post(self, place: str, **body: Any) -> Any:
        return self.client.post(
            ADDRESS + place, json.dumps(body), "application/json", headers=self.headers()
        )

    def read(self, **parameters: Any) -> Any:
        """What the link shows, within one visit."""
        response = self.get(**parameters)
        assert response.status_code == 200, (response.status_code, response.content)
        answer = response.json()
        self.ticket = answer["review"]["visit"]
        return answer

    def enter(self, **said: Any) -> Any:
        response = self.post("visit/", **said)
        if response.status_code == 201:
            self.ticket = response.json()["visit"]
        return response

    def comes_again(self) -> Reviewer:
        return Reviewer(self.token)
