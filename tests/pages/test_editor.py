"""The admin: every page type can be made, saved unfinished, and is told what to mend."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from pages.models import (
    FactSheetPage,
    HomePage,
    PressReleasePage,
    ProfileIndexPage,
    ProfilePage,
    SectionPage,
    StandardPage,
)
from tests.factories import (
    FactSheetPageFactory,
    PersonFactory,
    PressReleasePageFactory,
    ProfileIndexPageFactory,
    SectionPageFactory,
    make_site,
)

pytestmark = pytest.mark.django_db

TYPES = [
    HomePage,
    SectionPage,
    StandardPage,
    PressReleasePage,
    FactSheetPage,
    ProfileIndexPage,
    ProfilePage,
]
RELATIONS = ["bylines", "related_pages", "downloads", "footnotes"]
ADVISORY = {
    "event_date": "2026-10-17",
    "event_starts": "10:00",
    "event_ends": "09:00",
    "event_time_zone": "America/Los_Angeles",
}


@pytest.fixture
def home():
    return make_site().root_page.specific


@pytest.fixture
def section(home):
    return SectionPageFactory(parent=home)


def parent_for(model, section):
    if model is HomePage:
        return section.get_parent().get_parent()
    if model is ProfilePage:
        return ProfileIndexPageFactory(parent=section)
    return section.get_parent() if model is StandardPage else section


def add_url(model, parent):
    return reverse("wagtailadmin_pages:add", args=("pages", model._meta.model_name, parent.pk))


def form(model, title="A title", **values):
    """What an editor's browser sends for a page with nothing but a title."""
    data = {
        "title": title,
        "slug": "a-title",
        "publication_date": "2016-10-17",
        "date_precision": "day",
        **{name: inline_formset([]) for name in RELATIONS},
    }
    for field in model._meta.get_fields():
        if type(field).__name__ == "StreamField":
            data[field.name] = streamfield([])
        if type(field).__name__ == "RichTextField":
            data[field.name] = json.dumps({"blocks": [], "entityMap": {}})
    if model is PressReleasePage:
        data |= {name: inline_formset([]) for name in ("media_contacts", "signatories")}
        data |= {"kind": "press_release", "end_mark": "###", "event_time_zone": "UTC"}
    if model is FactSheetPage:
        data |= {"kind": "fact_sheet", "note_numbering": "decimal"}
    return nested_form_data(data | values)


@pytest.mark.parametrize("model", TYPES)
def test_the_form_of_each_type_opens(model, section, admin_client):
    response = admin_client.get(add_url(model, parent_for(model, section)))

    assert response.status_code == 200


@pytest.mark.parametrize("model", TYPES)
def test_a_draft_needs_nothing_but_a_title(model, section, admin_client):
    admin_client.post(add_url(model, parent_for(model, section)), form(model))

    page = model.objects.get(title="A title")
    assert not page.live
    assert page.publication_date.isoformat() == "2016-10-17"


@pytest.mark.parametrize("model", [PressReleasePage, FactSheetPage, ProfilePage])
def test_publishing_without_a_body_says_so(model, section, admin_client):
    data = form(model) | {"action-publish": "publish"}

    response = admin_client.post(add_url(model, parent_for(model, section)), data)

    assert not model.objects.filter(live=True, title="A title").exists()
    assert "body" in response.context["form"].errors


def test_an_event_cannot_end_before_it_begins(section, admin_client):
    data = form(PressReleasePage, **ADVISORY, kind="media_advisory")

    response = admin_client.post(add_url(PressReleasePage, section), data)

    assert response.context["form"].errors["event_ends"] == [
        "The event cannot end before it begins."
    ]


def test_the_last_day_of_an_event_is_not_before_the_first(section, admin_client):
    values = {"kind": "media_advisory", "event_date": "2026-10-17", "event_end_date": "2026-10-16"}

    response = admin_client.post(
        add_url(PressReleasePage, section), form(PressReleasePage, **values)
    )

    assert "event_end_date" in response.context["form"].errors


def test_an_event_may_end_on_another_day(section, admin_client):
    values = ADVISORY | {"kind": "media_advisory", "event_end_date": "2026-10-18"}

    admin_client.post(add_url(PressReleasePage, section), form(PressReleasePage, **values))

    assert PressReleasePage.objects.get(title="A title").event["ends_at"].day == 18


def test_a_byline_is_a_person_or_an_organisation(section, admin_client):
    byline = inline_formset([{"person": "", "organisation": ""}])

    response = admin_client.post(
        add_url(PressReleasePage, section), form(PressReleasePage, bylines=byline)
    )

    errors = response.context["form"].formsets["bylines"].errors
    assert "Choose either a person or an organisation." in str(errors)


def test_a_byline_names_a_person(section, admin_client):
    person = PersonFactory()
    byline = inline_formset([{"person": person.pk, "organisation": ""}])

    admin_client.post(add_url(PressReleasePage, section), form(PressReleasePage, bylines=byline))

    assert PressReleasePage.objects.get(title="A title").bylines.get().person == person


def test_a_paper_is_no_summary_of_itself(section):
    paper = FactSheetPageFactory(parent=section)
    paper.summary_of = paper

    with pytest.raises(Exception, match="cannot refer to itself"):
        paper.full_clean()


def test_a_copy_is_another_page(section):
    page = PressReleasePageFactory(parent=section)

    copy = page.copy(update_attrs={"slug": "copy"})

    assert copy.uuid != page.uuid


@pytest.mark.parametrize("name", ["person", "organisation", "topic", "presscontact", "boilerplate"])
def test_snippets_are_listed_and_added(name, admin_client):
    for view in ("list", "add"):
        url = reverse(f"wagtailsnippets_pages_{name}:{view}")

        assert admin_client.get(url).status_code == 200


def test_the_site_has_settings(home, admin_client):
    url = reverse("wagtailsettings:edit", args=("pages", "newsroomsettings"))

    assert admin_client.get(url, follow=True).status_code == 200
