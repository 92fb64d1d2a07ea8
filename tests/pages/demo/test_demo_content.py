"""What the demo holds: every kind of page and block, in a state that editors can go on from."""

import re
from collections import Counter
from datetime import UTC, date, datetime, time

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail import blocks
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Page, ReferenceIndex, Site
from wagtail_footnotes.models import Footnote

from pages import demo
from pages.blocks.body import BodyBlock, ContentBlock
from pages.demo.video import VIDEO
from pages.models import (
    Boilerplate,
    FactSheetPage,
    HomePage,
    NewsImage,
    NewsroomPage,
    NewsroomSettings,
    Person,
    PressReleasePage,
    ProfileIndexPage,
    ProfilePage,
    SectionPage,
    StandardPage,
)
from tests.pages.demo.reading import all_pages, everything_of, rich_texts, streams

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("loaded"),
]

TITLES = [
    "Law Enforcement Leaders Discuss Immigration With DHS Leadership",
    "Backgrounder: Jurisdictions Permitting LPR Hiring",
    "Comparison of the Obama, Trump, and Biden Administration Immigration Enforcement Priorities",
    "Fact Sheet: Warrant Service Officer (WSO) Program",
    "Profiles: Immigrants in Law Enforcement Contributing to Public Safety",
    "Fact Sheet: Immigrants and Crime",
    "Fact Sheet: Immigrant Youth and MS-13",
    "Background on Local Law Enforcement’s Role in Immigration Enforcement – § 287(g) Agreements",
    "Background on ‘Sanctuary Jurisdictions’ – 8 U.S.C. § 1373",
    "Ability to Hire LPRs Would Help Local Law Enforcement",
    "Executive Summary: The Legal Questions Around Immigration Detainers",
]
REAL_PEOPLE = {"Tom Manger", "Ali Noorani", "Laurence Benenson"}


def paper(title: str) -> FactSheetPage:
    return FactSheetPage.objects.get(title__startswith=title)


# What there is


@pytest.mark.parametrize("title", TITLES)
def test_every_page_of_the_seeds_is_live(title):
    assert Page.objects.live().filter(title=title).count() == 1


@pytest.mark.shared
def test_the_titles_are_those_of_the_seeds(request):
    seeds = (request.config.rootpath / "../shared/seeds").resolve()
    lines = {
        line.strip().casefold()
        for seed in seeds.glob("*.txt")
        for line in seed.read_text().splitlines()
    }
    assert len(TITLES) == 11
    assert [title for title in TITLES if title.casefold() not in lines] == []


def test_the_tree():
    home = HomePage.objects.get()
    news, path = home.get_children().type(SectionPage)
    assert (news.title, path.title) == ("News and Resources", "Path to Public Safety")
    assert {page.title for page in home.get_children().type(StandardPage)} == {"About", "Contact"}
    assert path.get_children().type(FactSheetPage).count() == 10
    assert ProfileIndexPage.objects.get().get_parent() == path
    assert ProfileIndexPage.objects.get().get_children().type(ProfilePage).count() == 6
    assert news.get_children().type(PressReleasePage).count() == 5
    assert len(all_pages()) == len(demo.ITEMS)


def test_every_kind_of_paper_and_release():
    for model in (FactSheetPage, PressReleasePage):
        kinds = set(model.objects.live().values_list("kind", flat=True))
        assert kinds == set(model.Kind.values)


def test_every_block_stands_on_a_page_and_in_a_section():
    outside: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for page in all_pages():
        for child in page.body:
            outside[child.block_type] += 1
            if child.block_type == "section":
                inside.update(part.block_type for part in child.value["content"])
    assert outside.keys() == BodyBlock().child_blocks.keys()
    assert inside.keys() == ContentBlock().child_blocks.keys()
    assert len(inside) == 20


def test_every_type_of_table_cell_and_notice_is_used():
    cells = {
        column["block"].name
        for _, table in everything_of(TypedTableBlock)
        for column in table.columns
    }
    assert cells == {"text", "rich_text", "number", "date", "yes_no"}
    kinds = {
        value["kind"]
        for block, value in everything_of(blocks.StructBlock)
        if "corrected_words" in block.child_blocks
    }
    assert kinds == {"update", "correction", "clarification", "retraction"}


