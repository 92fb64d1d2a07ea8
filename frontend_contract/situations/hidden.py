"""What the examples link to and no reader may see: pages that are not public, and things deleted."""

from datetime import UTC, date, datetime
from typing import Any

from wagtail.models import PageViewRestriction

from frontend_contract.situations.bodies import LEAST
from frontend_contract.situations.example import Example
from pages.demo.stock import Stock
from pages.models import PressReleasePage

LONG_AGO = datetime(2016, 8, 1, tzinfo=UTC)


def _draft(stock: Stock) -> dict[str, Any]:
    return {
        "body": LEAST,
        "live": False,
        "first_published_at": None,
        "last_published_at": None,
    }


def _hidden(name: str, parent: str, number: int, **state: Any) -> Example:
    return Example(
        f"hidden/{name}",
        PressReleasePage,
        parent,
        f"Not for readers: {name}",
        name,
        date(2016, 7, 1),
        lambda stock: {"body": LEAST, **state},
        id=number,
    )


DRAFT = Example(
    "hidden/draft",
    PressReleasePage,
    "section/full",
    "Not for readers: draft",
    "draft",
    date(2016, 7, 1),
    _draft,
    id=120,
)
UNPUBLISHED = _hidden("unpublished", "section/full", 121, live=False)
EXPIRED = _hidden("expired", "section/full", 122, expire_at=LONG_AGO)
RESTRICTED = _hidden("restricted", "section/closed", 123)
DELETED = _hidden("deleted", "section/full", 124)
HIDDEN = [DRAFT, UNPUBLISHED, EXPIRED, RESTRICTED, DELETED]


def close(stock: Stock) -> None:
    """Restricts the closed section to those who sign in."""
    PageViewRestriction.objects.create(
        page=stock.pages["section/closed"], restriction_type=PageViewRestriction.LOGIN
    )


def delete(stock: Stock) -> None:
    """Deletes what is called lost or deleted, once everything refers to it."""
    stock.pages[DELETED.name].delete()
    for kind in (stock.pictures, stock.documents, stock.contacts, stock.boilerplates):
        kind["lost"].delete()
