"""`images/` and `documents/`, and the files behind their addresses."""

import io
from typing import Any
from urllib.parse import urlsplit

import pytest
from PIL import Image as PillowImage
from wagtail.models import Collection

from tests import factories
from tests.api import contract
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

PILLOW_NAMES = {
    "image/avif": "AVIF",
    "image/webp": "WEBP",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
}


def path(address: str) -> str:
    return urlsplit(address).path


def content(response) -> bytes:
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.mark.parametrize(
    ("filename", "fallback"), [("pier.jpg", "image/jpeg"), ("map.png", "image/png")]
)
def test_every_address_of_a_picture_serves_its_format_and_width(client, tree, filename, fallback):
    picture = factories.ImageFactory(file=factories.picture_file(filename, (700, 400)))

    answer = contract.image(client.get(f"/api/v2/images/{picture.pk}/"))

    served = []
    for source in answer["sources"]:
        for candidate in source["srcset"].split(", "):
            address, width = candidate.rsplit(" ", 1)
            response = client.get(path(address))
            assert response["Content-Type"] == source["mime_type"]
            with PillowImage.open(io.BytesIO(content(response))) as found:
                assert found.format == PILLOW_NAMES[source["mime_type"]]
                assert f"{found.width}w" == width
            served.append(source["mime_type"])
    assert served == ["image/avif"] * 3 + ["image/webp"] * 3 + [fallback] * 3
    assert client.get(path(answer["url"]))["Content-Type"] == fallback


@pytest.fixture
def signed(client, tree) -> str:
    """A picture's address."""
    return path(contract.image(client.get(f"/api/v2/images/{tree.image.pk}/"))["url"])


@pytest.mark.parametrize(
    ("part", "changed"),
    [("width-640", "width-641"), ("format-jpeg", "format-png"), ("/images/", "/images/a")],
)
def test_tampered_address_is_forbidden(client, signed, part, changed):
    assert part in signed
    assert client.get(signed.replace(part, changed, 1)).status_code == 403
    assert client.get(signed).status_code == 200


def test_address_without_its_signature_is_forbidden(client, signed):
    signature = signed.split("/")[2]

    assert client.get(signed.replace(signature, "")).status_code == 403
    assert client.get(signed.replace(signature, signature[::-1])).status_code == 403


@pytest.mark.parametrize("number", [999_999, 10**17])
def test_address_of_no_picture_is_not_found(client, tree, signed, number):
    address = signed.replace(f"/{tree.image.pk}/", f"/{number}/")

    assert client.get(address).status_code == 404


def test_picture_that_became_private_is_served_no_more(client, tree, signed):
    """Its signature is as good as it was."""
    assert client.get(signed).status_code == 200
    tree.image.__class__.objects.filter(pk=tree.image.pk).update(
        collection=Collection.objects.get(name="Private")
    )

    assert client.get(signed).status_code == 404
    contract.problem(client.get(f"/api/v2/images/{tree.image.pk}/"), 404)


def test_pictures_are_listed_whole_on_demand(client, tree):
    (item,) = contract.images(client.get("/api/v2/images/?fields=*"))

    assert item == contract.image(client.get(f"/api/v2/images/{tree.image.pk}/"))
    assert item["meta"]["tags"] == ["cranes", "dusk"]
    assert (item["width"], item["height"], item["credit"]) == (640, 480, "Staff")


@pytest.mark.parametrize(
    "query",
    ["", "search=secret", "title=Secret+picture", "fields=*", "order=title", "width=640"],
)
def test_private_files_are_in_no_listing(client, tree, query):
    for kind in ("images", "documents"):
        if (kind, query) == ("documents", "width=640"):
            continue
        response = client.get(f"/api/v2/{kind}/?{query}")
        contract.part(response)
        assert "Secret" not in response.text


def test_tags_are_combined_with_search_and_order(client, tree):
    factories.ImageFactory(title="Cranes at dawn").tags.add("cranes")

    response = client.get("/api/v2/images/?tags=cranes&order=-title&search=dusk")

    assert [item["title"] for item in contract.images(response)] == ["Cranes at dusk"]
    both = contract.images(client.get("/api/v2/images/?tags=cranes&order=title"))
    assert [item["title"] for item in both] == ["Cranes at dawn", "Cranes at dusk"]


def test_document_is_answered_and_its_file_served(client, tree):
    answer = contract.document(client.get(f"/api/v2/documents/{tree.document.pk}/"))

    assert (answer["title"], answer["mime_type"]) == ("Dredging plan", "application/pdf")
    assert content(client.get(path(answer["meta"]["download_url"]))) == b"%PDF-1.4 sample"


def test_private_document_is_not_found(client, tree):
    contract.problem(client.get(f"/api/v2/documents/{tree.private_document.pk}/"), 404)


@pytest.mark.parametrize(
    "query",
    ["nothing=1", "width=wide", "order=tags", "fields=nothing", "limit=21", "site=other.example"],
)
def test_odd_parameters_are_refused(client, tree, query):
    contract.problem(client.get(f"/api/v2/images/?{query}"), 400)


def test_single_files_take_no_parameters_of_listings(client, tree):
    contract.problem(client.get(f"/api/v2/images/{tree.image.pk}/?search=x"), 400)
    contract.problem(client.get(f"/api/v2/documents/{tree.document.pk}/?tags=plans"), 400)


@pytest.mark.parametrize(("kind", "column"), [("images", "share_image"), ("documents", "pdf")])
def test_what_only_hidden_pages_use_is_not_told_of(client, tree, kind, column):
    made: Any = {"images": factories.ImageFactory, "documents": factories.DocumentFactory}[kind]
    file = made(title="Of the raid")
    sheet = fresh(tree.sheet)
    listed = contract.images if kind == "images" else contract.documents

    def titles():
        found = [item["title"] for item in listed(client.get(f"/api/v2/{kind}/"))]
        status = client.get(f"/api/v2/{kind}/{file.pk}/").status_code
        assert status == (200 if "Of the raid" in found else 404)
        return found

    assert "Of the raid" in titles()
    setattr(sheet, column, file)
    sheet.live = False
    sheet.save()
    assert "Of the raid" not in titles()
    report = fresh(tree.report)
    setattr(report, column, file)
    report.save()
    assert "Of the raid" in titles()


def test_what_a_snippet_uses_is_told_of(client, tree):
    portrait = factories.ImageFactory(title="Portrait")
    factories.PersonFactory(portrait=portrait)

    assert client.get(f"/api/v2/images/{portrait.pk}/").status_code == 200