def test_papers_refer_to_each_other():
    summary, report = paper("Executive Summary"), paper("A Path to Public Safety")
    assert summary.summary_of == report
    assert list(report.has_summary.all()) == [summary]
    assert paper("Backgrounder").follow_up_to == paper("Ability to Hire")
    assert summary.note_numbering == "lower_roman"


def test_a_comparison_is_listed_in_two_sections():
    page = paper("Comparison")
    assert page.get_parent().title == "Path to Public Safety"
    assert [section.title for section in page.further_sections.all()] == ["News and Resources"]
    notice = page.updates[0].value
    assert notice["date"] == date(2021, 10, 27)
    assert notice["superseded_by"]["page"].live


def test_the_press_release():
    page = PressReleasePage.objects.get(title=TITLES[0])
    assert page.dateline_place == "SAN DIEGO"
    assert (page.publication_date, page.date_precision) == (date(2016, 10, 1), "month")
    assert page.issued_by.name == "Law Enforcement Immigration Task Force"
    quotes = [child.value for child in page.body if child.block_type == "quote"]
    assert [quote["name"] for quote in quotes] == ["Tom Manger", "Ali Noorani"]
    assert all(quote["post"] and quote["organisation"] for quote in quotes)


def test_a_letter_has_its_signatories():
    letter = PressReleasePage.objects.get(kind="sign_on_letter")
    assert letter.signatories.count() == 12
    assert {signatory.retired for signatory in letter.signatories.all()} == {True, False}
    assert letter.letter_date < letter.publication_date


def test_an_advisory_replaces_another():
    later = PressReleasePage.objects.get(supersedes__isnull=False)
    assert later.event["starts_at"].isoformat() == "2018-05-15T10:30:00-07:00"
    assert later.event["ends_at"] > later.event["starts_at"]
    assert later.supersedes.kind == "media_advisory"


# What is real in it


def test_whoever_is_not_real_is_marked_as_a_sample():
    names = set(Person.objects.values_list("name", flat=True))
    assert names >= REAL_PEOPLE
    assert all("(sample)" in name for name in names - REAL_PEOPLE)
    for page in ProfilePage.objects.all():
        assert page.title.startswith("Sample Profile:")
        assert page.summary.startswith("Sample profile:")


def quotations() -> dict[str, list[str]]:
    """What is quoted, by speaker."""
    said: dict[str, list[str]] = {}
    for block, value in everything_of(blocks.StructBlock):
        if "quotation" in block.child_blocks:
            said.setdefault(value["name"], []).append(value["quotation"])
    return said


def test_real_people_are_quoted_twice_and_samples_are_marked():
    said = quotations()
    assert {name: len(said.get(name, [])) for name in REAL_PEOPLE} == {
        "Tom Manger": 1,
        "Ali Noorani": 1,
        "Laurence Benenson": 0,
    }
    assert all("(sample)" in name for name in said.keys() - REAL_PEOPLE)


@pytest.mark.shared
def test_real_people_are_quoted_word_for_word(request):
    seed = request.config.rootpath / "../shared/seeds/press-release-dhs-leadership.txt"
    text = seed.resolve().read_text()
    for name in ("Tom Manger", "Ali Noorani"):
        assert quotations()[name][0].removesuffix(".") in text


def test_figures_are_marked_as_samples():
    sources = [
        value["source"]["title"]
        for block, value in everything_of(blocks.StructBlock)
        if "figure" in block.child_blocks
    ]
    assert len(sources) >= 5
    assert all(title.startswith("Sample figures") for title in sources)


# The state it is in


def test_every_page_is_published_as_of_its_day():
    for page in all_pages():
        noon = datetime.combine(page.publication_date, time(12), UTC)
        assert page.live
        assert page.first_published_at == page.last_published_at == noon
        assert not page.has_unpublished_changes
        assert page.live_revision == page.latest_revision == page.revisions.get()
        assert page.summary
        assert page.full_clean() is None


