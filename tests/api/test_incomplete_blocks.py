"""What an editor has not finished, or what was deleted, is typed: live and in preview alike."""

import pytest

from pages import models
from tests import factories
from tests.api.answers import all_blocks, live, preview, without_envelope
from tests.bodies import block, items, picture
from tests.full_pages import full_page, publish_below

pytestmark = pytest.mark.django_db

# For each block, a value as a form leaves it unfinished, and what is then missing.
UNFINISHED = {
    "heading": ({"text": "", "level": "h2"}, ["text"]),
    "paragraph": ("<p></p>", ["paragraph"]),
    "quote": ({"quotation": "", "person": None, "name": "", "post": ""}, ["quotation"]),
    "text_quotation": ({"text": "", "citation": ""}, ["text", "citation"]),
    "questions": (
        {"title": "", "items": items({"question": "Why?", "answer": ""})},
        ["items.0.answer"],
    ),
    "image": ({"image": None, "caption": "", "credit": ""}, ["image"]),
    "gallery": ({"title": "", "images": []}, ["images"]),
    "embed": ({"media": "", "title": "", "transcript": None}, ["media", "title"]),
    "download": ({"document": None, "title": ""}, ["document"]),
    "table": ({"columns": [], "rows": [], "caption": ""}, ["columns"]),
    "key_facts": ({"title": "", "facts": []}, ["facts"]),
    "statistics": (
        {"items": items({"figure": "", "label": "counted", "source": {"title": ""}})},
        ["items.0.figure", "items.0.source.title"],
    ),
    "claims": ({"start": None, "items": []}, ["start", "items"]),
    "timeline": (
        {"events": items({"date": None, "when": "", "title": "Begun", "text": ""})},
        ["events.0.when"],
    ),
    "callout": ({"kind": None, "title": "", "text": ""}, ["kind", "text"]),
    "update": ({"kind": "update", "date": None, "text": "<p>Mended.</p>"}, ["date"]),
    "related_pages": ({"title": "", "pages": items(None)}, ["pages.0"]),
    "call_to_action": ({"title": "Act", "text": "", "button": "", "link": {}}, ["button", "link"]),
    "boilerplate": ({"boilerplate": None}, ["boilerplate"]),
    "contacts": ({"title": "", "contacts": items(None)}, ["contacts.0"]),
    "section": ({"title": "", "content": []}, ["title", "content"]),
}


def test_unfinished_blocks_are_typed_and_name_what_they_lack(client, material):
    kinds = set(models.StandardPage.body.field.stream_block.child_blocks)
    assert kinds == UNFINISHED.keys()
    page = publish_below(material.section, full_page(models.StandardPage, material))
    page.body = [block(kind, value) for kind, (value, _) in UNFINISHED.items()]
    revision = page.save_revision(clean=False)

    draft = preview(client, revision.as_object())

    answered = {found["value"]["block"]: found for found in draft["body"]}
    assert answered.keys() == kinds
    for kind, (_, missing) in UNFINISHED.items():
        assert answered[kind]["type"] == "incomplete"
        assert answered[kind]["value"]["missing"] == missing, kind
    revision.publish()
    assert without_envelope(live(client, page)) == without_envelope(draft)


# The same for what is asked for only because of what else is written: nothing that can be told by
# the type of one member.
CORRECTION = {"kind": "correction", "date": "2021-10-27", "text": "<p>Mended.</p>"}


def test_what_only_the_rest_of_a_block_asks_for_is_missing_too(client, material):
    figure = {"image": picture(material.image, alt="")}
    page = factories.StandardPageFactory(parent=material.section)
    page.body = [
        block("quote", {"quotation": "Words.", "person": None, "name": "", "post": ""}),
        block("update", {**CORRECTION, "corrected_words": ""}),
        block("image", figure),
        block("gallery", {"title": "", "images": items(figure, figure)}),
    ]
    revision = page.save_revision(clean=False)

    found = preview(client, revision.as_object())["body"]

    assert {answered["type"] for answered in found} == {"incomplete"}
    assert [(answered["value"]["block"], answered["value"]["missing"]) for answered in found] == [
        ("quote", ["name"]),
        ("update", ["corrected_words"]),
        ("image", ["image.alt"]),
        ("gallery", ["images.0.image.alt", "images.1.image.alt"]),
    ]


