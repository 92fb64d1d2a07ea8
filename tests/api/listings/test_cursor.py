"""`cursor=` and `count=`: every page once, whatever is published meanwhile."""

import base64
import json

import pytest

from tests import factories
from tests.api import contract
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/pages/"
ORDERS = [
    "",
    "order=id",
    "order=-id",
    "order=title",
    "order=-title",
    "order=publication_date",
    "order=-publication_date",
    "order=-publication_date,title",
    "order=slug,-id",
    "order=first_published_at",
    "order=seo_title",
    "type=press_release&order=kind",
    "search=harbour",
    "search=harbour facts&search_operator=or",
    "search=harbour&order=-title",
    "section={news.pk}&order=-publication_date",
    "child_of={home.pk}&order=title",
]


def walk(client, query, limit=2, more=""):
    """The ids of a listing, by its cursors, and how many there were said to be."""
    ids: list[int] = []
    counts: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        response = client.get(f"{ADDRESS}?{query}&limit={limit}&cursor={cursor}{more}")
        ids += [item["id"] for item in contract.pages(response)]
        meta = response.json()["meta"]
        counts.append(meta["total_count"])
        cursor = meta["next_cursor"]
    return ids, counts


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("limit", [1, 2, 3])
def test_it_leads_through_what_offsets_do(client, tree, order, limit):
    query = order.format(**vars(tree))
    whole = client.get(f"{ADDRESS}?{query}").json()
    expected = [item["id"] for item in whole["items"]]
    assert len(expected) > 1

    ids, counts = walk(client, query, limit)
    by_offset = [
        client.get(f"{ADDRESS}?{query}&limit=1&offset={offset}").json()["items"][0]["id"]
        for offset in range(len(expected))
    ]

    assert ids == expected == by_offset
    assert set(counts) == {len(expected)}
    assert whole["meta"]["next_cursor"] is None


@pytest.mark.parametrize("order", ["order=-publication_date", "order=title", "search=harbour"])
def test_what_is_published_meanwhile_moves_nothing(client, tree, order):
    expected, _ = walk(client, order)
    first = client.get(f"{ADDRESS}?{order}&limit=2").json()
    new = factories.PressReleasePageFactory(
        parent=fresh(tree.news), title="A harbour", publication_date="2030-01-01"
    )

    ids = [item["id"] for item in first["items"]]
    cursor = first["meta"]["next_cursor"]
    while cursor:
        answer = client.get(f"{ADDRESS}?{order}&limit=2&cursor={cursor}").json()
        ids += [item["id"] for item in answer["items"]]
        cursor = answer["meta"]["next_cursor"]

    assert [pk for pk in ids if pk != new.pk] == expected
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("order", ["", "order=title", "order=seo_title", "search=harbour"])
def test_without_counting_there_is_more_or_there_is_not(client, tree, order):
    expected, _ = walk(client, order)

    ids, counts = walk(client, order, 2, "&count=false")

    assert ids == expected
    assert counts == [min(n + 1, len(expected)) for n in range(2, len(expected) + 2, 2)]


def test_a_thousand_finds_are_counted_unasked(client, tree, monkeypatch):
    monkeypatch.setattr("api.listings.slices.MOST_COUNTED", 2)

    def total(query):
        return client.get(f"{ADDRESS}?search=harbour{query}").json()["meta"]["total_count"]

    assert total("&limit=1") == 2
    assert total("&limit=1&offset=1") == 3
    assert total("&limit=1&count=true") == total("") > 3


def written(*values):
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "query",
    [
        "cursor=x",
        "cursor=%FF",
        "cursor=" + written("", -1),
        "cursor=" + written("", 1.5),
        "cursor=" + written("", True),
        "cursor=" + written("", 10**20),
        "cursor=" + written("", 1, {"a": 1}),
        "cursor=" + written("", 1, "0001"),
        "cursor=" + written("", 1, "0001", "x"),
        "cursor=" + written("", 1, "0001", 10**30),
        "cursor=" + written("", 1, "\x00", 1),
        "cursor=" + written("", 1, True, 1),
        "cursor=" + written({}, 1),
        "cursor=" + base64.urlsafe_b64encode(b"[" * 3000).decode().rstrip("="),
        "cursor=" + base64.urlsafe_b64encode(b'"abc"').decode().rstrip("="),
        "order=-publication_date&cursor=" + written("-publication_date", 1, "never", 1),
        "order=-publication_date&cursor=" + written("-publication_date", 1, 5, 1),
        "order=-first_published_at&cursor=" + written("-first_published_at", 1, "0001-01-01", 1),
        "order=title&cursor=" + written("", 1),
        "order=id&cursor=" + written("id", 1, "99999999999999999999999"),
        "order=id&cursor=" + written("id", 1, "7"),
        "order=title&cursor=" + written("title", 1, 7, 7),
        "order=title&cursor=" + written("title", 1, "\ud800", 7),
        "order=title&cursor=" + written("title", 1, "A", "7"),
        "order=publication_date&cursor=" + written("publication_date", 1, "", 7),
        "order=first_published_at&cursor="
        + written("first_published_at", 1, "0001-01-01T00:00:00+14:00", 7),
        "order=random&cursor=",
        "search=harbour&cursor=" + written("relevance", 1, 7, "2020-01-01", 1),
        "search=harbour&cursor=" + written("relevance", 1, "0", "2020-01-01", 1),
        "search=harbour&cursor=" + written("relevance", 1, 0),
        "cursor=&offset=1",
        "count=maybe",
        "facets=colour",
        "year=0",
        "year=10000",
        "year=x",
        "year=2016,",
    ],
)
def test_what_is_none_is_told(client, tree, query):
    assert contract.problem(client.get(f"{ADDRESS}?{query}"), 400)
