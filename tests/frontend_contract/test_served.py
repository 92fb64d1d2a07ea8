"""The OpenAPI document, as a running newsroom serves it."""

import pytest

from api.errors import PROBLEM_JSON
from frontend_contract.version import PUBLISHED, contract_version

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/openapi.json"


def test_the_published_document_is_served_as_it_is(client):
    response = client.get(ADDRESS, headers={"accept": "application/vnd.oai.openapi+json"})

    assert response.status_code == 200
    assert response.content == (PUBLISHED / "openapi.json").read_bytes()
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Dateline-Contract"] == contract_version()


def test_who_has_it_is_told_that_it_is_the_same(client):
    etag = client.get(ADDRESS)["ETag"]

    response = client.get(ADDRESS, headers={"if-none-match": etag})

    assert (response.status_code, response.content) == (304, b"")
    assert client.get(ADDRESS, headers={"if-none-match": '"other"'}).status_code == 200
    assert client.head(ADDRESS).content == b""


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_can_be_written_there(client, method):
    response = getattr(client, method)(ADDRESS)

    assert response.status_code == 405
    assert response["Content-Type"] == PROBLEM_JSON
    assert response["Allow"] == "GET, HEAD"
