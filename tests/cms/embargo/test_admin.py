"""What editors do with embargoes in the admin."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.users.models import UserProfile

from api.codecs.visibility import public_pages
from pages import models
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.once]

NEW_YORK, BERLIN = "America/New_York", "Europe/Berlin"
DAY = timedelta(days=1)


def signed_in(user, zone=""):
    UserProfile.objects.update_or_create(user=user, defaults={"current_time_zone": zone})
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(person):
    return signed_in(person("ed", "Editors"))


@pytest.fixture
def moderator(person):
    return signed_in(person("mo", "Moderators"))


def address(page):
    return reverse("embargo", args=[page.pk])


def form_of(client, page):
    """What a browser would send, were nothing changed."""
    form = client.get(address(page)).context["form"]
    values = {field.name: field.value() for field in form}
    return {
        name: "" if value is None else str(value)[:16] if name == "wall_time" else value
        for name, value in values.items()
    }


def send(client, page, until=None, form=None, **values):
    form = form or form_of(client, page)
    if until is not None:
        form["wall_time"] = until if isinstance(until, str) else f"{until:%Y-%m-%d %H:%M}"
    return client.post(address(page), {**form, **values})


def errors(response):
    assert response.status_code == 200
    return {name: " ".join(said) for name, said in response.context["form"].errors.items()}


def acts(page):
    entries = PageLogEntry.objects.filter(page=page.pk, action__startswith="embargo.")
    return [(entry.action, entry.message, entry.comment) for entry in entries.order_by("pk")]


def embargo():
    return models.Embargo.objects.get()


# Setting it -----------------------------------------------------------------------------------------


def test_an_editor_sets_an_embargo(editor, free):
    image = factories.ImageFactory()
    free.share_image = image
    free.save_revision()
    response = send(editor, free, "2026-06-03 09:00", time_zone=NEW_YORK, terms="Be kind.")

    assert response.url == reverse("wagtailadmin_pages:edit", args=[free.pk])
    assert embargo().until == datetime(2026, 6, 3, 13, tzinfo=UTC)
    assert (embargo().time_zone, embargo().terms) == (NEW_YORK, "Be kind.")
    assert (embargo().set_by.username, embargo().alarmed) == ("ed", "")
    assert [file.image for file in embargo().files.all()] == [image]
    moment = "2026-06-03 09:00 America/New York (UTC-04:00)"
    assert acts(free) == [("embargo.set", f"Under embargo until {moment}", "")]
    data = PageLogEntry.objects.get(action="embargo.set").data
    assert (data["until"], data["time_zone"]) == ("2026-06-03T13:00:00+00:00", NEW_YORK)


def test_the_form_begins_with_the_newsrooms_terms_in_the_editors_zone(free, person):
    settings = models.NewsroomSettings.for_site(free.get_site())
    settings.embargo_terms = "Our terms."
    settings.save()
    form = form_of(signed_in(person("ed", "Editors"), BERLIN), free)

    assert (form["terms"], form["time_zone"]) == ("Our terms.", BERLIN)


def test_the_terms_are_in_no_public_answer(free):
    settings = models.NewsroomSettings.for_site(free.get_site())
    settings.embargo_terms = "Xyzzy"
    settings.save()

    answer = Client().get("/api/v2/site/")
    assert answer.status_code == 200
    assert "xyzzy" not in answer.text.lower()
    assert "embargo" not in answer.text.lower()


@pytest.mark.parametrize(
    "until",
    ["2026-06-01 11:59", "2026-06-01 12:00", "soon", "", "0001-01-01 00:00", "9999-12-31 23:59"],
)
def test_a_moment_that_is_none_or_past_is_refused(editor, free, until):
    assert "wall_time" in errors(send(editor, free, until, time_zone="UTC"))
    assert not models.Embargo.objects.exists()


def test_what_readers_have_cannot_be_put_under_embargo(moderator, free):
    alias = free.create_alias(update_slug="alias")
    for public in (free, alias, alias.create_alias(update_slug="another")):
        Page.objects.update(live=False)
        Page.objects.filter(pk=public.pk).update(live=True)
        response = send(moderator, free, "2026-06-03 09:00", time_zone="UTC")
        assert "Readers have it already. Unpublish it first." in response.text
        assert errors(response) == {"__all__": "Readers have it already. Unpublish it first."}
    assert not models.Embargo.objects.exists()
    Page.objects.update(live=False)
    assert send(moderator, free, "2026-06-03 09:00", time_zone="UTC").status_code == 302
    assert moderator.get(address(alias)).status_code == 302
    assert not models.Embargo.objects.filter(page=alias.pk).exists()


def test_what_is_planned_waits_for_the_embargo(moderator, free):
    free.go_live_at = timezone.now() + DAY
    free.save_revision().publish()
    send(moderator, free, "2026-06-05 12:00", time_zone="UTC")
    planned = free.revisions.get(approved_go_live_at__isnull=False)
    assert planned.approved_go_live_at == timezone.now() + 4 * DAY
    send(moderator, free, "2026-06-01 18:00", reason="Sooner")
    planned.refresh_from_db()
    assert planned.approved_go_live_at == timezone.now() + DAY


# Clocks that are put back and forward ---------------------------------------------------------------


def test_a_time_that_does_not_exist_is_refused_and_others_named(editor, free):
    said = errors(send(editor, free, "2027-03-14 02:30", time_zone=NEW_YORK))["wall_time"]

    assert "02:30 does not exist on that day in America/New York" in said
    assert "Choose 01:30 or 03:30 instead" in said
    assert not models.Embargo.objects.exists()


@pytest.mark.parametrize(("offset", "hour"), [("UTC-04:00", 5), ("UTC-05:00", 6)])
def test_of_a_time_that_comes_twice_one_is_chosen(editor, free, person, settings, offset, hour):
    settings.TIME_ZONE = "Asia/Tokyo"
    response = send(editor, free, "2026-11-01 01:30", time_zone=NEW_YORK, terms="Kept")
    said = errors(response)["wall_time"]
    assert "UTC-04:00 comes first, UTC-05:00 an hour later" in said
    form = response.context["form"]
    choices = dict(form.fields["offset"].widget.choices)
    assert list(choices) == ["", "UTC-04:00", "UTC-05:00"]
    assert 'name="offset"' in response.text
    assert form["terms"].value() == "Kept"
    assert not models.Embargo.objects.exists()

    sent = {field.name: field.value() for field in form}
    assert send(editor, free, form=sent, offset=offset).status_code == 302
    assert embargo().until == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)
    elsewhere = signed_in(person("hans", "Editors"), BERLIN)
    shown = elsewhere.get(address(free)).text
    for moment in (
        f"2026-11-01 01:30 America/New York ({offset})",
        f"2026-11-01 0{hour + 1}:30 Europe/Berlin (UTC+01:00)",
        f"2026-11-01 0{hour}:30 UTC",
    ):
        assert moment in shown, moment
    # Saved again as it is, by somebody elsewhere, it is the same moment.
    assert send(elsewhere, free).status_code == 302
    assert embargo().until == datetime(2026, 11, 1, hour, 30, tzinfo=UTC)


# Who may do what ------------------------------------------------------------------------------------

LATER, SOONER = "2026-06-01 14:00", "2026-06-01 12:30"


@pytest.mark.parametrize(
    ("group", "until", "reason", "action"),
    [
        ("Editors", LATER, "", "embargo.lengthen"),
        ("Editors", SOONER, "Because", None),
        ("Moderators", LATER, "", "embargo.lengthen"),
        ("Moderators", SOONER, "", None),
        ("Moderators", SOONER, "  ", None),
        ("Moderators", SOONER, "Because", "embargo.shorten"),
    ],
)
def test_longer_by_editors_and_shorter_by_moderators_with_a_reason(
    release, person, group, until, reason, action
):
    before = embargo().until
    response = send(signed_in(person("pat", group)), release, until, reason=reason)

    if action is None:
        assert errors(response).keys() & {"wall_time", "reason"}
        assert (embargo().until, acts(release)) == (before, [])
    else:
        assert response.status_code == 302
        assert f"{embargo().until:%Y-%m-%d %H:%M}" == until
        ((logged, message, comment),) = acts(release)
        assert (logged, comment) == (action, reason)
        assert until in message


def test_whoever_may_not_edit_the_page_sees_nothing(release, section, person):
    visitor = signed_in(person("eve", "Editors"))
    person("none")
    home = section.get_parent()
    for page in (home, section):
        assert visitor.get(address(page)).status_code == 302
        assert "Embargo" not in visitor.get(reverse("wagtailadmin_explore", args=[page.pk])).context
    stranger = signed_in(person("mallory"))
    for client in (Client(), stranger):
        response = client.get(address(release))
        assert response.status_code == 302
        client.post(address(release), {"act": "lift", "lift-reason": "x"})
    assert embargo().lifted_at is None


def lift(client, page, reason="Broken elsewhere", **values):
    form = client.get(address(page)).context["lift_form"]
    return client.post(
        address(page),
        {"act": "lift", "lift-seen": form["seen"].value(), "lift-reason": reason, **values},
        follow=True,
    )


def test_lifted_early_what_was_approved_is_published(moderator, release, no_workflow):
    release.save_revision().publish()
    assert "It is approved" in moderator.get(address(release)).text
    assert "it is published at once" in moderator.get(address(release)).text

    assert lift(moderator, release, reason=" ").context["lift_form"].errors
    assert embargo().lifted_at is None
    assert "the page is published" in lift(moderator, release).text

    assert public_pages().filter(pk=release.pk).exists()
    assert embargo().lifted_by.username == "mo"
    ((action, message, comment),) = acts(release)
    assert (action, comment) == ("embargo.lift", "Broken elsewhere")
    assert "lifted early" in message


def test_lifted_early_what_was_not_approved_is_no_more_public_than_without(moderator, release):
    assert "merely under embargo no more" in moderator.get(address(release)).text

    assert "as public as it was" in lift(moderator, release).text

    page = Page.objects.get(pk=release.pk)
    assert (page.live, page.specific.embargoed_until) == (False, None)


@pytest.mark.parametrize(
    ("past", "heading", "action", "saying"),
    [
        (-DAY, "Lift it early", "embargo.lift", "lifted early"),
        (DAY, "Lift it by hand", "embargo.lift_late", "lifted by hand, after its moment"),
    ],
    ids=["before", "after"],
)
def test_after_its_moment_nobody_lifts_it_early(moderator, release, past, heading, action, saying):
    models.Embargo.objects.update(until=timezone.now() - past)
    assert heading in moderator.get(address(release)).text
    lift(moderator, release)

    ((logged, message, _),) = acts(release)
    assert logged == action
    assert saying in message


@pytest.mark.parametrize(
    ("minutes", "says"),
    [(-1, "at that moment it is published"), (0, "about to be published"), (1, "should have been")],
    ids=["before", "at it", "overdue"],
)
def test_the_form_says_how_it_stands(moderator, release, no_workflow, clock, minutes, says):
    release.save_revision().publish()
    clock.move_to(embargo().until + timedelta(minutes=minutes))

    assert says in moderator.get(address(release)).text


def test_an_editor_does_not_lift_early(editor, release):
    assert "Lift the embargo now" not in editor.get(address(release)).text
    lift(editor, release)

    assert embargo().lifted_at is None


def test_groups_can_be_given_the_permission(admin_client):
    assert "Can shorten an embargo or lift it early" in (
        admin_client.get(reverse("wagtailusers_groups:add")).text
    )


# Two at once ----------------------------------------------------------------------------------------


def test_the_later_of_two_editors_sees_what_the_earlier_did(editor, moderator, free):
    forms = [form_of(client, free) for client in (editor, moderator)]
    assert send(editor, free, "2026-06-03 09:00", forms[0], time_zone="UTC").status_code == 302
    response = send(moderator, free, "2026-06-04 09:00", forms[1], time_zone=NEW_YORK, terms="Mine")

    said = errors(response)["seen"]
    assert "it lasts until 2026-06-03 09:00 UTC" in said
    assert said in re.sub(r"&#x27;", "'", response.text)
    form = response.context["form"]
    assert (form["terms"].value(), form["time_zone"].value()) == ("Mine", NEW_YORK)
    assert embargo().until == datetime(2026, 6, 3, 9, tzinfo=UTC)
    again = {field.name: field.value() for field in form}
    assert send(moderator, free, form=again).status_code == 302
    assert embargo().until == datetime(2026, 6, 4, 13, tzinfo=UTC)


def test_nobody_lifts_what_was_changed_meanwhile(moderator, editor, release):
    seen = moderator.get(address(release)).context["lift_form"]["seen"].value()
    send(editor, release, LATER)

    response = lift(moderator, release, **{"lift-seen": seen})
    assert "Somebody has changed this embargo meanwhile" in response.text
    assert embargo().lifted_at is None


# Where it shows -------------------------------------------------------------------------------------


def test_the_editor_says_it_at_its_top_and_leads_to_it(editor, free):
    edit = reverse("wagtailadmin_pages:edit", args=[free.pk])
    assert "Under embargo" not in editor.get(edit).text
    factories.EmbargoFactory(page=free)

    for text in (
        editor.get(edit).text,
        editor.get(reverse("wagtailadmin_explore", args=[free.get_parent().pk])).text,
    ):
        assert f'href="{address(free)}"' in text
    assert (
        "Under embargo until 2026-06-01 13:00 UTC (UTC+00:00). "
        "Nobody but named readers can see it before."
    ) in editor.get(edit).text
    models.Embargo.objects.update(lifted_at=timezone.now())
    assert "Under embargo" not in editor.get(edit).text


def test_the_front_page_lists_what_ends_within_a_week(editor, section, no_workflow, person):
    states = {
        "far": (8 * DAY, False, None),
        "near": (6 * DAY, False, "not approved"),
        "ready": (DAY, True, "approved"),
        "late": (-DAY, False, "overdue, not approved"),
        "stuck": (-DAY / 2, True, "overdue, approved"),
        "now": (DAY * 0, True, "approved"),
        "lifted": (DAY, False, None),
    }
    for title, (left, live, _) in states.items():
        page = factories.PressReleasePageFactory(parent=section, title=title, live=live)
        lifted_at = timezone.now() if title == "lifted" else None
        until = timezone.now() + left
        factories.EmbargoFactory(page=page, until=until, lifted_at=lifted_at)

    text = " ".join(editor.get("/admin/").text.split())

    found = dict(re.findall(r'embargo/">(\w+)</a> [^<]*: <strong>([\w, ]+)</strong>', text))
    assert found == {title: state for title, (_, _, state) in states.items() if state}
    assert list(found) == ["late", "stuck", "now", "ready", "near"]
    assert "Embargoes" not in signed_in(person("mallory")).get("/admin/").text


def test_of_many_embargoes_the_front_page_lists_the_nearest(editor, section):
    def ask(number):
        for _ in range(number):
            page = factories.PressReleasePageFactory(parent=section, live=False)
            factories.EmbargoFactory(page=page)
        with CaptureQueriesContext(connection) as captured:
            text = editor.get("/admin/").text
        return len(captured), text.count("<strong>not approved</strong>"), text

    assert ask(10)[1] == 10
    ten, _, text = ask(0)
    assert "which end" not in text
    assert "And one more, which ends later." in ask(1)[2]
    many, listed, text = ask(5)
    assert (listed, many) == (10, ten)
    assert "And 6 more, which end later." in text


def test_what_is_published_under_embargo_is_said_to_be_planned(moderator, release):
    from tests.pages.test_embargo import by_page_editor

    by_page_editor(release, None, client=moderator)
    text = moderator.get("/admin/").text

    assert "will be published when its embargo ends, 2026-06-01 13:00 UTC" in text
    assert "Its workflow has not approved it yet." in text
    assert "has been published" not in text


@pytest.mark.parametrize("zone", ["Etc/GMT+5", "Asia/Kolkata"])
def test_an_editor_in_a_zone_of_one_offset(person, free, zone):
    client = signed_in(person("ed", "Editors"), zone)
    until = datetime(2099, 1, 1, 12, tzinfo=UTC)
    form = form_of(client, free)
    assert form["time_zone"] == zone
    assert send(client, free, until, form).status_code == 302
    assert client.get(address(free)).status_code == 200
    assert models.Embargo.objects.get().time_zone == zone


def test_a_moment_with_a_zone_of_its_own_is_asked_for_without(editor, release):
    response = send(editor, release, "2099-01-01T09:00:00Z")
    assert errors(response) == {"wall_time": "Write it without a time zone: that is chosen below."}


def test_only_places_are_offered_as_time_zones(editor, release):
    form = editor.get(address(release)).context["form"]
    offered = {zone for _, zones in form.fields["time_zone"].choices for zone, _ in zones}
    assert {"Etc/GMT+5", NEW_YORK} < offered
    assert not {"Factory", "localtime"} & offered
