"""What anybody gets from the CMS without signing in."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import PressReleasePageFactory, make_site

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
    assert "Sign in" in response.text


def test_image_files_are_served(client: Client, media: Path):
    response = client.get("/media/images/file.png")

    assert response.getvalue() == b"content"
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"


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


def test_missing_address_of_the_api_is_a_problem_for_programs(client: Client):
    response = client.get("/api/v1/")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "message": "Not Found",
    }


def test_forged_form_is_refused():
    strict = Client(enforce_csrf_checks=True)

    response = strict.post("/admin/login/", {"username": "x", "password": "y"})

    assert response.status_code == 403
