"""A preview is one row for whom it was made, and ends with all that it was made for."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.admin.models import EditingSession
from wagtail.models import Page
from wagtail_headless_preview.models import PagePreview

from cms.work.chores import chores
from cms.work.heartbeat import signed_in
from cms.work.senders import Senders
from pages.models import DraftPreview, PressReleasePage, PreviewEnded, SectionPage
from tests import drafts
from tests.factories import PressReleasePageFactory, SectionPageFactory, make_site

pytestmark = pytest.mark.django_db

MORNING = datetime(2017, 1, 10, 9, 0, tzinfo=ZoneInfo("UTC"))
PASSWORD = "quay-side-7-cranes"
LIFE = timedelta(seconds=settings.PREVIEW_MAX_AGE)
SECOND = timedelta(seconds=1)


@pytest.fixture
def section() -> SectionPage:
    return SectionPageFactory(parent=make_site().root_page, title="News", slug="news")


@pytest.fixture
def release(section: SectionPage) -> PressReleasePage:
    return PressReleasePageFactory(parent=section, title="Dredging begins", slug="dredging")


@pytest.fixture
def ada() -> Client:
    get_user_model().objects.create_superuser("ada", password=PASSWORD)
    return signed_in_client("ada")


def signed_in_client(name: str) -> Client:
    """A browser that somebody has signed in with."""
    client = Client()
    assert client.login(username=name, password=PASSWORD)
    return client


def look(client: Client, name: str, *arguments: Any) -> str:
    """The token that the admin sends a browser to the frontend with."""
    address = reverse(f"wagtailadmin_pages:{name}", args=arguments)
    if name.startswith("preview_on_"):
        form = reverse(f"wagtailadmin_pages:{name.removeprefix('preview_on_')}", args=arguments)
        assert client.post(address, drafts.form_of(client.get(form))).json()["is_valid"]
    return sent_on(client, address)


def sent_on(client: Client, address: str) -> str:
    """The token in the address that an address of the admin leads to."""
    response = client.get(address)
    assert response.status_code == 302, response.content[:300]
    assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
    (token,) = parse_qs(urlsplit(response["Location"]).query)["token"]
    return token


def edit(client: Client, page: Page) -> str:
    return look(client, "preview_on_edit", page.pk)


def status(token: str) -> int:
    """Of the answer to a stranger with a token, who has no session here."""
    headers = {"Authorization": f"Bearer {token}"}
    return Client().get("/api/v2/page_preview/", headers=headers).status_code


def test_editing_is_one_row_under_one_token(ada, release):
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[release.pk])
    tokens = {edit(ada, release), *(sent_on(ada, address) for _ in range(19))}
    assert len(tokens) == DraftPreview.objects.count() == 1
    assert not PagePreview.objects.exists()
    assert [status(token) for token in tokens] == [200]


def test_each_user_session_and_page_has_a_token_of_its_own(ada, release, section):
    get_user_model().objects.create_superuser("ben", password=PASSWORD)
    other = PressReleasePageFactory(parent=section)
    tokens = {
        edit(ada, release),
        edit(ada, other),
        edit(signed_in_client("ada"), release),
        edit(signed_in_client("ben"), release),
    }
    assert len(tokens) == DraftPreview.objects.count() == 4
    assert {status(token) for token in tokens} == {200}


def test_new_pages_have_one_for_each_place_and_type(ada, section):
    other = SectionPageFactory(parent=section)
    tokens = [
        look(ada, "preview_on_add", "pages", kind, parent.pk)
        for parent in (section, other)
        for kind in ("standardpage", "factsheetpage", "standardpage")
    ]
    assert len(set(tokens)) == DraftPreview.objects.count() == 4
    assert {status(token) for token in tokens} == {200}


def test_an_older_revision_is_not_shown_where_the_form_is(ada, release):
    release.title = "First"
    first = release.save_revision()
    release.title = "Second"
    release.save_revision()
    form = edit(ada, release)
    old = look(ada, "revisions_view", release.pk, first.pk)
    assert old == look(ada, "revisions_view", release.pk, first.pk) != form
    titles = [DraftPreview.objects.opened_by(token).as_page().title for token in (form, old)]
    assert titles == ["Second", "First"]


def test_token_cannot_be_guessed_and_tells_nothing_of_its_page(ada, release):
    token = edit(ada, release)
    assert len(token) == len("dlp_") + 22 + 1 + 43 + 1 + 43
    row = serializers.serialize("json", DraftPreview.objects.all())
    for part in token.removeprefix("dlp_").split(".")[1:]:
        assert part not in row


def test_what_the_database_holds_makes_no_token(ada, release):
    """Whoever reads the row and has all of this code lacks the key."""
    token = edit(ada, release)
    preview = DraftPreview.objects.get()
    assert preview.token == token
    with override_settings(SECRET_KEY="guessed"):
        guessed = preview.token
    assert guessed != token
    assert status(guessed) == 404
    name, seal, _ = token.split(".")
    assert status(f"{name}.{seal}.{guessed.split('.')[2]}") == 404


@pytest.mark.parametrize(
    "changed", ["nonce", "user", "session_key", "page", "content_type", "version"]
)
def test_token_is_bound_to_all_that_it_was_made_for(ada, release, section, changed):
    token = edit(ada, release)
    ben = get_user_model().objects.create_superuser("ben")
    client = signed_in_client("ada")
    other = {
        "nonce": "another",
        "user": ben,
        "session_key": client.session.session_key,
        "page": PressReleasePageFactory(parent=section),
        "content_type": ContentType.objects.get_for_model(SectionPage),
        "version": "another",
    }
    DraftPreview.objects.update(**{changed: other[changed]})
    assert status(token) == 404


def test_it_ends_after_ten_minutes_unless_it_is_looked_at_again(ada, release):
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in_client("ada")
        token = edit(browser, release)
        clock.shift(LIFE)
        assert status(token) == 200
        assert edit(browser, release) == token
        clock.shift(LIFE)
        assert status(token) == 200
        clock.shift(SECOND)
        assert status(token) == 410
        # What has ended does not come back.
        again = edit(browser, release)
        assert (again != token, status(again), status(token)) == (True, 200, 410)
        assert DraftPreview.objects.count() == 1


def ping(client: Client, page: Page, session: EditingSession) -> None:
    """What the editor sends every ten seconds while it is open."""
    arguments = ["wagtailcore", "page", page.pk, session.pk]
    response = client.post(reverse("wagtailadmin_editing_sessions:ping", args=arguments))
    assert response.status_code == 200


def opened(client: Client, page: Page) -> EditingSession:
    """The session that the editor begins when it is opened."""
    client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    return EditingSession.objects.latest("pk")


def test_an_open_editor_keeps_it_open(ada, release, section):
    other = PressReleasePageFactory(parent=section)
    get_user_model().objects.create_superuser("ben", password=PASSWORD)
    with time_machine.travel(MORNING, tick=False) as clock:
        browser, bens = signed_in_client("ada"), signed_in_client("ben")
        session = opened(browser, release)
        token, *others = edit(browser, release), edit(browser, other), edit(bens, release)
        for _ in range(30):
            clock.shift(timedelta(minutes=1))
            ping(browser, release, session)
        assert status(token) == 200
        assert [status(each) for each in others] == [410, 410]
        clock.shift(LIFE + SECOND)
        ping(browser, release, session)
        assert status(token) == 410


def test_pings_write_only_when_half_of_its_life_is_over(ada, release):
    with time_machine.travel(MORNING, tick=False) as clock:
        edit(ada, release)
        session = EditingSession(
            user=get_user_model().objects.get(),
            content_type=ContentType.objects.get_for_model(Page),
            object_id=str(release.pk),
            last_seen_at=MORNING,
        )
        session.save()
        ends = []
        for _ in range(6):
            clock.shift(timedelta(minutes=1))
            with CaptureQueriesContext(
                connection,
            ) as asked:
                session.save()
            assert len([one for one in asked if "pages_draftpreview" in one["sql"]]) == 1
            ends.append(DraftPreview.objects.get().expires_at - MORNING)
    assert ends == [*[LIFE] * 4, LIFE + timedelta(minutes=5), LIFE + timedelta(minutes=5)]


def log_out(client: Client, page: Page) -> None:
    client.post(reverse("wagtailadmin_logout"))


def lose_session(client: Client, page: Page) -> None:
    Session.objects.all().delete()


def deactivate(client: Client, page: Page) -> None:
    get_user_model().objects.update(is_active=False)


def change_password(client: Client, page: Page) -> None:
    user = get_user_model().objects.get()
    user.set_password("another")
    user.save()


def sign_in_as_another(client: Client, page: Page) -> None:
    """In the same session, as no login does it: the session is asked whose it is."""
    ben = get_user_model().objects.create_superuser("ben")
    session = client.session
    session["_auth_user_id"] = str(ben.pk)
    session.save()


def delete_user(client: Client, page: Page) -> None:
    get_user_model().objects.all().delete()


def delete_page(client: Client, page: Page) -> None:
    page.delete()


@pytest.mark.parametrize(
    "end",
    [
        log_out,
        lose_session,
        deactivate,
        change_password,
        sign_in_as_another,
        delete_user,
        delete_page,
    ],
)
def test_it_ends_with_what_it_was_made_for(ada, release, end):
    token = edit(ada, release)
    assert status(token) == 200
    end(ada, release)
    assert status(token) == 410


def test_signing_out_drops_the_rows_of_that_session_alone(ada, release, section):
    edit(ada, release)
    edit(ada, section)
    other = edit(signed_in_client("ada"), release)
    ada.post(reverse("wagtailadmin_logout"))
    assert [preview.token for preview in DraftPreview.objects.all()] == [other]


def test_new_page_ends_with_the_place_where_it_was_to_be(ada, section):
    token = look(ada, "preview_on_add", "pages", "standardpage", section.pk)
    assert status(token) == 200
    section.delete()
    assert (status(token), DraftPreview.objects.exists()) == (410, False)


def test_nobody_signed_in_gets_none(release):
    with pytest.raises(PermissionDenied):
        release.create_page_preview()
    assert not DraftPreview.objects.exists()


def test_a_worker_drops_ended_ones(ada, release, section):
    with time_machine.travel(MORNING, tick=False) as clock:
        browser = signed_in_client("ada")
        ended = edit(browser, release)
        clock.shift(LIFE / 2)
        good = edit(browser, section)
        clock.shift(LIFE / 2 + SECOND)
        with signed_in() as worker:
            (chore,) = (
                one for one in chores(worker, Senders()) if one.name == "drop ended previews"
            )
        with CaptureQueriesContext(connection) as asked:
            chore.do()
        assert [one["sql"].split()[0] for one in asked] == ["DELETE"]
        assert [preview.token for preview in DraftPreview.objects.all()] == [good]
        with pytest.raises(PreviewEnded):
            DraftPreview.objects.opened_by(ended)
