"""`changes/` over HTTP."""

import json
from datetime import datetime

import pytest
from django.db.models import Max

from api.changes import stream as stream_module
from api.changes.announce import announce
from api.changes.answer import values_of
from api.changes.feed import Position, about, end, read
from api.changes.models import Change
from api.changes.stream import MOST_LISTENERS, _free
from tests.api.changes.follower import CHANGES, Follower, events
from tests.api.documents.truth import Truth
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db


def test_a_follower_begins_with_all_that_is_there(tree):
    follower = Follower()

    told = follower.follow(limit=4)

    answers = Truth().answers()
    assert follower.held == {page.pk: answers[page.pk] for page in Truth().on(tree.site)}
    assert len(follower.held) == len(told) > 10
    assert {event for _, event in events(told)} == {"published"}
    assert follower.follow() == []


def test_then_hears_what_is_done(tree):
    follower = Follower()
    follower.follow()
    page = fresh(tree.statute)
    page.title = "Renewed"
    page.save_revision().publish()
    (updated,) = [c for c in follower.follow() if c["page"]["id"] == page.pk]
    fresh(tree.statute).unpublish()
    (gone,) = [c for c in follower.follow() if c["page"]["id"] == page.pk]

    assert updated["event"] == "updated"
    assert updated["document"]["title"] == "Renewed"
    assert updated["tags"] == [f"page:{page.pk}", f"card:{page.pk}", "page", "card", "pages"]
    assert datetime.fromisoformat(updated["at"]).tzinfo
    assert gone["event"] == "unpublished"
    assert (gone["path"], gone["html_url"], gone["etag"], gone["document"]) == (None,) * 4
    assert gone["previous_path"] == "/about/gesetz-über-häfen/"
    assert gone["sequence"] > updated["sequence"]
    assert page.pk not in follower.held


def test_the_etag_is_that_of_the_document(tree, client):
    told = Follower(documents="false").follow()

    for change in told:
        document = client.get(change["page"]["detail_url"])
        assert document["ETag"] == change["etag"]
        assert change["document"] is None
    assert len(told) > 10


def test_one_can_begin_at_the_end(tree):
    Follower().follow()
    follower = Follower()
    follower.cursor = "now"

    assert follower.follow() == []
    fresh(tree.statute).unpublish()
    assert (tree.statute.pk, "unpublished") in events(follower.follow())


def test_types_and_sites_of_ones_own(tree):
    papers = Follower(type="fact_sheet,pages.ProfilePage").follow()
    others = Follower(site=tree.other_site.hostname).follow()

    assert {change["page"]["type"] for change in papers} == {"fact_sheet", "profile"}
    assert tree.other_page.pk in {change["page"]["id"] for change in others}
    assert tree.release.pk not in {change["page"]["id"] for change in others}


def test_what_concerns_others_is_read_past(tree):
    follower = Follower(type="profile")
    follower.follow()
    fresh(tree.statute).unpublish()

    assert follower.follow() == []
    cursor = follower.cursor
    assert follower.follow() == []
    assert follower.cursor == cursor


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"cursor": "nonsense"}, "cursor is not one that this API gave"),
        ({"cursor": "WzEsMiwzXQ"}, "cursor is not one that this API gave"),
        ({"cursor": "Wy0xXQ"}, "cursor is not one that this API gave"),
        ({"type": "poem"}, "type does not exist"),
        ({"limit": "0"}, "limit must be between 1 and 100"),
        ({"limit": "101"}, "limit must be between 1 and 100"),
        ({"documents": "perhaps"}, "documents must be true or false"),
        ({"since": "yesterday"}, "since"),
    ],
)
def test_what_is_wrong_is_said(client, tree, query, says):
    answer = client.get(CHANGES, query)

    assert answer.status_code == 400
    assert says in answer.json()["detail"]


def test_a_cursor_from_before_what_is_known_is_told_to_begin_anew(client, tree):
    follower = Follower()
    follower.follow()
    fresh(tree.statute).unpublish()
    Follower().follow()
    fresh(tree.about).unpublish()
    Follower().follow()
    last = Change.objects.aggregate(last=Max("id"))["last"]
    Change.objects.filter(id__lt=last).delete()

    answer = client.get(CHANGES, {"cursor": follower.cursor})

    assert answer.status_code == 410
    assert "begin again without it" in answer.json()["detail"]
    follower.cursor = None
    assert follower.follow()
    assert follower.follow() == []


