"""Who gets to see a draft: whoever holds the token that was made for it, for ten minutes."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import RequestFactory
from wagtail.models import Site

from frontend_contract.situations.drafts import preview_of
from pages.models import NewsroomPage, PressReleasePage, SectionPage
from tests import bodies, drafts
from tests.factories import PressReleasePageFactory, SectionPageFactory, make_site

pytestmark = pytest.mark.django_db

MORNING = datetime(2017, 1, 10, 9, 0, tzinfo=ZoneInfo("UTC"))
RELEASE = "pages.pressreleasepage"


@pytest.fixture
def section() -> SectionPage:
    home = make_site().root_page
    return SectionPageFactory(parent=home, title="News", slug="news")


@pytest.fixture
def release(section: SectionPage) -> PressReleasePage:
    return PressReleasePageFactory(
        parent=section,
        title="Dredging begins",
        slug="dredging",
        body=[bodies.block("paragraph", "<p>Boats are ready.</p>")],
    )


def preview(page: NewsroomPage) -> str:
    """The token of a preview as the editor's panel would make it."""
    return preview_of(page).token


def ask(client: Any, token: str, content_type: str = RELEASE, **parameters: str) -> Any:
    query = {"content_type": content_type, "token": token, **parameters}
    return client.get("/api/v2/page_preview/", query)


def bearing(client: Any, token: str, **parameters: str) -> Any:
    """The same as a frontend's server should ask."""
    headers = {"Authorization": f"Bearer {token}"}
    return client.get("/api/v2/page_preview/", parameters, headers=headers)


def new_release(section: SectionPage, title: str) -> PressReleasePage:
    """A page that its editor has not saved yet, as the preview view makes it."""
    page = PressReleasePage(title=title, slug=title.lower())
    page.depth = section.depth + 1
    page.path = page._get_path(section.path, page.depth, 1)
    page.set_url_path(section)
    page.minimal_clean()
    return page


def test_token_gives_the_draft_and_nobody_may_keep_it(client, release):
    release.title = "Dredging begins on Monday"
    response = ask(client, preview(release))
    document = drafts.page(response)
    assert document["title"] == "Dredging begins on Monday"
    assert document["meta"]["preview"] is True
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"


def test_previewing_changes_nothing_that_is_public(client, release):
    release.title = "Not public yet"
    preview(release)
    assert drafts.page(client.get(f"/api/v2/pages/{release.pk}/"))["title"] == "Dredging begins"


def test_token_ends_after_ten_minutes(client, release):
    with time_machine.travel(MORNING, tick=False):
        token = preview(release)
    age = timedelta(seconds=settings.PREVIEW_MAX_AGE)
    with time_machine.travel(MORNING + age, tick=False):
        drafts.page(ask(client, token))
    with time_machine.travel(MORNING + age + timedelta(seconds=1), tick=False):
        response = ask(client, token)
    assert "Open it again" in drafts.problem(response, 410)
    assert response["Cache-Control"] == "private, no-store"


def test_tampered_token_gives_nothing(client, release):
    token = preview(release)
    others = preview(release)
    name, seal, proof = token.split(".")
    other_name, other_seal, other_proof = others.split(".")
    checked = 0
    for wrong in (
        "",
        "dlp_",
        name,
        token[:-1],
        f"{token}x",
        token.swapcase(),
        token.removeprefix("dlp_"),
        f"{name}.{seal}.",
        f"{name}.{seal}.{other_proof}",
        f"{other_name}.{other_seal}.{proof}",
        f"{other_name}.{seal}.{proof}",
        f"dlp_{name[:3:-1]}.{seal}.{proof}",
        f"{name}.{proof}.{seal}",
        "ä.ö.ü",
        "." * 10,
        "x" * 500,
    ):
        assert wrong not in (token, others)
        for response in (ask(client, wrong), bearing(client, wrong)):
            drafts.problem(response, 404)
            assert response["Cache-Control"] == "private, no-store"
            checked += 1
    assert checked == 32
    assert drafts.page(ask(client, others))


def test_token_that_nobody_was_given_gives_nothing(client, release):
    """The library's own tokens: a page's id, signed. Here the id opens nothing."""
    signer = PressReleasePage.get_preview_signer()
    drafts.problem(ask(client, signer.sign(f"id={release.pk}")), 404)
    drafts.problem(ask(client, signer.sign("")), 404)


def test_token_in_a_header_needs_no_type(client, release, section):
    token = preview(release)
    document = drafts.page(bearing(client, token))
    assert document == drafts.page(ask(client, token))
    assert drafts.page(bearing(client, token, content_type=RELEASE)) == document
    drafts.problem(bearing(client, token, content_type="pages.sectionpage"), 404)
    twice = client.get(
        "/api/v2/page_preview/", {"token": token}, headers={"Authorization": f"Bearer {token}"}
    )
    detail = drafts.problem(twice, 400)
    assert "token must be given once" in detail


