"""Reading drafts by a review link."""

import json
import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pydantic import TypeAdapter

from cms.review import links
from cms.review.answers import ReviewProblem, review_answer
from cms.review.api import ReviewView
from cms.review.models import ReviewLink, Visit
from tests import factories
from tests.api.answers import live, preview, without_envelope
from tests.bodies import block, items
from tests.cms.review.reviewing import ADDRESS, Reviewer, editor, share
from tests.full_pages import EVERY_TYPE, full_page, parent_of

pytestmark = pytest.mark.django_db


def draft_below(section, **values):
    """A page that was never published."""
    values = {"title": "Draft", "slug": "draft", "live": False, **values}
    page = factories.StandardPageFactory(parent=section, **values)
    page.save_revision()
    return page


@pytest.fixture
def draft(material):
    return draft_below(material.section)


def test_a_draft_never_published_is_read_by_a_link(draft):
    _, token = share(draft)
    answer = Reviewer(token).read()
    TypeAdapter(review_answer()).validate_json(json.dumps(answer), strict=True)
    assert answer["document"]["title"] == "Draft"
    assert answer["document"]["meta"]["preview"] is True
    assert answer["review"]["recipient"] == "Jo Lawyer"
    assert answer["review"]["pages"] == [
        {"id": draft.pk, "type": "standard", "title": "Draft", "path": "/news/draft/"}
    ]


def test_nobody_keeps_the_answer(draft):
    _, token = share(draft)
    reader = Reviewer(token)
    answers = [
        reader.get(),
        Reviewer("dlr_wrong").get(),
        reader.post("visit/"),
        reader.get("text/"),
    ]
    for response in answers:
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"
    assert [response.status_code for response in answers] == [200, 404, 201, 200]


@pytest.mark.parametrize("model", EVERY_TYPE)
def test_a_draft_and_its_publication_are_equal_bytes(client, material, model):
    page = full_page(model, material)
    page.live = False
    parent_of(model, material).add_child(instance=page)
    revision = page.save_revision()
    _, token = share(page)

    shown = Reviewer(token).read()["document"]
    assert without_envelope(shown) == without_envelope(preview(client, revision.as_object()))
    revision.publish()
    assert without_envelope(shown) == without_envelope(live(client, page))


def test_the_latest_draft_or_the_one_that_was_shared(draft):
    _, latest = share(draft)
    _, fixed = share(draft, shows=ReviewLink.Shows.REVISION)
    draft.title = "Later"
    # As autosave does: the revision itself is another one now.
    draft.save_revision(overwrite_revision=draft.latest_revision)
    assert Reviewer(latest).read()["document"]["title"] == "Later"
    assert Reviewer(fixed).read()["document"]["title"] == "Draft"


def test_drafts_of_a_bundle_lead_to_each_other(material, draft):
    other = draft_below(material.section, title="Other", slug="other")
    outside = draft_below(material.section, title="Outside", slug="outside")
    draft.body = [block("related_pages", {"title": "", "pages": items(other.pk, outside.pk)})]
    draft.save_revision()
    _, token = share(draft, other)
    reader = Reviewer(token)
    cards = reader.read()["document"]["body"][0]["value"]["pages"]
    assert [card.get("title") for card in cards] == ["Other", None]
    assert reader.read(page=other.pk)["document"]["title"] == "Other"
    assert reader.get(page=outside.pk).status_code == 404


ENDINGS = {
    "expired": lambda link: ReviewLink.objects.filter(pk=link.pk).update(
        expires_at=timezone.now() - timedelta(seconds=1)
    ),
    "revoked": lambda link: links.end([link], ReviewLink.Ended.REVOKED),
    "its maker was deactivated": lambda link: type(link.maker).objects.update(is_active=False),
    "its maker was deleted": lambda link: link.maker.delete(),
    "its page was deleted": lambda link: link.shown.get().page.delete(),
    "its page was published": lambda link: (
        link.shown.get().page.specific.get_latest_revision().publish()
    ),
    "used up": lambda link: ReviewLink.objects.filter(pk=link.pk).update(max_visits=0),
}