def test_who_came_before_anything_was_told_begins_with_it(tree):
    follower = Follower()
    follower.cursor = Position(0).write()
    Follower().follow()
    first = Change.objects.order_by("id").values_list("id", flat=True)[0]
    Change.objects.filter(id=first).delete()

    follower.follow()

    assert len(follower.held) > 10


def test_a_cursor_of_another_database_is_told_so_too(client, tree):
    Follower().follow()

    assert client.get(CHANGES, {"cursor": "Wzk5OTk5OV0"}).status_code == 410


def test_nobody_keeps_it_without_asking(client, tree):
    answer = client.get(CHANGES)

    assert answer["Cache-Control"] == "no-cache"
    again = client.get(CHANGES, headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


def test_people_can_browse_it(client, tree):
    answer = client.get(CHANGES, headers={"Accept": "text/html"})

    assert answer.status_code == 200
    assert "next_cursor" in answer.content.decode()


# As a stream ----------------------------------------------------------------------------------------


@pytest.fixture
def no_listening(monkeypatch):
    """All places are taken: a stream ends when it has told what there is."""
    for _ in range(MOST_LISTENERS):
        assert _free.acquire(timeout=5)
    yield
    for _ in range(MOST_LISTENERS):
        _free.release()


def stream(client, query=None, **headers):
    answer = client.get(CHANGES, query or {}, headers={"Accept": "text/event-stream", **headers})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/event-stream; charset=utf-8"
    return parts_of(b"".join(answer.streaming_content).decode())


def parts_of(text):
    parts = [
        dict(line.split(": ", 1) for line in part.split("\n")) for part in text.split("\n\n")[:-1]
    ]
    return [part for part in parts if part]


def test_a_stream_tells_the_same(client, tree, no_listening):
    retry, *told, position = stream(client, {"limit": "3"})
    assert len(told) == 3
    assert position == {"id": told[-1]["id"]}
    while part := stream(client, {"limit": "3"}, **{"Last-Event-ID": told[-1]["id"]})[1:-1]:
        told += part

    assert retry == {"retry": "2000"}
    assert [json.loads(part["data"]) for part in told] == Follower(documents="false").follow()
    assert {part["event"] for part in told} == {"change"}


def test_a_stream_goes_on_where_it_was(client, tree, no_listening):
    _, *told, _ = stream(client)
    middle = len(told) // 2

    _, *rest, _ = stream(client, **{"Last-Event-ID": told[middle]["id"]})
    _, *none, _ = stream(client, **{"Last-Event-ID": told[-1]["id"]})

    assert [part["data"] for part in rest] == [part["data"] for part in told[middle + 1 :]]
    assert none == []


def test_who_listened_to_nothing_misses_nothing(client, tree, no_listening):
    """A browser that begins with what is to come, and has to come again before there is any."""
    Follower().follow()
    _, position = stream(client, {"cursor": "now"})
    fresh(tree.statute).unpublish()
    announce(60)

    _, told, _ = stream(client, {"cursor": "now"}, **{"Last-Event-ID": position["id"]})

    assert json.loads(told["data"])["event"] == "unpublished"


def test_a_stream_stays_open_while_there_is_room(tree, monkeypatch):
    Follower().follow()
    monkeypatch.setattr(stream_module, "PAUSE", 0)
    everything = about(tree.site.pk)

    def look(position):
        announce(60)
        return read(position, everything, 10)

    def values(told):
        return [values_of(change, {}) for change in told.changes]

    parts = stream_module.events(look, values, look(end()))
    assert next(parts).startswith(b"retry: ")
    assert next(parts) == f"id: {end().write()}\n\n".encode()
    fresh(tree.statute).unpublish()
    heard = [next(parts) for _ in range(3)]
    parts.close()

    assert any(b'"event":"unpublished"' in part for part in heard)
    # The next one finds room again.
    assert stream_module._free.acquire(blocking=False)
    stream_module._free.release()


def test_a_stream_tells_its_problems(client, tree):
    headers = {"Accept": "text/event-stream"}

    assert client.get(CHANGES, {"cursor": "nonsense"}, headers=headers).status_code == 400
    assert client.get(CHANGES, {"cursor": "Wzk5OTk5OV0"}, headers=headers).status_code == 410
