"""A database that ended a connection costs nobody an answer."""

import pytest
from django.db import connection

from api.documents.store import documents_of
from tests import factories

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connections"),
]


@pytest.mark.parametrize("address", ["pages/{pk}/", "route/?path=/here/", "site/", "pages/"])
def test_the_next_reader_has_a_new_connection(client, address):
    factories.make_roots()
    site = factories.make_site()
    page = factories.StandardPageFactory(parent=site.root_page, slug="here")
    documents_of([page.pk])
    address = "/api/v2/" + address.format(pk=page.pk)
    before = client.get(address).content
    connection.ensure_connection()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid]
            )
    finally:
        other.close()

    answer = client.get(address)

    assert (answer.status_code, answer.content) == (200, before)
