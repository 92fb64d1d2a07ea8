"""Changes of many pages at once: as many statements for 200 as for 20, and all documents dropped."""

from dataclasses import dataclass

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from api.documents.models import Dropped
from api.documents.store import documents_of, make, stored
from pages import models
from tests import factories
from tests.api.documents.truth import Truth
from tests.api.tree import fresh
from tests.bodies import block

pytestmark = pytest.mark.django_db

FEW, MANY = 20, 200


@dataclass
class Section:
    """A section of releases that all quote one person, and one to move it to."""

    page: models.SectionPage
    target: models.SectionPage
    person: models.Person
    size: int


@pytest.fixture(scope="module")
def sections(django_db_setup, django_db_blocker):
    """One with few releases, one with many; every page of them was read, and is stored."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            home = factories.make_site().root_page
            made = [read_section(fresh(home.specific), size) for size in (FEW, MANY)]
            with django_db_blocker.block():
                yield made
            transaction.set_rollback(True)
        Site.clear_site_root_paths_cache()


def read_section(home, size: int) -> Section:
    page, target = (
        factories.SectionPageFactory(parent=home, title=slug, slug=slug)
        for slug in (f"section-{size}", f"target-{size}")
    )
    person = factories.PersonFactory(name="Ada Quay")
    quote = {"quotation": "So", "person": person.pk, "name": "", "post": "", "organisation": ""}
    for number in range(size):
        factories.PressReleasePageFactory(
            parent=page, slug=f"no-{number}", body=[block("quote", quote)]
        )
    make([page.pk, *pages_below(page)])
    return Section(page, target, person, size)


def pages_below(section) -> list[int]:
    found = Page.objects.get(pk=section.pk).get_descendants()
    return list(found.values_list("pk", flat=True))


def statements_for(act) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return len(queries)


def move(section: Section) -> None:
    fresh(section.page).move(fresh(section.target), pos="last-child")


def rename(section: Section) -> None:
    page = fresh(section.page)
    page.slug += "-again"
    page.save()


def retitle(section: Section) -> None:
    """Breadcrumbs show it."""
    Page.objects.filter(pk=section.page.pk).update(title="Other")


def delete_the_person(section: Section) -> None:
    models.Person.objects.filter(pk=section.person.pk).delete()


@pytest.mark.parametrize("act", [move, rename, retitle, delete_the_person])
def test_many_documents_are_dropped_in_as_many_statements_as_few(sections, settings, act):
    # Wagtail writes a redirect for each page that moves, SQLite some at a time.
    settings.WAGTAILREDIRECTS_AUTO_CREATE = False
    few, many = sections
    counts = [dropping(act, section) for section in (few, few, many)]

    # The first time, Django looks up what it remembers from then on.
    assert counts[1] == counts[2] > 0


def dropping(act, section: Section) -> int:
    """How many statements it takes; what it does is undone."""
    below = pages_below(section.page)
    assert stored().filter(page_id__in=below).count() == section.size
    with transaction.atomic():
        with CaptureQueriesContext(connection) as queries:
            act(section)
        assert not stored().filter(page_id__in=below).exists()
        assert Dropped.objects.values("document_id").distinct().count() >= section.size
        transaction.set_rollback(True)
    return len(queries)


def test_what_was_dropped_at_once_is_made_again(sections):
    few, _ = sections
    delete_the_person(few)
    rename(few)

    below = pages_below(few.page)
    made = documents_of(below)
    assert len(made) == len(below) == FEW
    assert Truth().wrong_documents()[1] == []
