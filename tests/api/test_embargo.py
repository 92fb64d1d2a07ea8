"""What is under embargo is in no answer, however it came to be live; lifted, it is in each."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from wagtail.images.views.serve import generate_image_url
from wagtail.models import Page

from api.changes.models import Change
from api.codecs.visibility import embargoed_pages
from api.documents.verify import verify
from api.webhooks import queue
from api.webhooks.models import Delivery, Endpoint
from pages import models
from tests import factories
from tests.api.answers import preview
from tests.bodies import block
from tests.telling import tell

pytestmark = pytest.mark.django_db

API = "/api/v2"
SLUG = "harbour-deal"
TITLE = "Xyzzy harbour deal"


@pytest.fixture
def section():
    home = factories.make_site().root_page
    queue.create_endpoint(Endpoint(name="one", url="http://127.0.0.1:1/hook"))
    return factories.SectionPageFactory(parent=home, slug="news")


@pytest.fixture
def release(section):
    """A release under embargo that nobody has published, with a picture and a file of its own."""
    # Wagtail keeps in it what was made of pictures of the same number.
    cache.clear()
    page = factories.PressReleasePageFactory(parent=section, live=False, title=TITLE, slug=SLUG)
    factories.EmbargoFactory(page=page)
    page.share_image = factories.ImageFactory(title="Xyzzy picture")
    page.downloads = [models.Download(document=factories.DocumentFactory(title="Xyzzy paper"))]
    page.save_revision()
    tell()
    return models.PressReleasePage.objects.get(pk=page.pk)


def is_told(response):
    text = response.getvalue().decode(errors="replace") + str(response.headers)
    return "Xyzzy" in text or SLUG in text


def nothing_is_stale():
    checked = list(verify())
    return sum(number for number, _ in checked) > 0 and not any(wrong for _, wrong in checked)


def total(address):
    return Client().get(f"{API}/{address}").json()["meta"]["total_count"]


# Whether readers find the page there.
ANSWERS = {
    "detail": lambda p: Client().get(f"{API}/pages/{p.pk}/").status_code == 200,
    "listing": lambda p: is_told(Client().get(f"{API}/pages/?fields=*&type=press_release")),
    "kept listing": lambda p: is_told(Client().get(f"{API}/pages/?type=press_release")),
    "count": lambda p: total("pages/?type=press_release") == 1,
    "facets": lambda p: (
        '"count":1' in Client().get(f"{API}/pages/?type=press_release&facets=kind").text
    ),
    "children": lambda p: total(f"pages/?child_of={p.get_parent().pk}") == 1,
    "search": lambda p: total("pages/?search=xyzzy") == 1,
    "route": lambda p: Client().get(f"{API}/route/?path=/news/{SLUG}/").status_code == 200,
    "find": lambda p: Client().get(f"{API}/pages/find/?html_path=/news/{SLUG}/").status_code == 302,
    "picture": lambda p: total("images/") == 1,
    "file": lambda p: total("documents/") == 1,
    "changes": lambda p: is_told(Client().get(f"{API}/changes/?documents=true")),
    "log": lambda p: Change.objects.filter(page_id=p.pk).exists(),
    "webhooks": lambda p: Delivery.objects.filter(page_id=p.pk).exists(),
    "picture's file": lambda p: Client().get(address_of_picture()).status_code == 200,
    "file itself": lambda p: Client().get(models.NewsDocument.objects.get().url).status_code == 200,
}


def address_of_picture():
    return generate_image_url(models.NewsImage.objects.get(), "width-100|format-jpeg")


def found(page):
    tell()
    return {name for name, ask in ANSWERS.items() if ask(page)}


def by_revision(page):
    page.get_latest_revision().publish()


def by_saving_it(page):
    live = page.get_latest_revision_as_object()
    live.live = True
    live.save()


def by_sql(page):
    by_saving_it(page)
    with connection.cursor() as cursor:
        for live in (False, True):
            cursor.execute("UPDATE wagtailcore_page SET live = %s WHERE id = %s", [live, page.pk])


@pytest.mark.parametrize("way", [by_revision, by_saving_it, by_sql])
def test_it_is_nowhere_until_it_is_lifted(way, release):
    """However it is published, and however long its moment has passed."""
    assert found(release) == set()
    way(release)
    assert found(release) == set()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert found(release) == set()
        assert nothing_is_stale()

        models.Embargo.objects.get().files.all().delete()
        models.Embargo.objects.update(lifted_at=timezone.now())
        if way is by_revision:
            release.get_latest_revision().publish()
        assert found(release) == ANSWERS.keys()


@pytest.mark.parametrize("deep", [1, 2, 3])
def test_an_alias_is_nowhere_either_how_far_it_is_from_its_original(release, deep):
    by_saving_it(release)
    alias = models.PressReleasePage.objects.get()
    for number in range(deep):
        alias = alias.create_alias(update_slug=f"alias-{number}")
    Page.objects.filter(pk=alias.pk).update(slug="alias")

    assert Client().get(f"{API}/pages/{alias.pk}/").status_code == 404
    assert total("pages/?type=press_release") == 0
    assert alias.pk in embargoed_pages()
    models.Embargo.objects.update(lifted_at=timezone.now())
    assert Client().get(f"{API}/pages/{alias.pk}/").status_code == 200
    assert total("pages/?type=press_release") == 1 + deep
    models.Embargo.objects.update(lifted_at=None)
    assert Client().get(f"{API}/pages/{alias.pk}/").status_code == 404


def test_of_what_was_public_nothing_says_that_it_is_back(release):
    """Else a path that was gone would be told from one that never was."""
    models.Embargo.objects.update(lifted_at=timezone.now())
    by_revision(release)
    models.PressReleasePage.objects.get().unpublish()
    route = f"{API}/route/?path=/news/{SLUG}/"
    assert Client().get(route).status_code == 410
    models.Embargo.objects.update(lifted_at=None)

    assert Client().get(route).status_code == 404


def lasts(address):
    """For how many seconds a cache may keep an answer."""
    response = Client().get(f"{API}/{address}")
    assert response.status_code == 200
    return int(response["Cache-Control"].partition("s-maxage=")[2].partition(",")[0])


def test_no_answer_counts_down_to_the_moment_of_an_embargo(release, section):
    """That which is planned beyond it counts once it is lifted, also in what was kept before."""
    answers = ["pages/?type=press_release", "pages/?limit=1", f"pages/{section.pk}/", "site/"]
    models.SectionPage.objects.get().save()
    before = {address: lasts(address) for address in answers}
    models.Embargo.objects.update(until=timezone.now() + timedelta(seconds=4))
    release.go_live_at = timezone.now() + timedelta(seconds=9)
    release.save_revision().publish()
    assert release.scheduled_revision
    assert {address: lasts(address) for address in answers} == before
    assert min(before.values()) > 9

    models.Embargo.objects.update(lifted_at=timezone.now())
    assert lasts(answers[0]) <= 9


# Files ----------------------------------------------------------------------------------------------


def addresses():
    image, paper = models.NewsImage.objects.get(), models.NewsDocument.objects.get()
    return [
        address_of_picture(),
        image.file.url,
        image.get_rendition("width-50").url,
        paper.url,
    ]


def test_files_under_embargo_are_handed_out_to_editors_alone(release):
    insider = Client()
    insider.force_login(get_user_model().objects.create_superuser("ada"))
    stranger = Client()
    stranger.force_login(get_user_model().objects.create_user("eve"))

    for address in addresses():
        for client in (Client(), stranger):
            assert client.get(address).status_code == 404, address
        response = insider.get(address)
        assert response.status_code == 200, address
        assert response["Cache-Control"] == "private, no-store", address
    models.EmbargoedFile.objects.all().delete()
    for address in addresses():
        response = Client().get(address)
        assert response.status_code == 200
        assert "no-store" not in response.get("Cache-Control", "")


def test_files_that_something_public_uses_are_there(release, section):
    """Until it is public no more; what a snippet shows is public where the snippet is."""
    image, paper = models.NewsImage.objects.get(), models.NewsDocument.objects.get()
    text = f'<p><a linktype="document" id="{paper.pk}">Paper</a></p>'
    user = factories.StandardPageFactory(parent=section, share_image=image)
    user.downloads = [models.Download(document=paper)]
    user.save()
    answer = Client().get(f"{API}/pages/{user.pk}/").json()
    assert answer["share_image"]["id"] == image.pk
    assert answer["downloads"][0]["document"]["id"] == paper.pk
    assert [Client().get(address).status_code for address in addresses()] == [200] * 4

    user.unpublish()
    assert [Client().get(address).status_code for address in addresses()] == [404] * 4
    person = factories.PersonFactory(portrait=image)
    boilerplate = factories.BoilerplateFactory(text=text)
    assert [Client().get(address).status_code for address in addresses()] == [404] * 4
    user.bylines = [models.Byline(person=person)]
    user.body = [block("boilerplate", {"boilerplate": boilerplate.pk})]
    user.share_image, user.downloads = None, []
    user.save()
    assert [Client().get(address).status_code for address in addresses()] == [404] * 4
    user.save_revision().publish()
    assert [Client().get(address).status_code for address in addresses()] == [200] * 4


def test_pages_show_what_is_kept_back_no_more_when_the_index_does_not_know_their_use(
    release, section
):
    """As it is for a moment between the page's transaction and the index's, in a script."""
    page = factories.StandardPageFactory(parent=section)
    image = models.NewsImage.objects.get()
    models.StandardPage.objects.filter(pk=page.pk).update(share_image=image)

    def shown():
        picture = Client().get(f"{API}/pages/{page.pk}/").json()["share_image"]
        return picture and picture["id"]

    assert shown() is None
    page.refresh_from_db()
    with_index = models.StandardPage.objects.get(pk=page.pk)
    with_index.save()
    assert shown() == image.pk
    assert nothing_is_stale()


def test_a_draft_shows_its_own_files(client, release):
    """It encodes to the same as when it is published, of a page under embargo and of any other."""
    image = models.NewsImage.objects.get()
    other = factories.StandardPageFactory(parent=release.get_parent())
    other.share_image = image
    # Whose preview it is: somebody who may show pictures to others.
    get_user_model().objects.create_superuser("editor-of-examples")

    for draft in (release.get_latest_revision_as_object(), other):
        assert preview(client, draft)["share_image"]["id"] == image.pk
