"""Whoever has to do with a release is told that nobody has approved it, in time and once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from wagtail.models import Workflow

from api.documents.turns import turn_if_free
from cms.embargo.alarms import TURN, Alarms, passed, send_alarms
from pages import models

pytestmark = pytest.mark.django_db

DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def embargo(release, person):
    owner, setter, editor = (person(name) for name in ("owner", "setter", "editor"))
    release.owner = owner
    release.save()
    release.save_revision(user=editor)
    models.Embargo.objects.update(set_by=setter, until=timezone.now() + 3 * DAY)
    return models.Embargo.objects.get()


def approve(embargo):
    models.PressReleasePage.objects.get().save_revision().publish()


def sent_at(clock, *left):
    """How many letters are sent with so much time left each, of which nobody was told before."""
    found = []
    until = models.Embargo.objects.get().until
    for time in left:
        clock.move_to(until - time)
        before = len(mail.outbox)
        send_alarms()
        send_alarms()
        found.append(len(mail.outbox) - before)
    return found


@pytest.mark.parametrize(
    ("left", "letters"),
    [
        ([DAY + SECOND], [0]),
        ([DAY, HOUR + SECOND, HOUR, SECOND, 0 * DAY, -DAY], [1, 0, 1, 0, 1, 0]),
        ([2 * HOUR], [1]),
        ([HOUR / 2, 0 * DAY], [1, 1]),
        ([-DAY, -2 * DAY], [1, 0]),
    ],
    ids=["not yet", "each", "away at first", "away for long", "away till after"],
)
def test_each_alarm_is_sent_once_and_of_several_the_last(embargo, clock, left, letters):
    assert sent_at(clock, *left) == letters


def test_what_is_approved_alarms_nobody_unless_it_stays_shut(embargo, clock, no_workflow):
    """A minute after its moment somebody must know that it could not be lifted."""
    approve(embargo)

    assert sent_at(clock, DAY, HOUR, 0 * DAY, -MINUTE + SECOND, -MINUTE, -DAY) == [0] * 4 + [1, 0]
    (letter,) = mail.outbox
    assert letter.subject.startswith("Still shut: the embargo on")
    assert "It is approved, and could not be lifted." in letter.body


def test_what_is_approved_late_and_stays_shut_alarms_once_more(embargo, clock):
    assert sent_at(clock, 0 * DAY, -HOUR) == [1, 0]
    Workflow.objects.update(active=False)
    approve(embargo)

    # A worker may be about to lift it.
    assert sent_at(clock, -HOUR - SECOND, -HOUR - 2 * MINUTE, -DAY) == [0, 1, 0]
    assert [letter.subject[:10] for letter in mail.outbox] == ["Not approv", "Still shut"]


def test_nor_does_what_was_lifted(embargo, clock):
    models.Embargo.objects.update(lifted_at=timezone.now())

    assert sent_at(clock, DAY, HOUR, 0 * DAY) == [0, 0, 0]


def test_it_says_what_when_and_where(embargo, clock):
    models.Embargo.objects.update(time_zone="America/New_York")
    models.PressReleasePage.objects.update(draft_title="Two\nlines")
    sent_at(clock, HOUR)

    (letter,) = mail.outbox
    assert sorted(letter.to) == ["editor@example.org", "owner@example.org", "setter@example.org"]
    assert letter.subject == "Not approved: the embargo on “Two lines” ends within the hour"
    assert "2026-06-04 08:00 America/New York (UTC-04:00), that is 2026-06-04 12:00 UTC" in (
        letter.body
    )
    assert f"/admin/pages/{embargo.page_id}/edit/" in letter.body


def test_nobody_is_written_to_twice_nor_who_has_left_or_has_no_address(embargo, clock, person):
    owner, left = embargo.page.owner, embargo.set_by
    left.is_active = False
    left.save()
    editor = embargo.page.latest_revision.user
    editor.email = ""
    editor.save()
    sent_at(clock, HOUR)
    models.Embargo.objects.update(set_by=owner)
    sent_at(clock, 0 * DAY)

    assert [letter.to for letter in mail.outbox] == [[owner.email]] * 2


def test_a_mail_server_that_is_out_is_tried_again(embargo, clock, monkeypatch, caplog):
    monkeypatch.setattr("cms.embargo.alarms.send_mail", lambda *args: 1 / 0)
    assert sent_at(clock, HOUR) == [0]
    assert "Nobody could be told" in caplog.text
    monkeypatch.undo()

    assert sent_at(clock, HOUR) == [1]


def test_who_ends_while_sending_leaves_it_to_the_next(embargo, clock, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*args):
        raise Killed

    clock.move_to(embargo.until - HOUR)
    monkeypatch.setattr("cms.embargo.alarms.send_mail", die)
    with pytest.raises(Killed):
        send_alarms()
    monkeypatch.undo()

    assert sent_at(clock, HOUR) == [1]


def test_of_two_workers_one_sends_and_the_other_does_not_wait(embargo, clock, monkeypatch):
    """Nor does a mail server that hangs keep anybody's row."""
    seen = []

    def hang(*args):
        with ThreadPoolExecutor(1) as threads:
            seen.append(threads.submit(other_worker).result(timeout=5))

    def other_worker():
        try:
            with turn_if_free(TURN) as mine:
                return mine
        finally:
            connection.close()

    clock.move_to(embargo.until - HOUR)
    monkeypatch.setattr("cms.embargo.alarms.send_mail", hang)
    send_alarms()

    assert seen == [False]
    assert models.Embargo.objects.get().alarmed == "hour"
    with turn_if_free(TURN) as mine:
        assert mine


def test_a_worker_sends_beside_its_rounds_if_there_is_anything(embargo, clock, monkeypatch):
    begun = []
    monkeypatch.setattr("cms.embargo.alarms._send_and_close", lambda: begun.append(1))
    Alarms().begin()
    assert begun == []
    clock.move_to(embargo.until)
    alarms = Alarms()
    alarms.begin()
    assert alarms.thread
    alarms.thread.join()
    assert begun == [1]


def test_who_sets_one_late_is_not_told_so_at_once(clock):
    now = timezone.now()
    expected = {2 * DAY: "", DAY: "day", 2 * HOUR: "day", HOUR: "hour", SECOND: "hour"}
    assert {left: passed(now + left) for left in expected} == expected
    assert passed(now) == "moment"
