"""The reference site as it will be, for the one who looks ahead, and as it is for everybody else."""

import http.client
from collections.abc import Iterator

import pytest
from django.contrib.auth import get_user_model

from api.webhooks.models import new_secret
from cms.as_of.session import begin
from tests import factories
from tests.cms.as_of.ahead import hours, planned
from tests.frontend_contract.frontends import Frontend, start_site, stop
from tests.servers import serving

pytestmark = [pytest.mark.once]


@pytest.fixture(scope="module")
def started(django_db_setup) -> Iterator[Frontend]:
    with serving() as port:
        site = start_site(port, WEBHOOK_SECRET=new_secret())
        yield site
        stop(site)


@pytest.fixture
def home(started, db):
    return factories.make_site("localhost", started.port).root_page


@pytest.fixture
def ada(db):
    return get_user_model().objects.create_superuser("ada", "ada@newsroom.example", "secret")


def ask(site, path, cookie="", method="GET", **headers):
    """Gives status, headers and words."""
    connection = http.client.HTTPConnection("localhost", site.port, timeout=30)
    origin = {"Origin": f"http://localhost:{site.port}"} if method == "POST" else {}
    connection.request(method, path, headers={"Cookie": cookie, **origin, **headers})
    response = connection.getresponse()
    words = response.read().decode()
    connection.close()
    return response.status, response.headers, words


def enter(site, token, **headers):
    status, said, _ = ask(site, f"/-/as-of/{token}/", **headers)
    assert (status, said["Location"]) == (303, "/")
    assert said["Cache-Control"] == "private, no-store"
    assert said["Referrer-Policy"] == "no-referrer"
    return said["Set-Cookie"]


def test_the_one_who_looks_ahead_sees_what_is_planned_and_nobody_else(started, home, ada):
    planned(home, hours(1), slug="plan", title="A plan")
    cookie = enter(started, begin(ada, hours(2))).partition(";")[0]
    moment = f"{hours(2):%B}"

    for _ in range(2):
        status, said, words = ask(started, "/plan/", cookie)
        assert (status, "A plan" in words) == (200, True)
        assert "The site as it will be on" in words
        assert moment in words
        assert said["Cache-Control"] == "private, no-store"
        assert said["X-Robots-Tag"] == "noindex"
        assert said["Cache-Tag"] is None
        status, said, words = ask(started, "/plan/")
        assert (status, "A plan" in words) == (404, False)
        assert "private" not in said["Cache-Control"]
    assert "A plan" in ask(started, "/search/?q=plan", cookie)[2]
    assert "A plan" not in ask(started, "/search/?q=plan")[2]


def test_what_was_kept_for_others_is_not_shown(started, home, ada):
    page = factories.StandardPageFactory(parent=home, slug="ends", title="Ends")
    page.expire_at = hours(1)
    page.save_revision().publish()
    assert ask(started, f"/{page.slug}/")[0] == 200
    cookie = enter(started, begin(ada, hours(2))).partition(";")[0]
    assert ask(started, f"/{page.slug}/", cookie)[0] == 410
    assert ask(started, f"/{page.slug}/")[0] == 200


def test_the_cookie_is_of_this_session_and_no_script_reads_it(started, home, ada):
    cookie = enter(started, begin(ada, hours(2)))
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert "Max-Age" not in cookie
    assert "Secure" in enter(started, begin(ada, hours(2)), **{"X-Forwarded-Proto": "https"})


@pytest.mark.parametrize("change", ["password", "forged"])
def test_a_session_that_has_ended_shows_the_public_page_and_says_so(started, home, ada, change):
    factories.StandardPageFactory(parent=home, slug="now", title="Now")
    planned(home, hours(1), slug="plan", title="A plan")
    cookie = enter(started, begin(ada, hours(2))).partition(";")[0]
    if change == "forged":
        cookie = cookie[:-1] + ("A" if cookie[-1] != "A" else "B")
    else:
        ada.set_password("another")
        ada.save()
    status, said, words = ask(started, "/now/", cookie)
    assert (status, "Now" in words) == (200, True)
    assert "This preview has ended" in words
    assert said["Cache-Control"] == "private, no-store"
    assert ask(started, "/plan/", cookie)[0] == 404


def test_leaving_takes_the_cookie_back(started, home, ada):
    cookie = enter(started, begin(ada, hours(2))).partition(";")[0]
    status, said, _ = ask(
        started,
        "/-/as-of/leave",
        cookie,
        "POST",
        **{"Content-Type": "application/x-www-form-urlencoded"},
    )
    assert (status, said["Location"]) == (303, "/")
    assert said["Set-Cookie"].startswith("as-of=")
    assert "1970" in said["Set-Cookie"]
    assert ask(started, "/-/as-of/leave", cookie)[0] == 404


@pytest.mark.parametrize(
    "token", ["dlx_aaaaaaaaaaaaaaaaaaaaaa", "dls_short", "dls_%0aaaaaaaaaaaaaaaaaaaaa"]
)
def test_what_is_no_token_is_not_kept(started, home, token):
    status, said, _ = ask(started, f"/-/as-of/{token}/")
    assert (status, said["Set-Cookie"]) == (404, None)