def test_revisions_hold_what_is_live():
    aside = {"live", "live_revision", "latest_revision", "latest_revision_created_at"}
    aside |= {"last_published_at", "has_unpublished_changes", "draft_title"}
    compared = 0
    for page in all_pages():
        live, revised = contents(page), contents(page.live_revision.as_object())
        assert [name for name in live if live[name] != revised[name] and name not in aside] == []
        compared += len(live)
    assert compared > 500


def contents(page: NewsroomPage) -> dict:
    """The page's fields, with its streams as data: databases order the keys in them differently."""
    return page.serializable_data() | {
        field.name: getattr(page, field.name).get_prep_value()
        for field in page._meta.get_fields()
        if isinstance(field, StreamField)
    }


def test_pictures_and_files_are_all_used():
    for model in (NewsImage, get_document_model()):
        for thing in model.objects.all():
            assert ReferenceIndex.get_references_to(thing).exists(), thing
    assert ReferenceIndex.get_references_to(Boilerplate.objects.first()).count() > 1


def test_pictures_are_described_and_small():
    images = NewsImage.objects.all()
    assert images.count() >= 20
    for image in images:
        assert image.description
        assert image.credit
        assert image.placeholder
        assert image.file_hash
        assert image.file_size < 150_000
    portraits = images.filter(title__startswith="Portrait")
    assert portraits.count() == 8
    for image in portraits:
        assert image.width / image.height == 4 / 5
        assert image.has_focal_point()
    landscapes = images.filter(width=1600)
    assert landscapes.count() + portraits.count() + 2 == images.count()
    assert {image.height for image in landscapes} == {1067}


def test_the_video_is_known_without_asking(monkeypatch):
    def ask(*args):
        raise AssertionError("asked the network")

    monkeypatch.setattr("wagtail.embeds.embeds.get_finder_for_embed", ask)
    embeds = [
        value["media"]
        for block, value in everything_of(blocks.StructBlock)
        if "transcript" in block.child_blocks
    ]
    assert len(embeds) >= 2
    for embed in embeds:
        assert embed.url == VIDEO
        assert "<iframe" in embed.html


def test_the_settings_are_filled_in():
    newsroom = NewsroomSettings.for_site(Site.objects.get())
    assert [line.value for line in newsroom.tagline] == [
        "Learn more. Contact Us.",
        "Share questions. Get more information. Get involved.",
    ]
    empty = [name for name in NewsroomSettings.api_fields if not getattr(newsroom, name)]
    assert empty == []


# What editors can do with it


def test_every_stream_is_saved_unchanged():
    """Opening a page in the admin and saving it checks its streams, and may complete them."""
    checked = 0
    for block, value in streams():
        assert block.get_prep_value(block.clean(value)) == block.get_prep_value(value)
        checked += len(value)
    assert checked > 150


def test_every_rich_text_is_saved_unchanged():
    """What the editor has no feature for it would drop."""
    texts = [(html, features) for html, features in rich_texts() if html]
    assert len(texts) > 100
    for html, features in texts:
        converter = ContentstateConverter(features)
        assert converter.to_database_format(converter.from_database_format(html)) == html


def test_every_note_is_marked_once_and_every_mark_has_its_note():
    notes = [str(note.uuid) for note in Footnote.objects.all()]
    marks = [mark for html, _ in rich_texts() for mark in re.findall(r'<footnote id="(.*?)"', html)]
    assert len(notes) >= 15
    assert Counter(marks) == Counter(notes)


def test_notes_stand_in_the_order_of_their_marks():
    for page in all_pages():
        html = str(page.body.get_prep_value())
        places = [html.index(str(note.uuid)) for note in page.footnotes.all()]
        assert places == sorted(places)


@pytest.mark.parametrize("model", NewsroomPage.__subclasses__())
def test_every_type_of_page_opens_in_the_admin(model, client):
    client.force_login(get_user_model().objects.create_superuser("editor"))
    page = model.objects.first()
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    assert answer.status_code == 200
