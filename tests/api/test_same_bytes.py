"""Invariant 1: the same revision encodes to the same JSON live and in preview."""

import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from api.rich_text_format import FORMATS
from frontend_contract.situations.drafts import preview_of
from pages import models
from tests import factories
from tests.api.answers import all_blocks, live, preview, without_envelope
from tests.bodies import block, items
from tests.full_pages import (
    EVERY_TYPE,
    FIRST_NOTE,
    SECOND_NOTE,
    full_body,
    full_page,
    parent_of,
    publish_below,
)

pytestmark = pytest.mark.django_db


def place_below(parent, page):
    """What Wagtail's preview of a new page does before it has a place in the tree."""
    page.depth = parent.depth + 1
    if parent.is_leaf():
        page.path = page._get_path(parent.path, page.depth, 1)
    else:
        page.path = parent.get_last_child()._inc_path()
    page.set_url_path(parent)
    page.minimal_clean()


def revise(page, material):
    """Changes a page in about every way an editor can, and saves a revision of it."""
    page = type(page).objects.get(pk=page.pk)
    page.title, page.slug, page.summary = "Another title", f"{page.slug}-again", "Otherwise."
    body = full_body(material)
    page.body = [*reversed(body[1:]), body[0]]
    page.topics = [factories.TopicFactory(), material.topic]
    page.further_sections = []
    for relation in (page.bylines, page.related_pages, page.footnotes):
        rows = list(relation.all())
        for order, row in enumerate(reversed(rows)):
            row.sort_order = order
        relation.set(rows)
    if isinstance(page, models.PressReleasePage):
        first, second, third = page.signatories.all()
        first.sort_order, second.sort_order, third.sort_order = 3, 0, 2
        added = models.Signatory(name="D. Dunn", sort_order=1)
        page.signatories = [first, second, third, added]
    return page.save_revision()


@pytest.mark.parametrize("model", EVERY_TYPE)
def test_a_page_never_saved_previews_as_it_will_be_answered(client, material, model):
    page, parent = full_page(model, material), parent_of(model, material)
    place_below(parent, page)

    draft = preview(client, page)
    published = live(client, publish_below(parent, page))

    assert without_envelope(draft) == without_envelope(published)
    assert (draft["id"], draft["meta"]["detail_url"]) == (None, None)
    assert (draft["meta"]["preview"], published["meta"]["preview"]) == (True, False)
    kinds = [found["type"] for found in all_blocks(published)]
    assert len(kinds) > 40
    assert "incomplete" not in kinds


@pytest.mark.parametrize("model", EVERY_TYPE)
def test_the_draft_of_a_live_page_previews_as_it_will_be_answered(client, material, model):
    page = publish_below(parent_of(model, material), full_page(model, material))
    before = live(client, page)
    revision = revise(page, material)

    draft = preview(client, revision.as_object())
    assert without_envelope(live(client, page)) == without_envelope(before) != draft
    revision.publish()

    published = live(client, page)
    assert without_envelope(draft) == without_envelope(published)
    assert draft["meta"]["slug"] == f"{before['meta']['slug']}-again"
    for name in ("first_published_at", "detail_url"):
        assert draft["meta"][name] == published["meta"][name]


def test_moments_are_in_utc_whatever_the_time_zone_of_the_newsroom(client, material, settings):
    settings.TIME_ZONE = "America/New_York"
    page = publish_below(material.section, full_page(models.StandardPage, material))

    draft = preview(client, page.save_revision().as_object())

    assert draft["meta"]["first_published_at"] == live(client, page)["meta"]["first_published_at"]
    assert draft["meta"]["first_published_at"].endswith("Z")


def test_an_older_revision_previews_as_it_was_answered(client, material):
    page = publish_below(material.section, full_page(models.PressReleasePage, material))
    older, answered = page.latest_revision, live(client, page)
    revise(page, material).publish()

    assert live(client, page)["title"] == "Another title"
    assert without_envelope(preview(client, older.as_object())) == without_envelope(answered)


def test_a_draft_that_was_never_published_previews_as_it_will_be_answered(client, material):
    page = full_page(models.ProfilePage, material)
    page.live = False
    material.collection.add_child(instance=page)
    page.body = [
        block("paragraph", f'<p><a linktype="page" id="{page.pk}">This very page</a></p>'),
        block("related_pages", {"title": "", "pages": items(page.pk)}),
        *full_body(material),
    ]
    revision = page.save_revision()

    draft = preview(client, revision.as_object())
    revision.publish()

    published = live(client, page)
    assert without_envelope(draft) == without_envelope(published)
    (mark,) = published["body"][0]["value"][0]["markDefs"]
    assert mark["page"]["id"] == page.pk


def test_a_draft_links_to_itself_under_its_new_title_and_address(client, material):
    page = publish_below(material.section, full_page(models.StandardPage, material))
    page.body = [block("related_pages", {"title": "", "pages": items(page.pk)})]
    page.title, page.slug = "Another title", "another-slug"
    revision = page.save_revision()

    draft = preview(client, revision.as_object())

    (card,) = draft["body"][0]["value"]["pages"]
    assert card["title"] == "Another title"
    assert card["path"] == "/news/another-slug/"
    revision.publish()
    assert without_envelope(draft) == without_envelope(live(client, page))