@pytest.mark.parametrize("ending", list(ENDINGS))
def test_a_link_that_has_ended_says_no_more_than_that(draft, ending, caplog):
    link, token = share(draft)
    ENDINGS[ending](link)
    with caplog.at_level(logging.WARNING):
        response = Reviewer(token).get()
    assert response.status_code == 410
    assert response.json()["detail"] == "This link has ended. Ask whoever sent it."
    assert f"Review link {link.pk} was refused" in caplog.text
    assert token not in caplog.text
    assert not Visit.objects.exists()


def test_a_link_that_never_was_is_not_found(draft):
    link, token = share(draft)
    for wrong in ("", token[:-1], token.upper(), link.token_hash, "dlr_", f"{token}x"):
        assert Reviewer(wrong).get().status_code == 404
    basic = Client().get(ADDRESS, headers={"Authorization": f"Basic {token}"})
    assert basic.status_code == 404


def test_revocation_takes_effect_on_the_next_request(draft):
    link, token = share(draft)
    reader = Reviewer(token)
    reader.read()
    links.end([link], ReviewLink.Ended.REVOKED)
    assert reader.get().status_code == 410


def test_another_token_ends_the_one_before_and_its_visits(draft):
    link, token = share(draft)
    reader = Reviewer(token)
    reader.read()
    renewed = links.renew(link, editor())
    assert reader.get().status_code == 404
    assert Reviewer(renewed).get().status_code == 200


def test_a_kept_link_outlives_publication_and_a_bundle_loses_what_is_published(material, draft):
    other = draft_below(material.section, title="Other", slug="other")
    _, kept = share(draft, kept_when_published=True)
    _, bundle = share(draft, other)
    draft.get_latest_revision().publish()
    assert Reviewer(kept).get().status_code == 200
    assert Reviewer(bundle).read()["document"]["title"] == "Other"
    other.get_latest_revision().publish()
    assert Reviewer(bundle).get().status_code == 410


def test_visits_are_counted_and_not_requests(draft):
    link, token = share(draft, max_visits=2)
    first, second = Reviewer(token), Reviewer(token)
    # What only opens links, as mail scanners do, uses up none.
    for _ in range(3):
        asked = Reviewer(token).get()
        assert (asked.status_code, asked.json()["needs"]) == (401, ["visit"])
    assert first.enter().status_code == 201
    for _ in range(3):
        first.read()
    second.enter()
    second.read()
    assert Reviewer(token).get().status_code == Reviewer(token).enter().status_code == 410
    assert first.get().status_code == 200
    link.refresh_from_db()
    assert link.visit_count == 2 == link.visits.count()
    # A visit ends; then it would be another.
    Visit.objects.update(begun_at=timezone.now() - timedelta(hours=13))
    assert first.get().status_code == 410


def test_what_is_sent_twice_with_one_key_begins_one_visit(draft):
    link, token = share(draft, max_visits=1)
    reader = Reviewer(token)
    reader.key = "2f1c0f6e-of-a-form"
    first = reader.enter()
    # The answer was lost, or a second click came before it; an older visit may be known as well.
    for ticket in ("", "run out"):
        reader.ticket = ticket
        again = reader.enter()
        assert (again.status_code, again.json()) == (201, first.json())
    assert reader.get().status_code == 200
    link.refresh_from_db()
    assert (link.visit_count, link.visits.count()) == (1, 1)
    other = Reviewer(token)
    other.key = "3a2d1e7f-of-a-form"
    assert other.enter().status_code == 410


