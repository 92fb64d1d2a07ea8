"""Every change becomes one message to whoever wants it, in order, whoever is killed on the way."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.db.models import F
from django.utils import timezone

from api.changes.models import Change
from api.webhooks import queue
from api.webhooks.models import Delivery, Endpoint
from tests import factories
from tests.telling import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    home = factories.make_site().root_page
    tell()
    return home


def endpoint(**values):
    made = Endpoint(name="one", url="http://127.0.0.1:1/hook", **values)
    queue.create_endpoint(made)
    return made


def told(there):
    found = there.deliveries.order_by("id")
    return [(one.page_id, one.event) for one in found]


def edit(page, title):
    page.title = title
    page.save_revision().publish()
    tell()


def test_a_new_endpoint_is_told_of_what_comes_from_now_on(home):
    factories.StandardPageFactory(parent=home)
    tell()
    there = endpoint()
    page = factories.StandardPageFactory(parent=home)
    tell()
    edit(page, "Another title")
    page.unpublish()
    tell()

    assert told(there) == [
        (page.pk, "page.published"),
        (page.pk, "page.updated"),
        (page.pk, "page.unpublished"),
    ]
    payloads = [json.loads(one.payload) for one in there.deliveries.order_by("id")]
    assert [one["data"]["path"] is None for one in payloads] == [False, False, True]
    assert all(f"page:{page.pk}" in one["data"]["tags"] for one in payloads)
    assert all(len(one.payload) < 20_000 for one in there.deliveries.all())
    assert len(there.signing_secrets()) == 1


def test_each_is_told_of_what_it_wants(home):
    ends = endpoint(events=["unpublished", "deleted"])
    facts = endpoint(types=["fact_sheet"])
    other = factories.make_site("other.example", default=False)
    tell()
    elsewhere = endpoint(site=other)
    here = endpoint(site=home.get_site())
    page = factories.StandardPageFactory(parent=home)
    sheet = factories.FactSheetPageFactory(parent=home)
    tell()
    page.unpublish()
    tell()

    assert told(ends) == [(page.pk, "page.unpublished")]
    assert told(facts) == [(sheet.pk, "page.published")]
    assert told(elsewhere) == []
    assert len(told(here)) == 3


def test_what_was_made_a_delivery_is_never_made_another(home):
    """Whoever was killed before it said how far it had come, or came at the same time."""
    there = endpoint()
    factories.StandardPageFactory(parent=home)
    tell()
    before = list(there.deliveries.values_list("message_id", flat=True))
    Endpoint.objects.update(position=0)
    tell()

    told_again = list(there.deliveries.filter(message_id__in=before))
    assert len(told_again) == len(before) == 1
    assert there.deliveries.count() == Change.objects.count()

    stale = Endpoint.objects.get(pk=there.pk)
    Endpoint.objects.update(position=F("position") + 1)
    Change.objects.update(id=F("id") + 100)
    queue._fill(stale)
    assert there.deliveries.count() == len(before) + Change.objects.count() - 1


def test_messages_about_a_page_keep_their_order(home):
    there = endpoint()
    one, other = (factories.StandardPageFactory(parent=home) for _ in range(2))
    tell()
    for title in ("Second", "Third"):
        edit(one, title)

    first = queue.take(there, 10)
    assert [delivery.page_id for delivery in first] == [one.pk, other.pk]
    assert queue.take(there, 10) == []
    # The first of a page may be due again only after hours: those behind it wait.
    Delivery.objects.filter(pk=first[0].pk).update(
        held_until=None, due_at=timezone.now() + timedelta(hours=5)
    )
    assert queue.take(there, 10) == []
    Delivery.objects.filter(pk=first[0].pk).update(state=Delivery.State.FAILED)
    (second,) = queue.take(there, 10)
    assert json.loads(second.payload)["type"] == "page.updated"
    assert second.sequence == min(
        there.deliveries.filter(page_id=one.pk, event="page.updated").values_list(
            "sequence", flat=True
        )
    )


def test_what_somebody_held_when_it_was_killed_is_taken_again_within_a_minute(home):
    there = endpoint()
    factories.StandardPageFactory(parent=home)
    tell()
    (held,) = queue.take(there, 10)
    assert queue.take(there, 10) == []

    with time_machine.travel(timezone.now() + timedelta(seconds=59)):
        (again,) = queue.take(there, 10)
    assert (again.pk, again.message_id) == (held.pk, held.message_id)


def test_of_two_takers_one_has_it(home):
    """Both have found it free; the second one's update comes too late."""
    there = endpoint()
    factories.StandardPageFactory(parent=home)
    tell()
    others = timezone.now() + timedelta(seconds=20)
    came = []

    def another_is_faster(execute, sql, params, many, context):
        if sql.startswith("UPDATE") and not came:
            came.append(sql)
            Delivery.objects.update(held_until=others)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(another_is_faster):
        assert queue.take(there, 1) == []
    assert came
    assert there.deliveries.get().held_until == others


