"""What anybody gets from the CMS without signing in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from wagtail.models import Collection, CollectionViewRestriction

from api.errors import Problem
from tests.factories import ImageFactory, PressReleasePageFactory, make_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def media() -> Path:
    root = Path(settings.MEDIA_ROOT)
    for folder in ("images", "documents"):
        (root / folder).mkdir(parents=True, exist_ok=True)
        (root / folder / "file.png").write_bytes(b"content")
    return root


def test_admin_asks_for_a_password(client: Client):
    response = client.get("/admin/", follow=True)

    assert response.redirect_chain[-1][0].startswith("/admin/login/")
    assert "<h1>Sign in to Dateline</h1>" in response.text
    assert "<title>Sign in - Dateline</title>" in " ".join(response.text.split())


def addresses_of(image) -> list[str]:
    """Where the picture as it was uploaded, and one made from it, lie in the media folder."""
    # Wagtail's cache knows nothing of rollbacks, and databases give an id again after one.
    cache.clear()
    return [image.file.url, image.get_rendition("width-100").url]


def test_files_of_pictures_are_served(client: Client):
    addresses = addresses_of(ImageFactory())

    for address in addresses:
        response = client.get(address)
        assert b"".join(response.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
        assert response["Content-Type"] == "image/jpeg"
        assert response["X-Content-Type-Options"] == "nosniff"


def test_files_of_private_pictures_are_not_served(client: Client):
    image = ImageFactory()
    addresses = addresses_of(image)
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    image.collection = private
    image.save()

    assert [client.get(address).status_code for address in addresses] == [404, 404]


def test_files_that_are_no_pictures_are_not_served(client: Client, media: Path):
    assert client.get("/media/images/file.png").status_code == 404


def test_an_unknown_endpoint_is_a_problem(client: Client):
    response = client.get("/api/v2/nope/")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert Problem.model_validate(response.json()).detail == "There is no such endpoint."


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/api/v2/nope/", "/api/", "/health/live"])
def test_writing_to_what_is_no_endpoint_is_a_problem(address, method):
    response = getattr(Client(enforce_csrf_checks=True), method)(address)

    assert response.status_code == 403
    assert response["Content-Type"] == "application/problem+json"
    assert Problem.model_validate(response.json()).detail == "Nothing can be written here."


def test_people_whose_form_has_no_token_are_told_so():
    response = Client(enforce_csrf_checks=True).post("/admin/login/")

    assert response.status_code == 403
    assert "CSRF verification failed" in response.text


@pytest.mark.parametrize(
    "address",
    ["documents/file.png", "images/../documents/file.png", "images/%2e%2e/documents/file.png"],
)
def test_document_files_are_not_served_around_their_permissions(
    client: Client, media: Path, address
):
    assert client.get(f"/media/{address}").status_code == 404


def test_live_page_is_shown_by_the_frontend(client: Client):
    site = make_site(hostname="localhost", port=4321)
    PressReleasePageFactory(parent=site.root_page, slug="a-release")

    response = client.get("/a-release/")

    assert response.status_code == 302
    assert response["Location"] == "http://localhost:4321/a-release/"


def test_static_files_need_no_collecting(client: Client):
    assert client.get("/static/wagtailadmin/css/core.css").status_code == 200


def test_missing_page_is_explained_to_people(client: Client):
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "There is nothing here" in response.text


def test_forged_form_is_refused():
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/admin/login/", {"username": "x", "password": "y"})

    assert response.status_code == 403