@pytest.mark.parametrize("name", list(FORMATS))
def test_every_rich_text_format_is_the_same_in_preview(client, material, name):
    page, parent = full_page(models.FactSheetPage, material), material.section
    place_below(parent, page)

    draft = preview(client, page, rich_text_format=name)
    published = live(client, publish_below(parent, page), rich_text_format=name)

    assert without_envelope(draft) == without_envelope(published)
    paragraph = published["body"][0]["value"]
    assert isinstance(paragraph, list if name == "portable_text" else str)


def test_the_preview_panel_of_the_admin_shows_what_will_be_answered(admin_client, material):
    page = publish_below(material.section, factories.StandardPageFactory.build(body=[]))
    form = nested_form_data(
        {
            "title": "Edited",
            "slug": "edited",
            "summary": "In short.",
            "publication_date": "2016-10-17",
            "date_precision": "day",
            "body": streamfield([("paragraph", rich_text("<p>Written in the panel.</p>"))]),
            **{
                rows: inline_formset([])
                for rows in ("footnotes", "related_pages", "downloads", "bylines", "comments")
            },
        }
    )
    address = f"/admin/pages/{page.pk}/edit/"
    assert admin_client.post(f"{address}preview/", form).json()["is_valid"]
    panel = admin_client.get(f"{address}preview/?mode=")
    frontend, _, query = panel.headers["Location"].partition("?")
    draft = admin_client.get(f"/api/v2/page_preview/?{query}").json()

    admin_client.post(address, {**form, "action-publish": "1"})

    published = live(admin_client, page)
    assert frontend == "https://frontend.example/preview/"
    assert published["meta"]["html_url"] == "https://frontend.example/news/edited/"
    assert published["body"][0]["value"][0]["children"][0]["text"] == "Written in the panel."
    # The panel's form gives new blocks an id only when it is saved.
    for document in (draft, published):
        del document["body"][0]["id"]
    assert without_envelope(draft) == without_envelope(published)


def test_rows_stand_in_the_order_their_editors_gave_them(client, material):
    page = publish_below(material.section, full_page(models.PressReleasePage, material))
    revision = revise(page, material)
    draft = preview(client, revision.as_object())
    revision.publish()

    published = live(client, page)
    for document in (draft, published):
        names = [signatory["name"] for signatory in document["signatories"]]
        assert names == ["B. Brown", "D. Dunn", "C. Clark", "A. Adams"]
        assert [author["type"] for author in document["bylines"]] == ["organisation", "person"]


def test_rows_without_an_order_stand_as_they_were_saved(client, material):
    page = full_page(models.PressReleasePage, material)
    page.signatories = [models.Signatory(name=name) for name in "CABED"]
    place_below(material.section, page)
    draft = preview(client, page)
    page = publish_below(material.section, page)

    for document in (draft, live(client, page), preview(client, page.latest_revision.as_object())):
        assert [row["name"] for row in document["signatories"]] == list("CABED")


def test_footnotes_are_numbered_by_first_mention(client, material):
    page = publish_below(material.section, full_page(models.FactSheetPage, material))

    for document in (live(client, page), preview(client, page.latest_revision.as_object())):
        numbered = [(note["number"], note["uuid"]) for note in document["footnotes"]]
        assert numbered == [(1, str(SECOND_NOTE)), (2, str(FIRST_NOTE))]
        mentions = document["body"][0]["value"][0]["children"]
        assert [child["number"] for child in mentions if child["_type"] == "footnote"] == [1, 2]


def test_footnotes_have_the_same_numbers_whatever_is_asked_for(client, material):
    page = full_page(models.FactSheetPage, material)
    page.updates[0].value["text"].source = f'<p>Mended<footnote id="{FIRST_NOTE}">1</footnote></p>'
    page = publish_below(material.section, page)

    whole = live(client, page)
    assert [note["uuid"] for note in whole["footnotes"]] == [str(FIRST_NOTE), str(SECOND_NOTE)]
    for name in ("body", "footnotes"):
        assert live(client, page, fields=f"_,{name}") == {name: whole[name]}
    assert whole["updates"][0]["value"]["text"][0]["children"][1]["number"] == 1


def test_a_draft_whose_relations_were_deleted_is_still_answered(client, material):
    page = publish_below(material.section, full_page(models.PressReleasePage, material))
    draft = page.latest_revision.as_object()

    for lost in (material.person, material.topic, material.contact, material.document):
        lost.delete()
    material.release.delete()

    # A draft read again after the deletions, and one that an editor has had open all the time.
    for version in (page.latest_revision.as_object(), draft):
        assert without_envelope(preview(client, version)) == without_envelope(live(client, page))


def test_a_moved_page_previews_at_its_new_address(client, material):
    page = publish_below(material.section, full_page(models.StandardPage, material))
    opened = page.latest_revision.as_object()
    token = preview_of(opened).token
    page.move(material.home, pos="last-child")

    query = {"content_type": page.get_content_type_str(), "token": token}
    draft = client.get("/api/v2/page_preview/", query).json()

    assert without_envelope(draft) == without_envelope(live(client, page))
    assert draft["meta"]["parent"]["id"] == material.home.pk


def test_only_envelope_fields_tell_a_draft_from_its_page(client, material):
    page = publish_below(material.section, full_page(models.StandardPage, material))
    draft = preview(client, page.latest_revision.as_object())
    answer = live(client, page)

    assert draft != answer
    assert without_envelope(draft) == without_envelope(answer)
    assert without_envelope({**draft, "title": "Another"}) != without_envelope(answer)
    reordered = dict(reversed(draft.items()))
    assert without_envelope(reordered) != without_envelope(answer)