def test_a_key_is_no_passcode_and_no_other_link(draft):
    (link, token), (_, open_one) = share(draft, passcode="open sesame"), share(draft)
    reader, thief, elsewhere = Reviewer(token), Reviewer(token), Reviewer(open_one)
    reader.key = thief.key = elsewhere.key = "2f1c0f6e-of-a-form"
    assert reader.enter(passcode="open sesame").status_code == 201
    assert thief.enter().status_code == 401
    # Whoever knows the key finds out no more about the passcode than anybody, right or wrong.
    for _ in range(4):
        assert thief.enter(passcode="wrong").status_code == 403
    assert thief.enter(passcode="wrong").status_code == 429
    assert thief.enter(passcode="open sesame").status_code == 429
    assert elsewhere.enter().status_code == 201
    assert elsewhere.ticket != reader.ticket
    link.refresh_from_db()
    assert (link.wrong_passcodes, link.visits.count()) == (5, 1)


def test_what_is_sent_again_long_after_is_another_visit(draft):
    link, token = share(draft)
    reader = Reviewer(token)
    reader.key = "2f1c0f6e-of-a-form"
    reader.enter()
    Visit.objects.update(begun_at=timezone.now() - timedelta(hours=13))
    before, reader.ticket = reader.ticket, ""
    assert reader.enter().status_code == 201
    assert reader.ticket != before
    assert link.visits.count() == 2


@pytest.mark.parametrize("key", ["short", "long" * 64])
def test_a_key_that_might_be_guessed_is_refused(draft, key):
    link, token = share(draft)
    reader = Reviewer(token)
    reader.key = key
    answer = reader.enter()
    assert answer.status_code == 400
    assert "Idempotency-Key: send 16 to 255 characters" in answer.json()["detail"]
    assert not link.visits.exists()


def test_a_passcode_is_asked_for_and_tried_a_few_times(draft):
    link, token = share(draft, passcode="open sesame")
    reader = Reviewer(token)
    asked = reader.get()
    assert asked.status_code == 401
    problem = ReviewProblem.model_validate_json(asked.content, strict=True)
    assert problem.needs == ["passcode"]
    for _ in range(4):
        assert reader.enter(passcode="wrong").status_code == 403
    locked = reader.enter(passcode="wrong")
    assert (locked.status_code, locked["Retry-After"]) == (429, "900")
    assert reader.enter(passcode="open sesame").status_code == 429
    ReviewLink.objects.update(locked_until=timezone.now())
    assert reader.enter(passcode="open sesame").status_code == 201
    assert reader.read()["document"]["title"] == "Draft"
    link.refresh_from_db()
    assert link.wrong_passcodes == 0


def test_twenty_wrong_passcodes_end_the_link(draft):
    link, token = share(draft, passcode="open sesame")
    reader, answers = Reviewer(token), []
    for _ in range(21):
        ReviewLink.objects.update(locked_until=None)
        answers.append(reader.enter(passcode="wrong").status_code)
    assert answers == ([403] * 4 + [429]) * 4 + [410]
    link.refresh_from_db()
    assert link.ended_because == ReviewLink.Ended.GUESSED


def test_without_the_passcode_nothing_is_told(draft, material):
    other = draft_below(material.section, title="Other", slug="other")
    _, token = share(draft, passcode="open sesame", max_visits=1)
    reader = Reviewer(token)
    assert reader.get(page=draft.pk).status_code == reader.get(page=other.pk).status_code == 401
    reader.enter(passcode="open sesame")
    assert reader.get(page=other.pk).status_code == 404
    # Used up is what expired is.
    assert Reviewer(token).get().status_code == 410
    assert Reviewer(token).enter(passcode="wrong").status_code == 410


def test_guessers_are_counted_by_where_they_come_from(draft):
    reader = Reviewer("dlr_wrong")
    statuses = [
        reader.client.get(
            ADDRESS, headers={**reader.headers(), "X-Forwarded-For": f"10.0.0.{guess}"}
        ).status_code
        for guess in range(60)
    ]
    assert statuses.count(429) == 30


