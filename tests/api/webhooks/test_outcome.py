"""What is not taken is tried again for three days, and who is to know is told."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.utils import timezone
from standardwebhooks import Webhook

from api.webhooks import outcome, queue
from api.webhooks.models import DELAYS, Delivery, Endpoint
from api.webhooks.outcome import JITTER
from tests.receiver import receiver
from tests.telling import send

pytestmark = pytest.mark.django_db

State = Delivery.State


@pytest.fixture
def there():
    with receiver() as found:
        yield found


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now()) as moved:
        yield moved


@pytest.fixture
def endpoint(there):
    made = Endpoint(name="one", url=there.url)
    queue.create_endpoint(made)
    return made


def delivery_to(endpoint):
    delivery = queue.test(endpoint)
    delivery.event, delivery.tries = "page.updated", 0
    delivery.save()
    return delivery


def test_what_arrived_is_signed_with_old_secret_and_new_and_written_down(there, endpoint):
    (old,) = endpoint.signing_secrets()
    new = endpoint.rotate().value
    there.answer = lambda got: (200, {"x-word": "said"}, b"thank you")
    delivery = delivery_to(endpoint)
    send(delivery)

    (got,) = there.received
    for secret in (old, new):
        assert Webhook(secret).verify(got.body, got.headers)["type"] == "webhook.test"
    assert got.message_id == delivery.message_id
    assert (delivery.state, delivery.held_until) == (State.DELIVERED, None)
    (written,) = delivery.attempts.all()
    assert (written.status, written.response, written.error) == (200, "thank you", "")
    assert written.request_headers["webhook-id"] == delivery.message_id
    assert written.response_headers["x-word"] == "said"
    assert written.milliseconds >= 0


def test_an_old_secret_signs_for_a_day(endpoint, clock):
    (old,) = endpoint.signing_secrets()
    new = endpoint.rotate().value
    assert endpoint.signing_secrets() == [new, old]
    clock.shift(timedelta(hours=24, seconds=1))
    assert endpoint.signing_secrets() == [new]


@pytest.mark.parametrize("status", [302, 400, 404, 429, 500])
def test_what_is_not_taken_is_tried_again_at_the_times_of_the_standard(
    there, endpoint, status, clock
):
    there.answer = lambda got: (status, {"location": "/elsewhere"}, b"")
    delivery = delivery_to(endpoint)
    waited = []
    while True:
        send(delivery)
        if delivery.state != State.PENDING:
            break
        waited.append(delivery.due_at - timezone.now())
        clock.shift(waited[-1])

    seconds = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert [delay.total_seconds() for delay in DELAYS] == seconds
    for delay, planned in zip(waited, DELAYS, strict=True):
        assert planned - timedelta(seconds=2) <= delay <= planned * (1 + JITTER)
    assert delivery.state == State.FAILED
    assert len(there.received) == delivery.attempts.count() == 10
    assert {got.message_id for got in there.received} == {delivery.message_id}


def test_whoever_asks_to_be_left_alone_is(there, endpoint):
    there.answer = lambda got: (503, {"retry-after": "7200"}, b"")
    delivery = delivery_to(endpoint)
    send(delivery)

    endpoint.refresh_from_db()
    for until in (delivery.due_at, endpoint.rests_until):
        assert timedelta(minutes=119) < until - timezone.now() <= timedelta(hours=2)


def test_gone_switches_it_off_and_its_owner_is_told_once(there, endpoint, mailoutbox):
    endpoint.owner = get_user_model().objects.create_user("ada", "ada@example.org")
    endpoint.save()
    there.answer = lambda got: (410, {}, b"")
    send(delivery_to(endpoint))

    endpoint.refresh_from_db()
    assert endpoint.disabled_at is not None
    assert endpoint.state == "switched off: it answered 410 Gone"
    for _ in range(2):
        outcome.tell_owners()
    (mail,) = mailoutbox
    assert mail.to == ["ada@example.org"]
    assert "switched off" in mail.subject


def test_whoever_fails_for_a_day_is_flagged_to_its_owner_once(there, endpoint, mailoutbox, clock):
    endpoint.owner = get_user_model().objects.create_user("ada", "ada@example.org")
    endpoint.save()
    there.answer = lambda got: (500, {}, b"")
    send(delivery_to(endpoint))
    outcome.tell_owners()
    assert mailoutbox == []

    clock.shift(timedelta(hours=25))
    for _ in range(2):
        outcome.tell_owners()
    (mail,) = mailoutbox
    assert "failing for more than a day" in mail.subject
    assert there.url in mail.body

    there.answer = lambda got: (200, {}, b"")
    send(delivery_to(endpoint))
    endpoint.refresh_from_db()
    assert (endpoint.state, endpoint.failures, endpoint.owner_told_at) == ("working", 0, None)


def test_an_owner_who_could_not_be_written_to_is_written_to_later(
    endpoint, mailoutbox, monkeypatch
):
    endpoint.owner = get_user_model().objects.create_user("ada", "ada@example.org")
    endpoint.disabled_at = timezone.now()
    endpoint.save()
    with monkeypatch.context() as broken:
        broken.setattr(outcome, "send_mail", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            outcome.tell_owners()

    outcome.tell_owners()
    assert len(mailoutbox) == 1


def test_one_that_fails_rests(there, endpoint):
    there.answer = lambda got: (500, {}, b"")
    for number in range(1, 6):
        send(delivery_to(endpoint))
        endpoint.refresh_from_db()
        assert (endpoint.rests_until > timezone.now()) == (number >= outcome.PATIENCE)
    assert endpoint.rests_until - timezone.now() > timedelta(seconds=15)


def test_what_was_taken_long_ago_is_not_sent(there, endpoint):
    delivery = delivery_to(endpoint)
    delivery.held_until = timezone.now() + timedelta(seconds=10)
    outcome.deliver(delivery)
    assert there.received == []


def test_a_test_that_fails_is_tried_once_and_is_nobodys_concern(there, endpoint):
    there.answer = lambda got: (500, {}, b"")
    delivery = queue.test(endpoint)
    outcome.deliver(delivery)

    delivery.refresh_from_db()
    endpoint.refresh_from_db()
    assert (delivery.state, endpoint.failures, endpoint.state) == (State.FAILED, 0, "working")


def test_whoever_took_too_long_changes_nothing(there, endpoint):
    """Somebody else has taken the delivery since, and knows what comes of it."""
    delivery = delivery_to(endpoint)
    Delivery.objects.update(held_until=timezone.now() + timedelta(minutes=9))
    outcome.deliver(delivery)

    delivery.refresh_from_db()
    assert delivery.state == State.PENDING
    assert delivery.attempts.count() == len(there.received) == 1
