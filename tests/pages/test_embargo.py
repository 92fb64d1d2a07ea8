"""A page under embargo is planned, not published, and none of its copies is a way round."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.models import Locale, Page, PageLogEntry, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from api.codecs.visibility import public_pages
from pages import models
from pages.embargoes.files import note_files_of
from tests import factories
from tests.bodies import block

pytestmark = pytest.mark.django_db

UNTIL = timedelta(hours=5)


@pytest.fixture
def release(clock, home):
    """A release under embargo that nobody has published."""
    section = factories.SectionPageFactory(parent=home)
    page = factories.PressReleasePageFactory(parent=section, live=False, title="Early")
    page.save_revision()
    factories.EmbargoFactory(page=page, until=timezone.now() + UNTIL)
    return models.PressReleasePage.objects.get(pk=page.pk)


@pytest.fixture
def editor():
    return get_user_model().objects.create_superuser("ada")


def again(page):
    return type(page).objects.get(pk=page.pk)


def public(page):
    return public_pages().filter(pk=page.pk).exists()


# Publishing -----------------------------------------------------------------------------------------


def by_revision(page, editor):
    page.save_revision().publish(user=editor)


def by_page(page, editor):
    page.publish(page.save_revision(), editor)


def by_workflow(page, editor):
    workflow = Workflow.objects.get()
    state = workflow.start(page, editor)
    state.current_task_state.approve(user=editor)


def by_bulk_action(page, editor):
    client = Client()
    client.force_login(editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    client.post(f"{address}?id={page.pk}&next=/admin/", {})


def by_page_editor(page, editor, client=None):
    if client is None:
        client = Client()
        client.force_login(editor)
    words = rich_text("<p>Words</p>")
    relations = ("bylines", "related_pages", "downloads", "footnotes")
    formsets = (*relations, "media_contacts", "signatories", "comments")
    form = {
        "title": page.title,
        "slug": page.slug,
        "kind": page.kind,
        "publication_date": "2026-01-01",
        "date_precision": "day",
        "event_time_zone": "UTC",
        "body": streamfield([("paragraph", words)]),
        "updates": streamfield([]),
        **{name: inline_formset([]) for name in formsets},
        "action-publish": "Publish",
    }
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, nested_form_data(form))
    assert response.status_code == 302, response.context["form"].errors


WAYS = [by_revision, by_page, by_workflow, by_bulk_action, by_page_editor]


@pytest.mark.parametrize("way", WAYS)
def test_what_is_published_is_planned_for_the_moment(way, release, editor, told):
    way(release, editor)

    page = again(release)
    assert (page.live, page.first_published_at, public(page)) == (False, None, False)
    assert page.scheduled_revision.approved_go_live_at == page.embargoed_until
    assert page.status_string == "scheduled"
    assert told == []
    acts = PageLogEntry.objects.filter(page=page).values_list("action", flat=True)
    assert "wagtail.publish.schedule" in acts
    assert not {"wagtail.publish", "wagtail.publish.scheduled"} & set(acts)


@pytest.mark.parametrize("way", WAYS)
def test_without_an_embargo_the_same_publishes(way, release, editor, told):
    models.Embargo.objects.update(lifted_at=timezone.now())

    way(release, editor)

    assert public(release)
    assert told == [release.pk]


@pytest.mark.parametrize(
    ("hours", "expected"), [(4, UNTIL), (6, timedelta(hours=6))], ids=["earlier", "later"]
)
def test_what_is_to_go_live_later_than_its_embargo_is_planned_for_then(release, hours, expected):
    release.go_live_at = timezone.now() + timedelta(hours=hours)
    release.save_revision().publish()

    assert again(release).scheduled_revision.approved_go_live_at == timezone.now() + expected


def test_wagtails_command_opens_nothing(release, clock):
    release.save_revision().publish()
    clock.shift(UNTIL + timedelta(hours=1))

    call_command("publish_scheduled", verbosity=0)

    page = again(release)
    assert not page.live
    assert page.scheduled_revision is not None


def test_what_is_published_after_the_moment_is_planned_all_the_same(release, clock):
    clock.shift(UNTIL + timedelta(hours=1))

    release.save_revision().publish()

    page = again(release)
    assert not page.live
    assert page.scheduled_revision.approved_go_live_at > timezone.now()


def test_what_goes_live_behind_the_gate_is_not_public(release, clock):
    def save_it():
        release.live = True
        release.save()

    def write_sql():
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE wagtailcore_page SET live = %s WHERE id = %s", [True, release.pk]
            )

    for act in (save_it, write_sql):
        Page.objects.filter(pk=release.pk).update(live=False)
        act()
        assert again(release).live
        assert not public(release)
        with pytest.raises(Http404):
            again(release).serve(RequestFactory().get("/"))
    clock.shift(UNTIL * 2)
    assert not public(release)
    models.Embargo.objects.update(lifted_at=timezone.now())
    assert public(release)


def test_a_draft_is_saved_as_ever(release, editor):
    release.title = "Another"
    release.save_revision(user=editor)

    assert again(release).scheduled_revision is None
    assert again(release).get_latest_revision().user == editor


# Copies ---------------------------------------------------------------------------------------------


def copy_of(page):
    return page.copy(update_attrs={"slug": "copy"})


def copy_by_action(page):
    base = Page.objects.get(pk=page.pk)
    return CopyPageAction(base, update_attrs={"slug": "copy"}, keep_live=True).execute()


def copy_with_its_section(page):
    section = page.get_parent().specific
    section.copy(recursive=True, update_attrs={"slug": "copy"})
    return type(page).objects.exclude(pk=page.pk).get()


def translation(page):
    locale = Locale.objects.create(language_code="fr")
    return page.copy_for_translation(locale, copy_parents=True)


def alias(page):
    return page.create_alias(update_slug="alias")


def alias_of_an_alias(page):
    return alias(page).create_alias(update_slug="another")


def former_alias(page):
    return ConvertAliasPageAction(again(alias(page))).execute()


def former_alias_of_a_page_that_is_gone(page):
    made = alias_of_an_alias(page)
    Page.objects.get(pk=made.alias_of_id).delete()
    return again(made)


def copy_of_an_alias(page):
    return alias(page).copy(update_attrs={"slug": "copy"})


COPIES = [
    copy_of,
    copy_by_action,
    copy_with_its_section,
    translation,
    former_alias,
    former_alias_of_a_page_that_is_gone,
    copy_of_an_alias,
]
ALIASES = [alias, alias_of_an_alias]


@pytest.mark.parametrize("make", COPIES + ALIASES)
def test_a_copy_is_under_embargo_too(make, release):
    """However it came about: also while its original is live behind the gate."""
    Page.objects.filter(pk=release.pk).update(live=True)

    copy = again(make(again(release)))

    assert copy.pk != release.pk
    assert copy.embargoed_until == release.embargoed_until
    assert models.Embargo.objects.filter(page=copy.pk).exists() == (make in COPIES)
    Page.objects.filter(pk=copy.pk).update(live=True)
    assert not public(copy)


@pytest.mark.parametrize("make", COPIES)
def test_a_copy_opens_apart_from_its_original(make, release):
    copy = make(release)
    models.Embargo.objects.filter(page=release).update(lifted_at=timezone.now())
    Page.objects.filter(pk=copy.pk).update(live=True)

    assert not public(copy)
    models.Embargo.objects.update(lifted_at=timezone.now())
    assert public(copy)


@pytest.mark.parametrize("make", COPIES + ALIASES)
def test_a_copy_of_what_was_lifted_is_free(make, release):
    models.Embargo.objects.update(lifted_at=timezone.now())
    Page.objects.filter(pk=release.pk).update(live=True)

    copy = make(again(release))

    assert again(copy).embargoed_until is None


def test_an_alias_that_is_deleted_with_its_original_is_gone(release):
    alias(release)

    Page.objects.get(pk=release.get_parent().pk).delete()

    assert not models.PressReleasePage.objects.exists()
    assert not models.Embargo.objects.exists()
    connection.check_constraints()


# Files ----------------------------------------------------------------------------------------------


def held_by(page):
    files = models.EmbargoedFile.objects.filter(embargo__page=page.pk)
    return {file.image or file.document for file in files}


def test_files_are_noted_of_what_is_live_and_of_every_draft_from_then_on(release):
    live, before, planned, first, second = (factories.ImageFactory() for _ in range(5))
    paper = factories.DocumentFactory()
    draft = again(release)
    draft.share_image = planned
    draft.save_revision().publish()
    models.PressReleasePage.objects.filter(pk=release.pk).update(share_image=live)
    models.EmbargoedFile.objects.all().delete()
    embargo = models.Embargo.objects.get()

    draft.share_image = before
    models.Embargo.objects.update(lifted_at=timezone.now())
    draft.save_revision()
    models.Embargo.objects.update(lifted_at=None)
    note_files_of(embargo)
    assert held_by(release) == {live, planned, before}

    draft.share_image = first
    draft.save_revision()
    text = f'<p><a linktype="document" id="{paper.pk}">A paper</a></p>'
    draft.share_image, draft.body = second, [block("paragraph", text)]
    draft.downloads = [models.Download(document=paper)]
    draft.save_revision()
    assert held_by(release) == {live, planned, before, first, second, paper}


def test_a_draft_may_name_what_is_gone(release):
    gone = factories.ImageFactory()
    release.share_image = gone
    models.EmbargoedFile.objects.all().delete()
    revision = release.save_revision()
    gone.delete()
    revision.save()

    assert held_by(release) == set()


def test_a_copy_keeps_the_same_files_back(release):
    image = factories.ImageFactory()
    release.share_image = image
    release.save_revision()

    assert held_by(copy_of(again(release))) == {image}
