"""Sharing a draft from the admin, and what becomes of links there."""

import json
import re
from datetime import timedelta

import lxml.html  # type: ignore[import-untyped]  # publishes no types
import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupPagePermission,
    PageLogEntry,
)

from cms.review import links
from cms.review.models import ReviewLink
from cms.review.tokens import PREFIX
from pages.models import Download
from tests import factories
from tests.cms.review.reviewing import Reviewer, editor, share

pytestmark = [pytest.mark.django_db, pytest.mark.once]

ADDRESS = re.compile(rf"https://frontend\.example/review/({PREFIX}[\w-]{{43}})/")


@pytest.fixture
def draft(material):
    page = factories.StandardPageFactory(
        parent=material.section, title="Draft", slug="draft", live=False
    )
    page.save_revision()
    return page


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def admin():
    return signed_in(editor())


def somebody(name, page, *actions):
    """An editor of one page and what is below it, who may publish it unless it is said otherwise."""
    user = editor(name, is_superuser=False)
    group = Group.objects.create(name=name)
    group.permissions.add(*Group.objects.get(name="Editors").permissions.all())
    for action in actions or ("change", "publish"):
        GroupPagePermission.objects.create(group=group, page=page, permission_type=action)
    user.groups.add(group)
    return user


def values(**more):
    until = timezone.now() + timedelta(days=3)
    return {
        "act": "share",
        "recipient": "Jo Lawyer",
        "shows": "latest",
        "expires_at": f"{until:%Y-%m-%d %H:%M}",
        "comments_welcome": "on",
        **more,
    }


def place(page):
    return reverse("review:share", args=[page.pk])


def token_in(response):
    (found,) = set(ADDRESS.findall(response.text))
    return found


def test_the_editor_and_the_listing_lead_to_it(admin, draft):
    for name, number in (("edit", draft.pk), ("edit", draft.get_parent().pk)):
        response = admin.get(reverse(f"wagtailadmin_pages:{name}", args=[number]))
        assert f"/admin/review/{number}/" in response.text
    listing = admin.get(reverse("wagtailadmin_explore", args=[draft.get_parent().pk]))
    assert f"/admin/review/{draft.pk}/" in listing.text


def test_a_link_is_shown_once_with_its_code_and_opens(admin, draft):
    response = admin.post(place(draft), values())
    token = token_in(response)
    assert "<svg" in response.text
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert Reviewer(token).read()["document"]["title"] == "Draft"
    again = admin.get(place(draft))
    assert token not in again.text
    assert "opened once" in " ".join(again.text.split())