def test_what_has_ended_is_sent_again_as_it_was(home):
    there = endpoint()
    page = factories.StandardPageFactory(parent=home)
    tell()
    ids = set(there.deliveries.values_list("message_id", flat=True))
    ended = {"state": Delivery.State.DELIVERED, "ended_at": timezone.now(), "tries": 3}
    there.deliveries.update(**ended)

    assert queue.replay(there.deliveries.all()) == len(ids)
    (again,) = queue.take(there, 10)
    assert (again.message_id in ids, again.tries, again.ended_at) == (True, 0, None)
    there.deliveries.update(**ended)
    since = Change.objects.get(page_id=page.pk).at
    assert queue.replay_since(there, since) == len(ids) == 1
    assert queue.replay_since(there, timezone.now() + timedelta(hours=1)) == 0
    assert set(there.deliveries.values_list("message_id", flat=True)) == ids
    assert there.deliveries.get().state == Delivery.State.PENDING
    assert {page.pk} == set(there.deliveries.values_list("page_id", flat=True))


def test_what_was_never_told_is_told_when_asked_for(home):
    factories.StandardPageFactory(parent=home)
    tell()
    there = endpoint()
    tell()
    assert told(there) == []
    assert queue.replay_since(there, timezone.now() - timedelta(hours=1)) == Change.objects.count()
    assert there.deliveries.count() == Change.objects.count() > 0


def test_what_is_told_late_keeps_the_order_of_what_happened(home):
    """The endpoint was made after the page was published, and is told of both when asked for."""
    page = factories.StandardPageFactory(parent=home)
    tell()
    there = endpoint()
    page.unpublish()
    tell()
    there.deliveries.update(state=Delivery.State.DELIVERED, ended_at=timezone.now())
    queue.replay_since(there, timezone.now() - timedelta(hours=1))

    first = [one for one in queue.take(there, 10) if one.page_id == page.pk]
    assert [one.event for one in first] == ["page.published"]
    Delivery.objects.filter(pk=first[0].pk).update(state=Delivery.State.DELIVERED)
    (then,) = queue.take(there, 10)
    assert then.event == "page.unpublished"


def test_one_that_is_told_of_something_else_begins_anew(home):
    there = endpoint()
    factories.StandardPageFactory(parent=home)
    tell()
    Endpoint.objects.update(position=0)
    queue.tell_otherwise(there)
    tell()
    assert set(there.deliveries.values_list("state", flat=True)) == {"failed"}
    assert there.deliveries.count() == 1


def test_what_has_waited_for_as_long_as_the_log_is_kept_is_given_up(home, settings):
    there = endpoint()
    factories.StandardPageFactory(parent=home)
    tell()
    past = timezone.now() - timedelta(days=settings.CHANGES_DAYS + 1)
    there.deliveries.update(created_at=past)
    queue.forget()
    assert there.deliveries.get().state == Delivery.State.FAILED


def test_one_that_is_switched_off_is_not_told(home):
    there = endpoint()
    Endpoint.objects.update(disabled_at=timezone.now())
    page = factories.StandardPageFactory(parent=home)
    tell()
    assert told(there) == []

    there.refresh_from_db()
    queue.switch_on(there)
    edit(page, "After that")
    assert told(there) == [(page.pk, "page.updated")]


def test_whoever_keeps_answers_by_tag_is_told_what_was_touched(home):
    """A person's name, in which no page's row is touched; a draft touches nothing."""
    there = endpoint(about=Endpoint.About.TAGS)
    page = factories.StandardPageFactory(parent=home)
    person = factories.PersonFactory()
    tell()
    there.deliveries.all().delete()

    person.name = "Another Name"
    person.save()
    tell()
    (delivery,) = there.deliveries.all()
    payload = json.loads(delivery.payload)
    assert payload["type"] == "cache.invalidated"
    assert {f"person:{person.pk}", "person", "pages"} <= set(payload["data"]["tags"])
    assert f"page:{page.pk}" not in payload["data"]["tags"]

    there.deliveries.all().delete()
    page.title = "A draft"
    page.save_revision()
    tell()
    assert not there.deliveries.exists()


def test_many_tags_are_told_in_messages_that_stay_small(home):
    there = endpoint(about=Endpoint.About.TAGS)
    people = factories.PersonFactory.create_batch(queue.TAGS_IN_MESSAGE + 20)
    tell()

    payloads = list(there.deliveries.values_list("payload", flat=True))
    tags = [tag for one in payloads for tag in json.loads(one)["data"]["tags"]]
    assert {f"person:{person.pk}" for person in people} <= set(tags)
    assert len(tags) == len(set(tags))
    assert len(payloads) > 1
    assert all(len(one) < 20_000 for one in payloads)


def test_what_ended_long_ago_is_forgotten(home, settings):
    there = endpoint()
    for _ in range(2):
        factories.StandardPageFactory(parent=home)
        tell()
    old, _ = there.deliveries.order_by("id")
    Delivery.objects.filter(pk=old.pk).update(
        state=Delivery.State.DELIVERED,
        ended_at=timezone.now() - timedelta(days=settings.CHANGES_DAYS + 1),
    )
    queue.forget()
    assert there.deliveries.count() == 1