def test_what_was_left_out_for_a_reason_is_not_missing(client, material):
    quote = {"quotation": "Words.", "person": material.person.pk, "name": ""}
    figure = {"image": picture(material.image, alt="", decorative=True)}
    notice = {**CORRECTION, "kind": "update"}
    page = factories.StandardPageFactory(
        parent=material.section,
        body=[block("quote", quote), block("image", figure), block("update", notice)],
    )

    found = live(client, page)["body"]

    assert [answered["type"] for answered in found] == ["quote", "image", "update"]


def test_an_unfinished_block_in_a_section_leaves_the_section_whole(client, material):
    content = [block("heading", {"text": "", "level": "h2"}), block("paragraph", "<p>Words</p>")]
    page = factories.StandardPageFactory(
        parent=material.section, body=[block("section", {"title": "A part", "content": content})]
    )

    (found,) = live(client, page)["body"]

    assert found["type"] == "section"
    assert [inner["type"] for inner in found["value"]["content"]] == ["incomplete", "paragraph"]


def test_what_a_live_page_shows_is_deleted(client, material):
    figure = {"image": picture(material.image), "caption": "", "credit": ""}
    gone, stays = factories.PressContactFactory(), factories.PressContactFactory()
    page = factories.PressReleasePageFactory(
        parent=material.section,
        boilerplate=material.boilerplate,
        body=[
            block("image", figure),
            block("boilerplate", {"boilerplate": material.boilerplate.pk}),
            block("contacts", {"title": "", "contacts": items(gone.pk, stays.pk)}),
            block("contacts", {"title": "", "contacts": items(gone.pk)}),
            block("download", {"document": material.document.pk, "title": "The paper"}),
        ],
    )
    draft = page.save_revision().as_object()
    assert "incomplete" not in {found["type"] for found in all_blocks(live(client, page))}

    for lost in (material.image, material.boilerplate, gone, material.document):
        lost.delete()

    answer = live(client, page)
    image, boilerplate, contacts, no_contacts, download = answer["body"]
    assert image["value"] == {"block": "image", "missing": ["image"]}
    assert boilerplate["value"] == {"block": "boilerplate", "missing": ["boilerplate"]}
    assert [contact["id"] for contact in contacts["value"]["contacts"]] == [stays.pk]
    assert no_contacts["value"] == {"block": "contacts", "missing": ["contacts"]}
    assert download["value"] == {"document": {"type": "dead"}, "title": "The paper"}
    assert answer["boilerplate"] is None
    assert without_envelope(preview(client, draft)) == without_envelope(answer)


def test_a_list_loses_what_was_deleted_and_keeps_the_rest(client, material):
    gone = factories.ImageFactory()
    figures = [
        {"image": picture(image), "caption": f"Number {number}", "credit": ""}
        for number, image in enumerate((material.image, gone, material.image))
    ]
    unfinished = {"image": {"image": None, "alt_text": "So far only words"}, "caption": ""}
    page = factories.StandardPageFactory(
        parent=material.section,
        body=[
            block("gallery", {"title": "Three", "images": items(*figures)}),
            block("gallery", {"title": "Two", "images": items(*figures[:2])}),
            block("gallery", {"title": "A draft", "images": items(*figures[:2], unfinished)}),
        ],
    )

    gone.delete()

    three, two, draft = live(client, page)["body"]
    captions = [figure["caption"] for figure in three["value"]["images"]]
    assert captions == ["Number 0", "Number 2"]
    assert two["value"] == {"block": "gallery", "missing": ["images"]}
    assert draft["value"] == {"block": "gallery", "missing": ["images.1.image"]}
