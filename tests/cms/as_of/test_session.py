"""Whom a token lets look ahead, for how long, and at what."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from rest_framework.views import APIView

from cms.as_of.session import Session, begin, session_of
from cms.logs import redacted
from tests.cms.as_of.ahead import ask, hours

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def bearing(token, endpoint="site/", method="get", **query):
    call = getattr(Client(), method)
    return call(f"/api/v2/{endpoint}", query, headers={"Authorization": f"Bearer {token}"})


def test_a_token_says_who_looks_at_which_moment(ada):
    moment = hours(3)
    token = begin(ada, moment)
    found = session_of(token)
    assert found == Session(ada, moment, found.begun, found.id)
    assert abs(found.begun - timezone.now().timestamp()) < 60
    assert begin(ada, moment) != token
    assert redacted(f"GET /-/as-of/{token}/ HTTP/1.1") == "GET /-/as-of/dls_[secret]/ HTTP/1.1"


def deactivate(user):
    user.is_active = False
    user.save()


def change_password(user):
    user.set_password("another")
    user.save()


def take_admin_away(user):
    user.is_superuser = False
    user.save()


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda user: None, 200),
        (deactivate, 410),
        (change_password, 410),
        (take_admin_away, 410),
        (lambda user: user.delete(), 410),
    ],
    ids=["nothing", "deactivated", "password", "admin", "deleted"],
)
def test_a_token_works_while_its_user_may_look(ada, home, change, status):
    token = begin(ada, hours(3))
    change(ada)
    assert bearing(token).status_code == status


def test_a_token_is_over_in_time(ada, home):
    token = begin(ada, hours(9))
    for seconds, status in ((-2, 200), (2, 410)):
        then = timezone.now() + timedelta(seconds=settings.AS_OF_MAX_AGE + seconds)
        with time_machine.travel(then, tick=False):
            assert bearing(token).status_code == status


@pytest.mark.parametrize("number", [4, 40, -1])
def test_a_forged_token_is_none(ada, home, number):
    token = begin(ada, hours(3))
    letter = "A" if token[number] != "A" else "B"
    forged = f"{token[:number]}{letter}{token[number:][1:]}"
    response = bearing(forged)
    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert bearing("dls_").status_code == 404


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("tomorrow", "with its zone"),
        ("", "with its zone"),
        ("2126-11-27T09:00:00", "with its zone"),
        ("2126-11-27T09:00:00 01:00", "with its zone"),
        ("2016-11-27T09:00:00Z", "has passed"),
        ("2126-11-27T09:00:00Z", "more than a year"),
        ("0001-01-01T00:00:00+14:00", "has passed"),
        ("9999-12-31T23:59:59-14:00", "more than a year"),
    ],
)
def test_a_moment_that_is_none_says_what_to_mend(ada, home, written, told):
    response = ask(ada, hours(3), "site/", as_of=written)
    assert response.status_code == 400
    assert told in response.json()["detail"]


def test_a_moment_is_given_once(ada, home):
    response = ask(ada, hours(3), "site/", as_of=[hours(1).isoformat(), hours(2).isoformat()])
    assert response.status_code == 400
    assert "once" in response.json()["detail"]


@pytest.mark.parametrize("bearer", ["", "Bearer dlx_abc", "Basic dls_abc"])
def test_without_a_session_a_moment_is_an_unknown_parameter(home, bearer):
    response = Client().get(
        "/api/v2/site/", {"as_of": hours(1).isoformat()}, headers={"Authorization": bearer}
    )
    assert response.status_code == 400
    assert "query parameter is not an operation" in response.json()["detail"]


@pytest.mark.parametrize("endpoint", ["changes/", "review/", "page_preview/"])
def test_what_is_not_of_the_site_is_refused(ada, home, endpoint):
    assert ask(ada, hours(3), endpoint).status_code == 400


@pytest.mark.parametrize(
    "endpoint", ["site/", "pages/", "pages/1/", "route/?path=/", "nothing/", "changes/"]
)
@pytest.mark.parametrize("method", ["get", "head"])
def test_nobody_keeps_an_answer(ada, home, endpoint, method):
    response = bearing(begin(ada, hours(3)), endpoint, method)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"] == "noindex"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Authorization" in response["Vary"]
    assert not {"Cache-Tag", "Surrogate-Key"} & set(response.headers)
    assert method == "get" or response.content == b""


@pytest.mark.parametrize("endpoint", ["site/", "pages/", "route/?path=/"])
def test_a_view_that_waits_too_long_for_writers_says_when_to_ask_again(
    ada, home, endpoint, monkeypatch
):
    said = "database is locked"

    def wait(*args, **kwargs):
        raise OperationalError(said)

    monkeypatch.setattr(APIView, "initial", wait)
    response = bearing(begin(ada, hours(3)), endpoint)
    assert (response.status_code, response["Retry-After"]) == (503, "1")
    assert "Dateline-As-Of" not in response
    assert response["Cache-Control"] == "private, no-store"
    with pytest.raises(OperationalError):
        Client().get("/api/v2/documents/")
    # Nobody waits for that.
    said = "disk I/O error"
    with pytest.raises(OperationalError):
        bearing(begin(ada, hours(3)), endpoint)


def test_public_answers_know_nothing_of_it(home):
    for endpoint in ("site/", "pages/", "route/?path=/"):
        response = Client().get(f"/api/v2/{endpoint}")
        assert response.status_code == 200
        assert "Authorization" not in response["Vary"]
        assert "public" in response["Cache-Control"]
