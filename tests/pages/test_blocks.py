"""What editors are told of blocks, and what blocks refuse."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail import hooks
from wagtail.blocks import Block
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from pages.blocks.body import BodyBlock
from pages.blocks.links import LinkBlock
from pages.blocks.notices import UpdateNoticeBlock
from pages.blocks.text import QuoteBlock
from tests.factories import HomePageFactory, PersonFactory

BODY = BodyBlock()
CHILDREN = sorted(BODY.child_blocks)


def test_there_are_all_kinds_of_blocks():
    assert len(CHILDREN) == 21


@pytest.mark.parametrize("name", CHILDREN)
def test_a_block_has_icon_group_description_and_preview_value(name):
    block = BODY.child_blocks[name]
    icons = [icon for hook in hooks.get_hooks("register_icons") for icon in hook([])]
    known = {icon.rpartition("/")[2].removesuffix(".svg") for icon in icons}

    assert block.meta.icon in known
    assert block.meta.group
    assert str(block.get_description()).endswith(".")
    assert block.is_previewable
    assert block.meta.preview_value is not None


@pytest.mark.django_db
@pytest.mark.parametrize("name", CHILDREN)
def test_the_block_picker_shows_a_preview(name, admin_client):
    block = BODY.child_blocks[name]
    assert block.definition_prefix in Block.definition_registry

    url = reverse("wagtailadmin_block_preview")
    response = admin_client.get(url, {"id": block.definition_prefix})

    assert response.status_code == 200


def test_sections_do_not_nest():
    assert "section" not in BODY.child_blocks["section"].child_blocks["content"].child_blocks


# Links ----------------------------------------------------------------------------------------


def link(**destination):
    empty = {"page": None, "document": None, "url": "", "email": "", "phone": ""}
    return LinkBlock().to_python({**empty, **destination})


def test_a_link_with_one_destination_is_fine():
    assert LinkBlock().clean(link(email="press@example.org"))["email"] == "press@example.org"


def test_a_link_without_destination_says_what_to_do():
    with pytest.raises(StructBlockValidationError) as error:
        LinkBlock().clean(link())

    assert "Choose a page or a document" in str(error.value.as_json_data())


def test_an_optional_link_may_be_empty():
    LinkBlock(required=False).clean(link())


def test_a_link_with_two_destinations_names_the_second():
    with pytest.raises(StructBlockValidationError) as error:
        LinkBlock().clean(link(url="https://example.org/", phone="+1 202 555 0100"))

    assert "one destination only" in str(error.value.as_json_data()["blockErrors"]["phone"])


@pytest.mark.parametrize("text", ["call us", "javascript:alert(1)", "+"])
def test_a_telephone_number_is_one(text):
    with pytest.raises(StructBlockValidationError):
        LinkBlock().clean(link(phone=text))


@pytest.mark.parametrize("text", ["javascript:alert(1)", "data:text/html,x", "/news/"])
def test_a_web_address_is_complete_and_harmless(text):
    with pytest.raises(StructBlockValidationError):
        LinkBlock().clean(link(url=text))


# Quotations -----------------------------------------------------------------------------------


def quote(**parts):
    empty = {"quotation": "Words.", "person": None, "name": "", "post": "", "organisation": ""}
    return QuoteBlock().to_python({**empty, **parts})


@pytest.mark.django_db
def test_a_person_fills_in_what_is_empty():
    person = PersonFactory(name="Jordan Reyes", post="Sheriff", organisation__name="Lake County")

    cleaned = QuoteBlock().clean(quote(person=person.pk))

    assert (cleaned["name"], cleaned["post"]) == ("Jordan Reyes", "Sheriff")
    assert cleaned["organisation"] == "Lake County"


@pytest.mark.django_db
def test_the_post_held_at_that_time_is_kept():
    person = PersonFactory(name="Jordan Reyes", post="Sheriff")

    cleaned = QuoteBlock().clean(quote(person=person.pk, post="Deputy"))

    assert (cleaned["post"], cleaned["organisation"]) == ("Deputy", "")


def test_a_quotation_needs_a_speaker():
    with pytest.raises(StructBlockValidationError) as error:
        QuoteBlock().clean(quote())

    assert "Choose a person or write a name" in str(error.value.as_json_data())


def test_a_draft_may_lack_the_speaker():
    assert QuoteBlock().clean_deferred(quote(quotation=""))["name"] == ""


# Updates --------------------------------------------------------------------------------------


def notice(**parts):
    empty = {"kind": "update", "date": "2021-10-27", "text": "<p>New.</p>"}
    return UpdateNoticeBlock().to_python({**empty, **parts})


def test_a_correction_says_the_right_words():
    with pytest.raises(StructBlockValidationError) as error:
        UpdateNoticeBlock().clean(notice(kind="correction", original_words="Monday"))

    assert "what the words should have been" in str(error.value.as_json_data())


def test_an_update_needs_no_words():
    UpdateNoticeBlock().clean(notice())


@pytest.mark.django_db
def test_related_pages_are_chosen_among_readable_pages():
    home = HomePageFactory(parent=Page.get_first_root_node())
    chooser = BODY.child_blocks["related_pages"].child_blocks["pages"].child_block

    with pytest.raises(ValidationError):
        chooser.clean(home)
