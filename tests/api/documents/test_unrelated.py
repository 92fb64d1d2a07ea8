"""The negatives: what is changed drops the documents that show it, and not one besides."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, Page, PageViewRestriction, Site

from api.documents.models import Document
from api.documents.store import stored
from pages import models
from tests import factories
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

NOBODY: set[str] = set()
# By what is changed: how, and the pages of the tree that show it.
CHANGES = {
    "a page that nothing shows": (lambda t: _publish(t.other_page), {"other_page"}),
    "the body of a page that others link to": (
        lambda t: models.StandardPage.objects.filter(pk=t.about.pk).update(body="[]"),
        {"about"},
    ),
    "the title of a page that others link to": (
        lambda t: Page.objects.filter(pk=t.about.pk).update(title="Other"),
        {"about", "alias", "french_about", "release", "statute"},
    ),
    "a draft": (lambda t: fresh(t.release).save_revision(), NOBODY),
    "a page of which nothing is public": (lambda t: _publish(t.hidden["below"]), NOBODY),
    "a new page": (
        lambda t: factories.StandardPageFactory(parent=fresh(t.news), slug="new"),
        NOBODY,
    ),
    "a page's deletion": (lambda t: fresh(t.statement).delete(), {"statement"}),
    "a slug of a page without others below": (
        lambda t: Page.objects.filter(pk=t.statement.pk).update(slug="s"),
        {"statement"},
    ),
    "a planned publication": (lambda t: _plan(t.statement), {"statement"}),
    "a restriction of a page": (
        lambda t: PageViewRestriction.objects.create(
            page=Page.objects.get(pk=t.statute.pk), restriction_type="login"
        ),
        {"statute"},
    ),
    "another restriction of a hidden page": (
        lambda t: PageViewRestriction.objects.create(
            page=Page.objects.get(pk=t.hidden["private"].pk), restriction_type="login"
        ),
        NOBODY,
    ),
    "an embargo of a page": (
        lambda t: _embargo(t.about),
        {"about", "alias", "french_about", "release", "statute"},
    ),
    "an embargo of a hidden page": (lambda t: _embargo(t.hidden["private"]), NOBODY),
    "a picture that is kept back": (
        lambda t: _embargo(t.hidden["private"]).files.create(image=t.image),
        {"advisory", "profile", "release"},
    ),
    "a file that is kept back": (
        lambda t: _embargo(t.hidden["private"]).files.create(document=t.document),
        {"release"},
    ),
    "a person": (
        lambda t: models.Person.objects.filter(pk=t.person.pk).update(name="Other"),
        {"profile", "release"},
    ),
    "another person": (lambda t: _save(factories.PersonFactory()), NOBODY),
    "an organisation": (
        lambda t: models.Organisation.objects.filter(pk=t.person.organisation_id).update(name="O"),
        {"profile", "release"},
    ),
    "another organisation": (lambda t: _save(factories.OrganisationFactory()), NOBODY),
    "a topic": (
        lambda t: models.Topic.objects.filter(pk=t.fishing.pk).update(name="Other"),
        {"advisory"},
    ),
    "another topic": (lambda t: _save(factories.TopicFactory()), NOBODY),
    "another boilerplate": (lambda t: _save(factories.BoilerplateFactory()), NOBODY),
    "a boilerplate": (lambda t: models.Boilerplate.objects.update(title="Other"), {"release"}),
    "another contact": (lambda t: _save(factories.PressContactFactory()), NOBODY),
    "a contact": (lambda t: models.PressContact.objects.update(phone="1"), {"release"}),
    "a picture": (
        lambda t: models.NewsImage.objects.filter(pk=t.image.pk).update(credit="Other"),
        {"advisory", "profile", "release"},
    ),
    "another picture": (lambda t: _save(factories.ImageFactory()), NOBODY),
    "a private picture": (
        lambda t: models.NewsImage.objects.filter(pk=t.private_image.pk).update(credit="Other"),
        NOBODY,
    ),
    "a file": (
        lambda t: models.NewsDocument.objects.filter(pk=t.document.pk).update(title="Other"),
        {"release"},
    ),
    "another file": (lambda t: _save(factories.DocumentFactory()), NOBODY),
    "a collection's name": (lambda t: Collection.objects.update(name="Other"), NOBODY),
    "what a paper sums up": (
        lambda t: models.FactSheetPage.objects.filter(pk=t.report.pk).update(summary_of=None),
        {"report", "sheet"},
    ),
    "whose profile it is": (
        lambda t: models.ProfilePage.objects.filter(pk=t.profile.pk).update(person=None),
        {"profile", "release"},
    ),
    "the settings of a site": (lambda t: _settle(t.site), NOBODY),
    "the settings of another site": (lambda t: _settle(t.other_site), NOBODY),
    "a redirect": (
        lambda t: Redirect.add_redirect("/old", Page.objects.get(pk=t.about.pk)),
        NOBODY,
    ),
}


def _publish(page) -> None:
    page = fresh(page)
    page.title = "Other"
    page.save_revision().publish()


def _plan(page) -> None:
    page = fresh(page)
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()


def _embargo(page) -> models.Embargo:
    return factories.EmbargoFactory(page=Page.objects.get(pk=page.pk))


def _save(made) -> None:
    made.save()


def _settle(site: Site) -> None:
    settings = models.NewsroomSettings.for_site(site)
    settings.name = "Other"
    settings.save()


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_drops_what_shows_it_and_nothing_besides(read_tree, change):
    act, showing = CHANGES[change]
    ids = {name: page.pk for name, page in vars(read_tree).items() if isinstance(page, Page)}
    before = set(stored().values_list("page_id", flat=True))
    assert {ids[name] for name in showing} <= before
    assert len(before) == Document.objects.count() == 17

    act(read_tree)

    dropped = before - set(stored().values_list("page_id", flat=True))
    assert {name for name, pk in ids.items() if pk in dropped} == showing
    assert len(dropped) == len(showing)
