"""A request that writes is one transaction; one that reads is none."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path


def report(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(connection.in_atomic_block))


def write_and_fail(request: HttpRequest) -> HttpResponse:
    Group.objects.create(name="half done")
    raise RuntimeError


urlpatterns = [path("report", report), path("write-and-fail", write_and_fail)]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


@pytest.mark.parametrize(
    ("method", "in_transaction"),
    [("get", "False"), ("options", "False"), ("post", "True"), ("put", "True"), ("delete", "True")],
)
def test_only_writing_requests_are_transactions(client: Client, method, in_transaction):
    assert getattr(client, method)("/report").text == in_transaction


def test_failed_request_leaves_nothing_behind(client: Client):
    client.raise_request_exception = False

    assert client.post("/write-and-fail").status_code == 500
    assert not Group.objects.filter(name="half done").exists()
