"""Who is sent to, and how much at a time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from api.webhooks import queue
from api.webhooks.models import Delivery, Endpoint
from api.webhooks.outcome import PATIENCE
from cms.work.senders import MOST, MOST_EACH, Senders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def begun(monkeypatch):
    """Those that a thread was begun for; none of them ends."""
    found = []

    class Begun:
        def __init__(self, target, args, daemon):
            assert daemon
            self.delivery = args[0]

        def start(self):
            found.append(self.delivery)

    monkeypatch.setattr("cms.work.senders.threading.Thread", Begun)
    return found


def endpoint(waiting=20, **values):
    made = Endpoint(name="one", url="http://127.0.0.1:1/hook", **values)
    queue.create_endpoint(made)
    for number in range(waiting):
        Delivery.objects.create(endpoint=made, message_id=f"{made.pk} {number}", payload="{}")
    return made


def send_all():
    sender = Senders()
    while sender.send():
        pass


def test_some_at_a_time_to_each_and_in_all(begun):
    one = endpoint()
    send_all()
    assert len(begun) == MOST_EACH
    begun.clear()
    Delivery.objects.update(held_until=None)
    others = [endpoint() for _ in range(5)]
    send_all()
    assert len(begun) == MOST
    assert {each.endpoint_id for each in begun} <= {one.pk, *(other.pk for other in others)}


@pytest.mark.parametrize(
    "state",
    [
        {"paused": True},
        {"disabled_at": timezone.now()},
        {"rests_until": timezone.now() + timedelta(hours=1)},
    ],
)
def test_whoever_is_not_to_be_asked_is_not(begun, state):
    endpoint(**state)
    send_all()
    assert begun == []


def test_one_that_fails_is_asked_one_thing_at_a_time(begun):
    endpoint(failures=PATIENCE)
    send_all()
    assert len(begun) == 1


def test_there_is_room_again_when_one_has_ended(begun, monkeypatch):
    endpoint()
    monkeypatch.setattr("cms.work.senders.deliver", lambda delivery: None)
    monkeypatch.setattr("cms.work.senders.connection.close", lambda: None)
    sender = Senders()
    sender.send()
    assert sender.send() is False
    sender._send(begun[0])
    sender.rest(5)
    assert sender.send() is True
    assert len(begun) == MOST_EACH + 1
