"""Every kind of rule is needed: without its triggers, some change leaves a stale document behind."""

import uuid
from datetime import UTC, datetime

import pytest
from django.db import connection
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail.models import CollectionViewRestriction, Locale, Page, Site

from api.codecs.keys import sources
from api.documents import triggers
from api.documents.rules import rules
from api.documents.store import documents_of, site_document
from pages import models
from tests.api.documents.editing import VIDEO
from tests.api.documents.truth import Truth

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# By kind of key: a change that touches nothing else which a stale document holds.
CHANGES = {
    "boilerplate": lambda t: models.Boilerplate.objects.update(title="Other"),
    "card": lambda t: Page.objects.filter(pk=t.about.pk).update(title="Other"),
    "collections": lambda t: CollectionViewRestriction.objects.create(
        collection=t.image.collection, restriction_type=CollectionViewRestriction.LOGIN
    ),
    "document": lambda t: models.NewsDocument.objects.update(title="Other"),
    "embed": lambda t: Embed.objects.create(
        hash=get_embed_hash(VIDEO),
        url=VIDEO,
        type="video",
        html="<p></p>",
        title="Player",
        last_updated=NOW,
    ),
    "fact_sheet.follow_up_to_id": lambda t: models.FactSheetPage.objects.filter(
        pk=t.report.pk
    ).update(follow_up_to=t.sheet),
    "fact_sheet.summary_of_id": lambda t: models.FactSheetPage.objects.filter(
        pk=t.report.pk
    ).update(summary_of=None),
    "image": lambda t: models.NewsImage.objects.filter(pk=t.image.pk).update(credit="Other"),
    "locales": lambda t: Locale.objects.filter(language_code="fr").update(language_code="de"),
    "organisation": lambda t: models.Organisation.objects.update(name="Other"),
    "page": lambda t: models.PressReleasePage.objects.filter(pk=t.release.pk).update(deck="Other"),
    "person": lambda t: models.Person.objects.filter(pk=t.person.pk).update(name="Other"),
    "press_contact": lambda t: models.PressContact.objects.update(phone="1"),
    "press_release.supersedes_id": lambda t: models.PressReleasePage.objects.filter(
        pk=t.advisory.pk
    ).update(supersedes=None),
    "profiles": lambda t: models.ProfilePage.objects.filter(pk=t.profile.pk).update(person=None),
    "site": lambda t: models.NewsroomSettings.objects.update_or_create(
        site=t.site, defaults={"name": "Other"}
    ),
    "sites": lambda t: Site.objects.filter(pk=t.site.pk).update(hostname="x.example"),
    "topic": lambda t: models.Topic.objects.filter(pk=t.ports.pk).update(name="Other"),
    "translations": lambda t: Page.objects.filter(pk=t.french_about.pk).update(
        translation_key=t.statute.translation_key
    ),
}
KINDS = sorted({rule.name for rule in rules()})


def carry_out(wanted) -> None:
    """Puts in the triggers of these rules alone; what is stored stays."""
    connection.check_constraints()  # PostgreSQL alters no table on which a check is due.
    with connection.cursor() as cursor:
        for statement in [*triggers._removals(cursor), *triggers.statements(wanted)]:
            cursor.execute(statement)


def test_every_key_that_is_read_has_a_rule():
    """But for who is above whom, which cannot change without the page's own place."""
    assert {source.kind for source in sources()} - set(KINDS) == {"ancestor"}


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_rule_can_be_left_out(read_tree, kind):
    site_document(read_tree.site)
    carry_out([rule for rule in rules() if rule.name != kind])

    CHANGES[kind](read_tree)

    checked, wrong = Truth().wrong_documents()
    assert checked
    assert wrong


@pytest.mark.parametrize("kind", KINDS)
def test_with_all_rules_the_same_changes_leave_nothing_stale(read_tree, kind):
    site_document(read_tree.site)
    CHANGES[kind](read_tree)

    _, wrong = Truth().wrong_documents()
    assert wrong == []


def test_addresses_follow_a_front_page_that_becomes_another_ones_translation(read_tree):
    """The descendants of such a page get another address without being touched themselves."""
    another = read_tree.other_site.root_page
    german = Locale.objects.create(language_code="de")
    Site.objects.filter(pk=read_tree.other_site.pk).delete()
    for page, key in (
        (another, read_tree.home.translation_key),
        (read_tree.french_home, uuid.uuid4()),
    ):
        assert store_all() > 10
        Page.objects.filter(pk=page.pk).update(translation_key=key, locale=german)

        assert Truth().wrong_documents()[1] == []


def store_all() -> int:
    """How many documents there are of all public pages."""
    return len(documents_of(page.pk for page in Truth().public))
