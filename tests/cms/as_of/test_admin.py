"""Beginning a preview of the site in the admin."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Workflow

from cms.as_of.session import session_of
from tests import factories
from tests.cms.as_of.ahead import hours, plan, planned

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def written(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


def rows(response):
    """What the table says, a line each."""
    found = re.findall(
        r"<tr>\s*<td>(.*?)</td>\s*<td><a[^>]*>(.*?)</a></td>\s*<td>(.*?)</td>", response.text
    )
    return [(title, what) for _, title, what in found]


def test_the_next_that_is_planned_is_offered(ada, home):
    first = planned(home, hours(5), title="First")
    planned(home, hours(9), title="Second")
    factories.StandardPageFactory(parent=home, title="Ends", expire_at=hours(4))
    response = signed_in(ada).get(reverse("preview_site"))

    assert response.context["breadcrumbs_items"][-1]["label"] == "Preview the site"
    assert response.context["form"].initial["moment"] > hours(4) - (hours(1) - timezone.now())
    assert rows(response) == [("Ends", "Ends")]
    later = signed_in(ada).post(reverse("preview_site"), {"moment": written(hours(6))})
    assert rows(later) == [("Ends", "Ends"), (f"{first.title}", "Goes live")]


def test_an_embargo_that_stays_shut_says_why(ada, home):
    held = factories.PressReleasePageFactory(parent=home, title="Held", live=False)
    factories.EmbargoFactory(page=Page.objects.get(pk=held.pk), until=hours(2))
    held.save_revision()
    live = factories.PressReleasePageFactory(parent=home, title="Live behind it")
    factories.EmbargoFactory(page=Page.objects.get(pk=live.pk), until=hours(3))
    Workflow.objects.update(active=False)
    response = signed_in(ada).get(reverse("preview_site"))

    assert rows(response) == [("Held", "Stays under embargo: not approved")]
    later = signed_in(ada).post(reverse("preview_site"), {"moment": written(hours(6))})
    assert rows(later)[1:] == [("Live behind it", "Its embargo ends")]
    held.get_latest_revision().publish()
    later = signed_in(ada).post(reverse("preview_site"), {"moment": written(hours(6))})
    assert ("Held", "Its embargo ends") in rows(later)
    assert ("Held", "Goes live") in rows(later)


def test_a_link_opens_the_site_as_of_the_moment(ada, home):
    other = factories.make_site("other.example", default=False)
    response = signed_in(ada).post(reverse("preview_site"), {"moment": written(hours(6))})
    links = re.findall(
        r'href="(https://[^"]*)" target="_blank" rel="noopener noreferrer"', response.text
    )

    assert re.findall(r">Open (.*?)</a>", response.text) == ["frontend.example", "other.example"]
    assert [one.partition("/-/as-of/")[0] for one in links] == [
        "https://frontend.example",
        other.root_url,
    ]
    for link in links:
        session = session_of(link.rpartition("/-/as-of/")[2].strip("/"))
        assert session.user == ada
        assert written(session.moment) == written(hours(6))
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize(("in_hours", "told"), [(-1, "has passed"), (24 * 400, "more than a year")])
def test_a_wrong_moment_gives_no_link(ada, home, in_hours, told):
    response = signed_in(ada).post(reverse("preview_site"), {"moment": written(hours(in_hours))})
    assert told in response.text
    assert "/-/as-of/" not in response.text


def test_others_plans_are_not_listed(home):
    mine = factories.SectionPageFactory(parent=home, slug="mine")
    planned(mine, hours(1), title="Mine")
    plan(factories.StandardPageFactory(parent=home, title="Theirs"), hours(1), title="Secret")
    kit = get_user_model().objects.create_user("kit", "kit@newsroom.example", "secret")
    group = Group.objects.create(name="Mine")
    group.permissions.add(*Group.objects.get(name="Editors").permissions.all())
    change = GroupPagePermission.objects.filter(permission__codename="change_page").first()
    GroupPagePermission.objects.create(group=group, page=mine, permission=change.permission)
    kit.groups.add(group)

    response = signed_in(kit).post(reverse("preview_site"), {"moment": written(hours(6))})
    assert rows(response) == [("Mine", "Goes live")]
    assert "Secret" not in response.text


def test_the_menu_leads_there_for_whoever_may_edit_pages(ada, home):
    assert reverse("preview_site") in signed_in(ada).get(reverse("wagtailadmin_home")).text
    assert Client().get(reverse("preview_site")).status_code == 302


def test_what_is_planned_for_the_end_of_the_calendar_is_not_offered(ada, home):
    factories.StandardPageFactory(
        parent=home, title="For good", expire_at=datetime(9999, 12, 31, 23, 59, tzinfo=UTC)
    )
    response = signed_in(ada).get(reverse("preview_site"))
    assert response.status_code == 200
    assert response.context["form"].initial["moment"] < hours(25)
