"""Translations made before an embargo are named, and can be put under the same."""

import pytest
from wagtail.models import GroupPagePermission, Locale, Page

from pages import models
from tests import factories
from tests.cms.embargo.test_admin import address, send, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.once]

UNTIL = "2026-06-03 09:00"


@pytest.fixture
def editor(person):
    return signed_in(person("ed", "Editors"))


@pytest.fixture
def translations(free):
    """By language: one that nobody has, one that readers have, and one under an embargo already."""
    made = {}
    for language in ("fr", "de", "nl"):
        locale = Locale.objects.create(language_code=language)
        made[language] = free.copy_for_translation(locale, copy_parents=True)
        pages = Page.objects.filter(pk=made[language].pk)
        pages.update(draft_title=f"Title in {language}")
    Page.objects.filter(pk=made["de"].pk).update(live=True)
    factories.EmbargoFactory(page=made["nl"])
    return made


def held():
    return set(models.Embargo.objects.in_force().values_list("page_id", flat=True))


def test_those_that_readers_do_not_have_are_put_under_the_same(editor, free, translations):
    text = " ".join(editor.get(address(free)).text.split())
    assert "Title in fr</li>" in text.replace(" </li>", "</li>")
    assert "Title in de (readers have it already)" in text
    assert "Title in nl" not in text

    assert send(editor, free, UNTIL, time_zone="UTC").status_code == 302
    assert held() == {free.pk, translations["fr"].pk, translations["nl"].pk}
    mine, french = (models.Embargo.objects.get(page=p) for p in (free, translations["fr"]))
    assert (french.until, french.terms) == (mine.until, mine.terms)


def test_not_if_the_editor_does_not_want_it(editor, free, translations):
    assert editor.get(address(free)).context["form"]["translations"].value() is True

    assert send(editor, free, UNTIL, time_zone="UTC", translations="").status_code == 302
    assert held() == {free.pk, translations["nl"].pk}


def test_those_that_the_user_may_not_edit_are_named_alone(person, free, translations):
    user = person("pat", "Editors")
    group = user.groups.get()
    permissions = GroupPagePermission.objects.filter(group=group)
    permissions.update(page=Page.objects.get(pk=free.get_parent().pk))
    client = signed_in(user)
    text = " ".join(client.get(address(free)).text.split())
    assert "Title in fr (you may not edit it)" in text
    assert "Its translations too" not in text

    assert send(client, free, UNTIL, time_zone="UTC", translations="on").status_code == 302
    assert held() == {free.pk, translations["nl"].pk}


def test_a_release_without_any_is_asked_nothing(editor, free):
    assert "translations" not in editor.get(address(free)).context["form"].fields
