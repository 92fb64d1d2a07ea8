"""Reading under embargo: the terms first, and no longer than the embargo holds."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from cms.review.models import ReviewLink
from pages.models import Embargo
from tests import factories
from tests.cms.review.reviewing import Reviewer, share

pytestmark = [pytest.mark.django_db, pytest.mark.once]

KIM = {"accept_terms": True, "name": "Kim Press", "outlet": "The Courier"}


def embargoed(section, name, terms="Publish none of it.", **values):
    page = factories.PressReleasePageFactory(parent=section, live=False, title=name, slug=name)
    page.save_revision()
    factories.EmbargoFactory(page=page, terms=terms, **values)
    return page


@pytest.fixture
def release(material):
    return embargoed(material.section, "held")


def read_under_embargo(*pages, **values):
    link, token = share(*pages, purpose=ReviewLink.Purpose.EMBARGO, **values)
    return link, Reviewer(token)


def test_the_terms_come_first_and_who_accepts_is_written_down(release):
    link, reader = read_under_embargo(release)
    asked = reader.get()
    assert asked.status_code == 401
    assert asked.json()["embargo"]["terms"] == "Publish none of it."
    assert "held" not in asked.text
    for lacking in ({}, {"accept_terms": False}, {**KIM, "name": ""}, {**KIM, "outlet": " "}):
        assert reader.enter(**lacking).status_code in (400, 401)
    assert link.visits.count() == 0
    reader.enter(**KIM)
    answer = reader.read()
    assert answer["review"]["embargo"]["accepted_at"]
    assert answer["document"]["title"] == "held"
    entry = PageLogEntry.objects.get(action="review.accepted")
    assert (entry.data["name"], entry.data["outlet"]) == ("Kim Press", "The Courier")


def test_other_terms_are_accepted_anew(release):
    _, reader = read_under_embargo(release)
    reader.enter(**KIM)
    reader.read()
    Embargo.objects.update(terms="Otherwise.")
    assert reader.get().json()["needs"] == ["terms"]
    reader.enter(**KIM)
    assert reader.read()["review"]["embargo"]["terms"] == "Otherwise."


def test_the_terms_of_every_page_are_shown_before_any(material, release):
    later = timezone.now() + timedelta(days=9)
    other = embargoed(material.section, "other", "Nor this.", until=later)
    _, reader = read_under_embargo(release, other)
    asked = reader.get().json()["embargo"]
    assert asked["terms"] == "Publish none of it.\n\nNor this."
    assert asked["until"].startswith(f"{later:%Y-%m-%dT%H:%M}")
    reader.enter(**KIM)
    assert reader.read()["review"]["embargo"]["terms"] == "Publish none of it."
    assert reader.read(page=other.pk)["review"]["embargo"]["terms"] == "Nor this."


def test_a_passcode_comes_before_the_terms(release):
    link, reader = read_under_embargo(release, passcode="open sesame", max_visits=1)
    asked = reader.get().json()
    assert (asked["needs"], asked["embargo"]) == (["passcode"], None)
    reader.enter(passcode="open sesame")
    asked = reader.get().json()
    assert asked["needs"] == ["terms"]
    assert asked["embargo"]["terms"] == "Publish none of it."
    reader.enter(**KIM)
    assert reader.read()["document"]["title"] == "held"
    link.refresh_from_db()
    assert link.visit_count == 1


def test_answers_that_were_lost_can_be_had_again(release):
    link, reader = read_under_embargo(release, passcode="open sesame", max_visits=1)
    for key, said in (
        ("first-key-of-a-form", {"passcode": "open sesame"}),
        ("second-key-of-a-form", KIM),
    ):
        reader.key, ticket = key, reader.ticket
        first = reader.enter(**said)
        assert first.status_code == 201
        reader.ticket = ticket
        assert reader.enter(**said).json() == first.json()
    assert reader.read()["document"]["title"] == "held"
    link.refresh_from_db()
    assert link.visit_count == 1
    assert PageLogEntry.objects.filter(action="review.accepted").count() == 1


def test_passcode_and_terms_at_once(release):
    _, reader = read_under_embargo(release, passcode="open sesame")
    assert reader.enter(passcode="open sesame", **KIM).status_code == 201
    assert reader.read()["document"]["title"] == "held"


@pytest.mark.parametrize("live", [False, True])
def test_it_ends_with_the_embargo_and_no_other_opens_it_again(release, live):
    type(release).objects.update(live=live)
    link, reader = read_under_embargo(release)
    _, review = share(release)
    reader.enter(**KIM)
    reader.read()
    embargo = Embargo.objects.get()
    embargo.lifted_at = timezone.now()
    embargo.save()
    assert reader.get().status_code == 410
    # What nobody has published is still a draft.
    assert Reviewer(review).get().status_code == (410 if live else 200)
    Embargo.objects.update(lifted_at=None)
    assert reader.get().status_code == 410
    link.refresh_from_db()
    assert link.ended_because == ReviewLink.Ended.EMBARGO


def test_no_verdict_is_asked_for_and_the_text_carries_the_line(release):
    _, reader = read_under_embargo(release)
    reader.enter(**KIM)
    version = reader.read()["review"]["version"]
    said = reader.post("verdict/", page=release.pk, says="approved", version=version)
    assert said.status_code == 403
    text = reader.get("text/").content.decode()
    assert text.startswith("EMBARGOED UNTIL 20")
    assert text.count("EMBARGOED UNTIL") == 2