def test_header_for_whoever_stands_in_front_is_let_be(client, release):
    query = {"content_type": RELEASE, "token": preview(release)}
    headers = {"Authorization": "Basic YWRhOnF1YXk="}
    drafts.page(client.get("/api/v2/page_preview/", query, headers=headers))


def test_browsers_may_send_the_header(client, settings):
    settings.CORS_ALLOWED_ORIGINS = ["https://frontend.example"]
    headers = {
        "Origin": "https://frontend.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "authorization",
    }
    response = client.options("/api/v2/page_preview/", headers=headers)
    assert "authorization" in response["Access-Control-Allow-Headers"]


def test_token_opens_its_own_type_of_page_only(client, release, section):
    drafts.problem(ask(client, preview(section)), 404)
    drafts.problem(ask(client, preview(release), "pages.sectionpage"), 404)


@pytest.mark.parametrize(
    "content_type",
    ["", "pages", "pages.", "pages.nothing", "wagtailcore.page", "auth.user", "PressReleasePage"],
)
def test_content_type_must_be_a_page_type(client, release, content_type):
    detail = drafts.problem(ask(client, preview(release), content_type), 400)
    assert "pages.pressreleasepage" in detail


def test_parameters_are_strict(client, release):
    token = preview(release)
    assert "draft" in drafts.problem(ask(client, token, draft="1"), 400)
    assert "rich_text_format" in drafts.problem(ask(client, token, rich_text_format="rtf"), 400)
    twice = f"/api/v2/page_preview/?content_type={RELEASE}&token={token}&token={token}"
    assert "token is given 2 times" in drafts.problem(client.get(twice), 400)
    drafts.problem(ask(client, f"{token}\x00"), 400)


def test_rich_text_of_a_draft_can_be_html(client, release):
    document = ask(client, preview(release), rich_text_format="html").json()
    assert document["body"][0]["value"] == "<p>Boats are ready.</p>"


def test_deleting_the_page_ends_its_previews(client, release):
    token = preview(release)
    release.delete()
    assert "Open it again" in drafts.problem(ask(client, token), 410)


def test_preview_survives_the_deletion_of_what_it_refers_to(client, release):
    other = PressReleasePageFactory(parent=release.get_parent())
    release.supersedes = other
    token = preview(release)
    other.delete()
    assert drafts.page(ask(client, token))["supersedes"] is None


def test_two_editors_of_one_page_do_not_see_each_others_draft(client, release):
    with time_machine.travel(MORNING, tick=False):
        release.title = "What Ada wrote"
        adas = preview(release)
        release.title = "What Ben wrote"
        bens = preview(release)
        assert drafts.page(ask(client, adas))["title"] == "What Ada wrote"
        assert drafts.page(ask(client, bens))["title"] == "What Ben wrote"


def test_two_new_pages_in_one_place_do_not_see_each_other(client, section):
    with time_machine.travel(MORNING, tick=False):
        adas = preview(new_release(section, "Ada"))
        bens = preview(new_release(section, "Ben"))
        assert drafts.page(ask(client, adas))["title"] == "Ada"
        assert drafts.page(ask(client, bens))["title"] == "Ben"


def test_new_page_is_answered_where_it_will_be(client, section):
    document = drafts.page(ask(client, preview(new_release(section, "Tomorrow"))))
    assert document["id"] is None
    assert document["meta"]["detail_url"] is None
    assert document["meta"]["html_url"] == "https://frontend.example/news/tomorrow/"
    assert document["meta"]["parent"]["id"] == section.pk
    assert [crumb["title"] for crumb in document["breadcrumbs"]] == ["Home", "News"]


def test_preview_is_shown_on_the_pages_own_site(release):
    other = make_site("other.example", 8080, default=False, slug="other")
    page = SectionPageFactory(parent=other.root_page)
    request = RequestFactory().get("/")
    assert page.get_client_root_url(request) == "http://other.example:8080/preview/"
    assert release.get_client_root_url(request) == "https://frontend.example/preview/"


def test_page_outside_every_site_is_previewed_on_the_default_one(section):
    requests = RequestFactory()
    lost = PressReleasePage(title="Lost")
    assert lost.get_client_root_url(requests.get("/")) == "https://frontend.example/preview/"
    Site.objects.all().delete()
    assert lost.get_client_root_url(requests.get("/")) == f"{settings.FRONTEND_URL}/preview/"