def test_what_ended_long_ago_is_forgotten(draft):
    (old, _), (new, _) = share(draft), share(draft)
    past = timezone.now() - links.KEPT - timedelta(days=1)
    ReviewLink.objects.filter(pk=old.pk).update(expires_at=past)
    links.forget()
    assert list(ReviewLink.objects.all()) == [new]


def test_what_ten_drafts_cost(draft, material):
    """A few more queries for each draft that is led to, which Wagtail makes a page of, and no more."""

    def cost(*pages):
        reader = Reviewer(share(*pages)[1])
        reader.read()
        with CaptureQueriesContext(connection) as queries:
            reader.read()
        return len(queries)

    others = [draft_below(material.section, title=f"Draft {n}", slug=f"d{n}") for n in range(10)]
    one, ten = cost(draft), cost(*others)
    assert one < 45
    assert ten - one <= 9 * 5


def test_a_ticket_of_another_link_opens_nothing(draft):
    _, open_token = share(draft)
    _, closed_token = share(draft, passcode="open sesame")
    reader = Reviewer(open_token)
    reader.read()
    other = Reviewer(closed_token)
    other.ticket = reader.ticket
    assert other.get().status_code == 401


@pytest.mark.once
def test_ten_thousand_guesses_find_nothing_and_are_slowed(draft, rf):
    _, token = share(draft)
    # Past the middleware, which has no part in it.
    view = ReviewView.as_view()
    statuses = [
        view(
            rf.get(ADDRESS, headers={"Authorization": f"Bearer {token[:-4]}{guess:04d}"})
        ).status_code
        for guess in range(10_000)
    ]
    assert statuses.count(404) == 30
    assert statuses.count(429) == 9_970
    # Whoever has a link is let in all the same.
    assert Reviewer(token).get().status_code == 200


def test_bad_input_is_answered(draft):
    _, token = share(draft)
    reader = Reviewer(token)
    assert reader.get(page="x").status_code == 400
    assert reader.get(pages="1").status_code == 400
    assert reader.post("comments/", page=draft.pk, text="Hm").status_code == 400
    reader.read()
    for body in (
        {},
        {"page": draft.pk, "text": ""},
        {"page": draft.pk, "text": "x" * 10_001},
        {"page": draft.pk, "text": "a\x00b"},
        {"page": "one", "text": "Hm"},
        {"page": draft.pk, "text": "Hm", "more": 1},
    ):
        response = reader.post("comments/", **body)
        assert response.status_code == 400, body
        assert response["Content-Type"] == "application/problem+json"
    assert reader.post("comments/", page=draft.pk, text="Hm", block="no").status_code == 409
    assert reader.post("comments/", page=1, text="Hm").status_code == 404
    assert reader.post("comments/", page=draft.pk, text="Hm", thread=9).status_code == 404
    assert reader.client.post("/api/v2/review/visit/", "{", "application/json").status_code == 404
    deep = reader.client.post(
        f"{ADDRESS}visit/", "[" * 200_000, "application/json", headers=reader.headers()
    )
    assert deep.status_code == 400
    assert reader.client.head(ADDRESS, headers=reader.headers()).status_code == 405


def test_a_draft_can_be_taken_away_as_text(draft):
    draft.body = [block("paragraph", "<p>Twelve states permit it.</p>")]
    draft.save_revision()
    _, token = share(draft)
    response = Reviewer(token).get("text/")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="draft.txt"'
    lines = response.content.decode().split("\n\n")
    assert lines[:2] == ["DRAFT, NOT FOR PUBLICATION", "Draft"]
    assert "Twelve states permit it." in lines


def test_only_a_hash_of_the_token_is_kept(draft):
    link, token = share(draft, passcode="open sesame")
    reader = Reviewer(token)
    reader.enter(passcode="open sesame")
    kept = [*ReviewLink.objects.values_list(), *Visit.objects.values_list()]
    for secret in (token, token[4:], reader.ticket, "open sesame"):
        assert secret not in str(kept)
    assert len(link.token_hash) == 64
