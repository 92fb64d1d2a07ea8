"""Links whose page is planned, whose maker leaves, which are revoked, renewed and forgotten."""

import json
from datetime import timedelta

import lxml.html  # type: ignore[import-untyped]  # publishes no types
import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page, PageLogEntry, WorkflowState

from cms.review import links
from cms.review.models import ReviewLink
from tests import factories
from tests.cms.review.reviewing import Reviewer, editor, share
from tests.cms.review.test_answering import comments_in_editor
from tests.cms.review.test_sharing import admin, place, signed_in, somebody, token_in, values
from tests.cms.review.test_under_embargo import KIM, read_under_embargo, release
from tests.cms.review.test_workflow import begin, draft, invited, say, state, task

__all__ = ["admin", "begin", "draft", "release", "task"]  # fixtures

pytestmark = pytest.mark.django_db


def left(user):
    user.is_active = False
    user.save()


# Publication ----------------------------------------------------------------------------------------


def test_a_link_works_until_its_page_is_public_not_until_that_is_planned(draft):
    _, token = share(draft)
    draft.go_live_at = timezone.now() + timedelta(days=2)
    draft.save_revision().publish()
    assert Reviewer(token).read()["document"]["title"] == "Draft"
    draft.go_live_at = None
    draft.save_revision().publish()
    assert Reviewer(token).get().status_code == 410


def test_an_alias_has_no_draft_to_share(admin, material):
    page = factories.StandardPageFactory(parent=material.section)
    alias = page.create_alias(update_slug="alias")
    assert admin.get(place(alias)).status_code == 404
    listing = admin.get(reverse("wagtailadmin_explore", args=[material.section.pk])).text
    assert place(page) in listing
    assert place(alias) not in listing


# Who made it ----------------------------------------------------------------------------------------


def test_what_reviewers_wrote_outlives_whoever_made_their_link(draft):
    maker = editor("Grace")
    _, token = share(draft, maker=maker)
    reader = Reviewer(token)
    reader.read()
    reader.post("comments/", page=draft.pk, text="Twelve?")
    thread = reader.read()["review"]["threads"][0]["id"]
    reader.post("comments/", page=draft.pk, thread=thread, text="Or twenty?")
    maker.delete()
    assert not Comment.objects.exists()

    (shown,) = comments_in_editor(draft)

    assert shown == ("Jo Lawyer", "title", "Twelve?", ["Jo Lawyer"])
    assert CommentReply.objects.get().text == "Or twenty?"
    assert comments_in_editor(draft) == [shown]


def test_an_open_comment_keeps_its_link_and_with_it_its_name(draft):
    old, token = share(draft)
    share(draft, recipient="Kim")
    reader = Reviewer(token)
    reader.read()
    reader.post("comments/", page=draft.pk, text="Twelve?")
    ended = timezone.now() - links.KEPT - timedelta(days=1)
    ReviewLink.objects.update(ended_at=ended)
    links.forget()
    assert list(ReviewLink.objects.all()) == [old]
    assert [name for name, *_ in comments_in_editor(draft)] == ["Jo Lawyer"]
    Comment.objects.update(resolved_at=timezone.now())
    links.forget()
    assert not ReviewLink.objects.exists()


def test_a_link_whose_maker_has_left_is_given_another_address(admin, draft):
    maker = editor("Grace")
    link, token = share(draft, maker=maker)
    left(maker)
    assert Reviewer(token).get().status_code == 410
    form = lxml.html.fromstring(admin.get(place(draft)).content)
    assert form.xpath("//button[@name='act']/@value").count("renew") == 1
    response = admin.post(place(draft), {"act": "renew", "link": link.pk})
    assert Reviewer(token_in(response)).read()["document"]["title"] == "Draft"
    maker.delete()
    assert Reviewer(token_in(response)).read()


def test_links_to_nothing_any_more_are_listed_for_superusers_alone(admin, draft, material):
    share(draft, recipient="Jo Lawyer", email="jo@law.example")
    draft.delete()
    report = reverse("review:report")
    assert "Jo Lawyer" in admin.get(report).text
    other = signed_in(somebody("section editor", material.section))
    assert "Jo Lawyer" not in other.get(report).text


# In a workflow --------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["revoke", "renew"])
def test_who_had_an_address_that_was_taken_back_has_no_voice(admin, draft, begin, act):
    first, second = begin()
    assert say(first, draft, "approved").status_code == 201
    link = ReviewLink.objects.get(email="jo@law.example")
    response = admin.post(place(draft), {"act": act, "link": link.pk})
    assert say(second, draft, "approved").status_code == 201
    assert state() == "in_progress"
    if act == "renew":
        anew = Reviewer(token_in(response))
        assert anew.read()["review"]["verdict"] is None
        assert say(anew, draft, "approved").status_code == 201
        assert state() == "approved"


def test_an_approval_is_not_lost_where_the_page_cannot_be_published(
    draft, begin, django_capture_on_commit_callbacks
):
    draft.save_revision().publish()
    draft = Page.objects.get(pk=draft.pk).specific
    draft.slug = "taken"
    draft.save_revision()
    first, second = begin()
    factories.StandardPageFactory(parent=draft.get_parent(), slug="taken")
    say(first, draft, "approved")
    mail.outbox.clear()

    with django_capture_on_commit_callbacks(execute=True):
        assert say(second, draft, "approved").status_code == 201

    assert second.read()["review"]["verdict"]["says"] == "approved"
    assert state() == "in_progress"
    told = {message.subject: message.body for message in mail.outbox}
    assert "slug" in str(told["Draft is approved, and could not be published"]).lower()
    entry = PageLogEntry.objects.get(page=draft.pk, action="review.stuck")
    assert "slug" in entry.message.lower()
    assert WorkflowState.objects.count() == 1


def test_an_invitation_that_was_not_sent_is_in_the_history(
    draft, task, monkeypatch, django_capture_on_commit_callbacks
):
    def refuse(*_):
        raise ConnectionRefusedError

    monkeypatch.setattr("cms.review.mail.send_mail", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        draft.get_workflow().start(draft, editor())
    assert invited() == {}
    unsent = PageLogEntry.objects.filter(page=draft.pk, action="review.unsent")
    assert {entry.message for entry in unsent} == {
        "The mail to Jo Lawyer could not be sent",
        "The mail to Chief Kim could not be sent",
    }


# What is sent ---------------------------------------------------------------------------------------


def test_terms_that_were_changed_while_they_were_read_are_not_accepted(release):
    _, reader = read_under_embargo(release)
    assert reader.get().json()["embargo"]["terms"] == "Publish none of it."
    read = "Publish  none\r\nof it. "
    assert reader.enter(**KIM, terms="Others.").json()["needs"] == ["terms"]
    assert reader.enter(**KIM, terms=read).status_code == 201
    assert reader.read()["review"]["embargo"]["accepted_at"]


@pytest.mark.parametrize("place", ["comments/", "verdict/"])
def test_a_page_of_no_number_that_there_is(draft, place):
    reader = Reviewer(share(draft)[1])
    version = reader.read()["review"]["version"]
    said = {"says": "approved", "version": version} if place == "verdict/" else {"text": "So."}
    for number in (10**30, -1):
        response = reader.post(place, page=number, **said)
        assert response.status_code == 400, json.dumps(response.json())


def test_what_a_form_proposes_is_taken_where_links_are_short(admin, draft, settings):
    settings.REVIEW_LINK_DAYS = 3
    form = admin.get(place(draft)).context["form"]
    proposed = f"{form['expires_at'].value():%Y-%m-%d %H:%M}"
    assert token_in(admin.post(place(draft), values(expires_at=proposed)))