def test_what_is_chosen_holds(admin, draft, material):
    other = factories.StandardPageFactory(parent=material.section, title="Other", live=False)
    other.save_revision()
    form = lxml.html.fromstring(admin.get(place(draft)).content)
    assert form.xpath("//input[@name='further']/@value") == [str(other.pk)]
    chosen = {"passcode": "open sesame", "max_visits": "2", "shows": "revision"}
    kept = {"further": [other.pk], "kept_when_published": "on", "comments_welcome": ""}
    response = admin.post(place(draft), values(**chosen, **kept))
    link = ReviewLink.objects.get()
    assert [shown.page_id for shown in link.shown.all()] == [draft.pk, other.pk]
    assert (link.max_visits, link.shows, link.comments_welcome) == (2, "revision", False)
    assert link.kept_when_published
    assert "open sesame" not in response.text
    reader = Reviewer(token_in(response))
    assert reader.get().status_code == 401
    assert reader.enter(passcode="open sesame").status_code == 201


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("recipient", "", "This field is required"),
        ("expires_at", "2020-01-01 10:00", "This moment has passed"),
        ("expires_at", "2999-01-01 10:00", "30 days at most"),
        ("expires_at", "soon", "Enter a valid date/time"),
        ("passcode", "abc", "at least 6 characters"),
        ("max_visits", "0", "greater than or equal to 1"),
        ("email", "no address", "valid email address"),
        ("send", "on", "Without an address it cannot be sent"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(admin, draft, name, value, error):
    response = admin.post(place(draft), values(**{"max_visits": "7", name: value}))
    assert error in response.text
    assert not ReviewLink.objects.exists()
    if name != "recipient":
        assert 'value="Jo Lawyer"' in response.text


def test_the_link_is_sent_if_that_is_wanted(admin, draft, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = admin.post(
            place(draft), values(email="jo@law.example", send="on", passcode="sesame")
        )
    (sent,) = mail.outbox
    assert sent.to == ["jo@law.example"]
    assert token_in(response) in sent.body
    assert "sesame" not in sent.body
    assert "It is being sent to jo@law.example" in response.text


def test_without_a_mail_server_links_are_not_printed(admin, draft, settings):
    settings.EMAIL_BACKEND = "cms.mail.PrintedMail"
    assert 'name="send"' not in admin.get(place(draft)).text


def test_it_is_revoked_extended_and_renewed(admin, draft):
    link, token = share(draft)
    _, other_token = share(draft, recipient="Kim")
    soon = timezone.now() + timedelta(hours=1)
    admin.post(place(draft), {"act": "extend", "link": link.pk, "until": f"{soon:%Y-%m-%d %H:%M}"})
    link.refresh_from_db()
    assert abs(link.expires_at - soon) < timedelta(minutes=1)
    refused = admin.post(
        place(draft), {"act": "extend", "link": link.pk, "until": "2999-01-01 10:00"}, follow=True
    )
    assert "30 days at most" in refused.text
    renewed = token_in(admin.post(place(draft), {"act": "renew", "link": link.pk}))
    assert Reviewer(token).get().status_code == 404
    assert Reviewer(renewed).get().status_code == 200
    admin.post(place(draft), {"act": "revoke", "link": link.pk})
    assert Reviewer(renewed).get().status_code == 410
    assert Reviewer(other_token).get().status_code == 200
    admin.post(place(draft), {"act": "revoke_all"})
    assert Reviewer(other_token).get().status_code == 410
    for act in ("extend", "renew"):
        response = admin.post(
            place(draft),
            {"act": act, "link": link.pk, "until": f"{soon:%Y-%m-%d %H:%M}"},
            follow=True,
        )
        assert "has ended" in response.text


def test_every_act_is_in_the_history_and_says_no_secret(admin, draft):
    token = token_in(admin.post(place(draft), values(passcode="open sesame")))
    link = ReviewLink.objects.get()
    soon = timezone.now() + timedelta(hours=1)
    admin.post(place(draft), {"act": "extend", "link": link.pk, "until": f"{soon:%Y-%m-%d %H:%M}"})
    renewed = token_in(admin.post(place(draft), {"act": "renew", "link": link.pk}))
    reader = Reviewer(renewed)
    reader.enter(passcode="open sesame")
    version = reader.read()["review"]["version"]
    reader.post("comments/", page=draft.pk, text="Twelve?")
    reader.post("verdict/", page=draft.pk, says="approved", version=version)
    admin.post(place(draft), {"act": "revoke", "link": link.pk})
    entries = PageLogEntry.objects.filter(action__startswith="review.").order_by("pk")
    acts = ["share", "extend", "renew", "remark", "approved", "end"]
    assert list(entries.values_list("action", flat=True)) == [f"review.{act}" for act in acts]
    written = json.dumps([entry.data for entry in entries])
    for secret in (token, renewed, reader.ticket, "open sesame", link.token_hash):
        assert secret[4:] not in written
    history = admin.get(reverse("wagtailadmin_pages:history", args=[draft.pk]))
    assert "Shared for review with Jo Lawyer" in history.text
    assert "The link of Jo Lawyer ended: Revoked" in history.text


def test_only_who_may_edit_every_page_shares_and_ends(draft, material):
    elsewhere = factories.StandardPageFactory(parent=material.home, title="Elsewhere", live=False)
    elsewhere.save_revision()
    theirs, bundle = share(draft)[0], share(draft, elsewhere)[0]
    client = signed_in(somebody("section editor", material.section))
    assert client.get(place(draft)).status_code == 200
    assert client.post(place(draft), {"act": "revoke", "link": theirs.pk}).status_code == 302
    assert client.get(place(elsewhere)).status_code == 302  # to the admin's front page
    client.post(place(draft), {"act": "revoke", "link": bundle.pk})
    client.post(place(draft), {"act": "revoke_all"})
    client.post(place(draft), values(further=[elsewhere.pk]))
    theirs.refresh_from_db()
    bundle.refresh_from_db()
    assert theirs.ended_at
    assert bundle.ended_at is None
    assert [link.pk for link in ReviewLink.objects.filter(shown__page=elsewhere)] == [bundle.pk]
    assert Client().get(place(draft))["Location"].startswith("/admin/login/")


def test_a_new_address_is_answered_for_by_who_makes_it(draft, material):
    """Whoever may edit a page gets at no file by the link of somebody who may do more."""
    collection = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="groups")
    secret = factories.DocumentFactory(collection=collection)
    link, token = share(draft)
    draft.downloads = [Download(document=secret)]
    draft.save_revision()
    (shown,) = Reviewer(token).read()["document"]["downloads"]
    assert "/granted/" in shown["document"]["url"]
    eve = signed_in(somebody("eve", material.section))
    renewed = token_in(eve.post(place(draft), {"act": "renew", "link": link.pk}))
    (shown,) = Reviewer(renewed).read()["document"]["downloads"]
    assert shown["document"] == {"type": "dead"}


def test_what_is_said_of_another_page_is_not_told_here(draft, material):
    elsewhere = factories.StandardPageFactory(parent=material.home, title="Layoffs", live=False)
    elsewhere.save_revision()
    _, token = share(draft, elsewhere)
    reader = Reviewer(token)
    version = reader.read(page=elsewhere.pk)["review"]["version"]
    said = {"says": "changes_requested", "text": "Do not name the plant"}
    assert reader.post("verdict/", page=elsewhere.pk, version=version, **said).status_code == 201
    told = signed_in(somebody("section editor", material.section)).get(place(draft)).text
    assert "Jo Lawyer" in told
    assert "A page that you may not edit" in told
    assert "Layoffs" not in told
    assert "Do not name" not in told


@pytest.mark.parametrize("ending", [None, ReviewLink.Ended.REVOKED])
@pytest.mark.parametrize("address", ["report", "share"])
def test_what_many_links_cost_the_database(admin, draft, address, ending):
    """The report, and a page's own list: as much for twelve links as for two."""

    def cost(number):
        for name in range(number):
            link, token = share(draft, maker=editor(f"maker {name}"))
            Reviewer(token).read()
            if ending:
                links.end([link], ending)
        with CaptureQueriesContext(connection) as queries:
            text = admin.get(place(draft) if address == "share" else reverse("review:report")).text
        assert text.count("Jo Lawyer") >= ReviewLink.objects.count()
        return len(queries)

    cost(1)
    few = cost(1)
    assert ReviewLink.objects.count() == 2
    assert cost(10) == few


def test_the_report_lists_the_links_to_pages_that_one_may_edit(admin, draft, material):
    elsewhere = factories.StandardPageFactory(parent=material.home, title="Elsewhere", live=False)
    share(draft, recipient="Jo Lawyer")
    share(draft, elsewhere, recipient="Kim Press")
    report = reverse("review:report")
    everything = admin.get(report).text
    assert "Jo Lawyer" in everything
    assert "Kim Press" in everything
    client = signed_in(somebody("section editor", material.section))
    some = client.get(report).text
    assert "Jo Lawyer" in some
    assert "Kim Press" not in some
    sheet = admin.get(report, {"export": "csv"})
    assert sheet["Content-Type"].startswith("text/csv")
    assert b"Kim Press" in b"".join(sheet.streaming_content)
    assert "Jo Lawyer" in admin.get(report, {"open": "true"}).text
    assert "Jo Lawyer" not in admin.get(report, {"open": "false"}).text
