"""What a page under embargo shows through snippets is kept back too, and asking so costs little."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.images.views.serve import generate_image_url

from api.documents.verify import verify
from pages import models
from tests import factories
from tests.bodies import block

pytestmark = pytest.mark.django_db

API = "/api/v2"


@pytest.fixture
def section():
    # Wagtail keeps in it what was made of pictures of the same number.
    cache.clear()
    return factories.SectionPageFactory(parent=factories.make_site().root_page)


@pytest.fixture
def jo():
    """Somebody whom nobody knows yet, of an organisation that is as new."""
    logo = factories.ImageFactory(title="Logo")
    organisation = factories.OrganisationFactory(logo=logo)
    portrait = factories.ImageFactory(title="Portrait")
    return factories.PersonFactory(organisation=organisation, portrait=portrait)


def profile(section, jo):
    """The page itself is about Jo, and so is what the index knows."""
    index = factories.ProfileIndexPageFactory(parent=section.get_parent())
    page = factories.ProfilePageFactory(parent=index, person=jo, live=False)
    page.save_revision()
    return page


def draft_with_a_byline(section, jo):
    """Of which no index knows."""
    page = factories.PressReleasePageFactory(parent=section, live=False)
    page.bylines = [models.Byline(person=jo)]
    page.save_revision()
    return page


def embargo(page):
    embargo = factories.EmbargoFactory(page=page)
    models.PressReleasePage.objects.update(live=True)
    models.ProfilePage.objects.update(live=True)
    return embargo


def listed(files="images"):
    answer = Client().get(f"{API}/{files}/?fields=title").json()
    return {item["title"] for item in answer["items"]}


def nothing_is_stale():
    checked = list(verify())
    return sum(number for number, _ in checked) > 0 and not any(wrong for _, wrong in checked)


@pytest.mark.parametrize("make", [profile, draft_with_a_byline])
def test_a_portrait_is_kept_back_with_the_page_on_which_its_person_is(make, section, jo):
    page = make(section, jo)
    embargo(page)
    page.save_revision()
    portrait = generate_image_url(jo.portrait, "width-100|format-jpeg")
    assert listed() == set()
    assert Client().get(portrait).status_code == 404

    models.Embargo.objects.update(lifted_at=timezone.now())
    assert listed() == {"Portrait", "Logo"}
    assert Client().get(portrait).status_code == 200


def test_a_snippet_on_a_page_under_embargo_may_get_another_file(section, jo):
    page = draft_with_a_byline(section, jo)
    text = factories.BoilerplateFactory()
    page.body = [block("boilerplate", {"boilerplate": text.pk})]
    embargo(page)
    page.save_revision()
    jo.portrait = factories.ImageFactory(title="Another portrait")
    jo.save()
    jo.organisation.logo = factories.ImageFactory(title="Another logo")
    jo.organisation.save()
    paper = factories.DocumentFactory(title="Paper")
    text.text = f'<p><a linktype="document" id="{paper.pk}">Paper</a></p>'
    text.save()

    assert "Another portrait" not in listed()
    assert "Another logo" not in listed()
    assert listed("documents") == set()


def test_where_the_person_is_public_the_portrait_is(section, jo):
    """For as long as the page is that shows it, and not before the index knows."""
    page = draft_with_a_byline(section, jo)
    embargo(page)
    page.save_revision()
    other = factories.StandardPageFactory(parent=section)

    def shown():
        (byline,) = Client().get(f"{API}/pages/{other.pk}/").json()["bylines"]
        return byline["portrait"] is not None

    models.Byline.objects.bulk_create([models.Byline(page=other, person=jo)])
    assert (shown(), listed()) == (False, set())
    models.StandardPage.objects.get(pk=other.pk).save()
    assert (shown(), listed()) == (True, {"Portrait", "Logo"})
    assert nothing_is_stale()

    models.StandardPage.objects.get().unpublish()
    assert listed() == set()


def test_without_an_embargo_a_person_on_no_page_has_a_portrait(section, jo):
    assert listed() == {"Portrait", "Logo"}


@pytest.mark.parametrize("held", [False, True], ids=["no embargo", "of another page"])
def test_handing_out_a_file_asks_no_more_than_without_embargoes(section, held):
    """Of which collections are private, and whether this file is there and may be had."""
    image, paper = factories.ImageFactory(), factories.DocumentFactory()
    if held:
        other = factories.PressReleasePageFactory(parent=section)
        other.share_image = factories.ImageFactory()
        embargo(other)
        other.save_revision()
    assert models.EmbargoedFile.objects.exists() == held
    # Wagtail asks for the picture itself, and for a file, its collection and who may see that.
    costs = {
        generate_image_url(image, "width-50"): 3,
        image.file.url: 2,
        image.get_rendition("width-50").url: 2,
        paper.url: 4,
    }

    for address, cost in costs.items():
        assert Client().get(address).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(address).status_code == 200
        assert len(captured) == cost, address


def test_handing_out_a_file_that_is_noted_costs_as_much_whatever_else_is(section):
    """Who uses it is asked too, and which pages are public."""
    paths = []
    for number in (1, 8):
        pages = [factories.PressReleasePageFactory(parent=section) for _ in range(number)]
        image = factories.ImageFactory()
        factories.StandardPageFactory(parent=section, share_image=image)
        for page in pages:
            embargo(page)
            page.share_image = image
            page.save_revision()
        assert Client().get(image.file.url).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(image.file.url).status_code == 200
        paths.append(len(captured))

    assert paths == [6, 6]
