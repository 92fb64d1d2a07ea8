"""From the admin to the frontend: every address that shows an editor a page leads there."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html  # type: ignore[import-untyped]  # publishes no types
import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from api.codecs.pages import page_models
from pages.models import NewsroomPage, PressReleasePage, SectionPage
from tests import bodies, drafts, factories

pytestmark = pytest.mark.django_db

TYPES = sorted(page_models())


@pytest.fixture
def section() -> SectionPage:
    home = factories.make_site().root_page
    return factories.SectionPageFactory(parent=home, title="News", slug="news")


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return client


def parent_of(model: type[NewsroomPage], section: SectionPage) -> Page:
    """Where a page of this type may be made."""
    if model.can_create_at(section):
        return section
    if model.can_create_at(Page.get_first_root_node()):
        return Page.get_first_root_node()
    return factories.ProfileIndexPageFactory(parent=section)


def page_of(short_type: str, section: SectionPage, **fields: Any) -> NewsroomPage:
    model = page_models()[short_type]
    return parent_of(model, section).add_child(instance=model(**fields))


def draft_at(editor: Client, response: Any) -> dict[str, Any]:
    """What the frontend gets when an editor is sent to it."""
    assert response.status_code == 302, response.content[:300]
    address = urlsplit(response["Location"])
    assert (address.scheme, address.netloc, address.path) == (
        "https",
        "frontend.example",
        "/preview/",
    )
    query = {name: values[0] for name, values in parse_qs(address.query).items()}
    assert query.keys() == {"content_type", "token"}
    return drafts.page(editor.get("/api/v2/page_preview/", query))


@pytest.mark.parametrize("short_type", TYPES)
def test_new_page_can_be_previewed_before_it_is_saved(editor, section, short_type):
    model = page_models()[short_type]
    arguments = (model._meta.app_label, model._meta.model_name, parent_of(model, section).pk)
    form = drafts.form_of(editor.get(reverse("wagtailadmin_pages:add", args=arguments)))
    before = Page.objects.count()
    address = reverse("wagtailadmin_pages:preview_on_add", args=arguments)
    said = editor.post(address, form | {"title": "Brand new", "slug": "brand-new"}).json()
    assert said == {"is_valid": True, "is_available": True}
    document = draft_at(editor, editor.get(address, {"in_preview_panel": "true"}))
    assert (document["id"], document["title"]) == (None, "Brand new")
    assert document["meta"]["locale"] == "en"
    assert Page.objects.count() == before


@pytest.mark.parametrize("short_type", TYPES)
def test_changes_can_be_previewed_before_they_are_saved(editor, section, short_type):
    page = page_of(short_type, section, title="Public", slug="changing")
    form = drafts.form_of(editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])))
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    said = editor.post(address, form | {"title": "Changed"}).json()
    assert said == {"is_valid": True, "is_available": True}
    assert draft_at(editor, editor.get(address))["title"] == "Changed"
    assert Page.objects.get(pk=page.pk).title == "Public"


@pytest.mark.parametrize("short_type", TYPES)
def test_draft_and_older_revision_can_be_viewed(editor, section, short_type):
    page = page_of(short_type, section, title="First", slug="aging", live=False)
    first = page.save_revision()
    page.title = "Second"
    page.save_revision()
    draft = editor.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert draft_at(editor, draft)["title"] == "Second"
    old = editor.get(reverse("wagtailadmin_pages:revisions_view", args=[page.pk, first.pk]))
    assert draft_at(editor, old)["title"] == "First"


def test_new_page_has_the_language_of_its_section(editor, section):
    spanish = Locale.objects.create(language_code="es")
    section.get_parent().specific.copy_for_translation(spanish).save_revision().publish()
    translated = section.copy_for_translation(spanish)
    translated.save_revision().publish()
    arguments = ("pages", "pressreleasepage", translated.pk)
    form = drafts.form_of(editor.get(reverse("wagtailadmin_pages:add", args=arguments)))
    address = reverse("wagtailadmin_pages:preview_on_add", args=arguments)
    editor.post(address, form | {"title": "Comunicado"})
    document = draft_at(editor, editor.get(address))
    assert document["meta"]["locale"] == "es"


def test_unfinished_page_can_be_previewed(editor, section):
    """Nothing is required of a draft, not even a title."""
    arguments = ("pages", "pressreleasepage", section.pk)
    form = drafts.form_of(editor.get(reverse("wagtailadmin_pages:add", args=arguments)))
    form |= {
        "title": "",
        "body-count": "1",
        "body-0-type": "quote",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-id": "4d12a06b-75d4-4b4b-9c10-32f4a6a4b0f9",
        "body-0-value-quotation": "",
        "body-0-value-name": "Ada",
    }
    address = reverse("wagtailadmin_pages:preview_on_add", args=arguments)
    assert editor.post(address, form).json()["is_valid"] is True
    block = draft_at(editor, editor.get(address))["body"][0]
    assert block["type"] == "incomplete"
    assert block["value"] == {"block": "quote", "missing": ["quotation"]}


def test_revision_from_before_a_field_was_added_can_be_previewed(editor, section):
    page = factories.PressReleasePageFactory(
        parent=section,
        body=[
            bodies.block("heading", {"text": "A heading"}),
            bodies.block("callout", {"text": "<p>A remark</p>"}),
            bodies.block("a_block_that_is_no_more", "Words"),
        ],
    )
    revision = page.save_revision()
    for name in ("end_mark", "event_time_zone", "date_precision", "canonical_url"):
        del revision.content[name]
    revision.save()
    address = reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision.pk])
    document = draft_at(editor, editor.get(address))
    assert [block["type"] for block in document["body"]] == ["heading", "callout"]
    assert document["body"][0]["value"]["level"] == "h2"
    assert document["end_mark"] == "###"


def test_admin_lets_its_own_panel_show_the_preview(editor, section):
    """The frame's first address is the admin's own, which then leads to the frontend."""
    response = editor.get(reverse("wagtailadmin_pages:preview_on_edit", args=[section.pk]))
    assert response["X-Frame-Options"] == "SAMEORIGIN"
    edit = editor.get(reverse("wagtailadmin_pages:edit", args=[section.pk]))
    assert "frame-src" not in edit.headers.get("Content-Security-Policy", "")


def test_stranger_gets_no_preview(client, section):
    for name in ("view_draft", "preview_on_edit"):
        response = client.get(reverse(f"wagtailadmin_pages:{name}", args=[section.pk]))
        assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("short_type", TYPES)
def test_view_live_leads_to_the_page_on_the_frontend(editor, section, short_type):
    page = page_of(short_type, section, title="Public", slug="public")
    if short_type == "home":
        site = section.get_site()
        site.root_page = page
        site.save()
    edit = lxml.html.fromstring(
        editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    )
    links = edit.xpath("//a[contains(@aria-label, 'Visit the live page')]")
    (address,) = {link.get("href") for link in links}
    assert editor.get(address)["Location"] == page.full_url
    assert page.full_url.startswith("https://frontend.example/")


def test_readers_who_come_to_the_cms_are_sent_to_the_frontend(client, section):
    response = client.get("/news/")
    assert response.status_code == 302
    assert response["Location"] == "https://frontend.example/news/"


def test_site_without_a_frontend_of_its_own_sends_nobody_in_circles(client, section):
    site = section.get_site()
    site.hostname, site.port = "testserver", 80
    site.save()
    assert client.get("/news/").status_code == 404


def test_unpublished_page_is_not_found_at_the_cms(client, section):
    page = factories.PressReleasePageFactory(parent=section, slug="secret", live=False)
    assert isinstance(page, PressReleasePage)
    assert client.get("/news/secret/").status_code == 404
