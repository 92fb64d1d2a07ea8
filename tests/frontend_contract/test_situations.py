"""The published examples: everything occurs in one, and they are the same bytes everywhere."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache, caches
from django.core.files.storage import default_storage
from django.db import connection, connections
from django.utils import translation
from pydantic import TypeAdapter
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from api.codecs.pages import any_page, page_codec, page_models
from api.codecs.sites import site_answer
from api.errors import Problem
from api.views.files import DocumentItem, ImageItem
from api.views.redirects import RedirectItem
from api.views.route import route_answer
from frontend_contract.extensions import extensions
from frontend_contract.situations import (
    Situation,
    UnexpectedAnswer,
    answers,
    ask_everything,
    every_situation,
    fixed_settings,
    make_newsroom,
    scratch_newsroom,
    situations,
)
from pages.models import Topic

PAGE_SCHEMAS = {model.__name__: model for model in page_models().values()}
NOTHING: tuple[Any, ...] = (None, "", [])
# What a full page cannot have as well: it is no alias, few are translated, and nothing is above the
# front page.
HAVE_EXAMPLES_OF_THEIR_OWN = {"translations", "meta.alias_of"}
ABOVE = {"breadcrumbs", "meta.parent"}


@pytest.fixture(scope="module")
def files(django_db_blocker) -> dict[str, bytes]:
    """The examples from a newsroom in memory. Needs no test database."""
    with django_db_blocker.unblock():
        return answers()


@pytest.fixture(scope="module")
def bodies(files) -> dict[str, Any]:
    """What the files hold, by the name of the situation."""
    return {name.removesuffix(".json"): json.loads(content) for name, content in files.items()}


def of_pages() -> list[Situation]:
    return [situation for situation in every_situation() if situation.schema in PAGE_SCHEMAS]


def blocks_in(stream: list[dict[str, Any]]) -> set[str]:
    """Types of blocks; those in a section with its name before theirs."""
    found = {block["type"] for block in stream}
    for block in stream:
        if block["type"] == "section":
            found |= {f"section.{name}" for name in blocks_in(block["value"]["content"])}
    return found


def blocks_of(block: Any) -> set[str]:
    """The same of what a stream may hold."""
    found = set(block.child_blocks)
    if "section" in found:
        content = block.child_blocks["section"].child_blocks["content"]
        found |= {f"section.{name}" for name in content.child_blocks}
    return found


@pytest.mark.parametrize("name", page_models())
def test_every_page_type_is_there_with_everything_and_with_nothing(bodies, name):
    for kind in ("full", "minimal"):
        assert f"{name}/{kind}" in bodies, (
            f"No example is called {name}/{kind}: add an Example to a module of "
            "frontend_contract/situations/, and a line to PAGES in its situations.py."
        )
        assert bodies[f"{name}/{kind}"]["type"] == name


@pytest.mark.parametrize("name", page_models())
def test_every_block_of_every_stream_occurs_in_the_full_page(bodies, name):
    expected = found = 0
    for field in page_models()[name]._meta.get_fields():
        if isinstance(field, StreamField):
            blocks = blocks_of(field.stream_block)
            missing = blocks - blocks_in(bodies[f"{name}/full"][field.name])
            assert not missing, (
                f"{field.name} of {name}/full has no {', '.join(sorted(missing))}: add one to "
                "content_blocks() in frontend_contract/situations/bodies.py if it belongs to "
                "bodies, else to the example of the page."
            )
            expected, found = expected + 1, found + len(blocks)
    assert expected >= 1
    assert found >= 41  # twenty blocks, the section, and the twenty in it


@pytest.mark.parametrize("name", page_models())
def test_nothing_is_empty_on_a_full_page(bodies, name):
    page = bodies[f"{name}/full"]
    members = {**page, **{f"meta.{name}": value for name, value in page["meta"].items()}}
    empty = {member for member, value in members.items() if value in NOTHING}
    empty -= HAVE_EXAMPLES_OF_THEIR_OWN | (ABOVE if name == "home" else set())
    assert not empty, (
        f"Nothing is in {', '.join(sorted(empty))} of {name}/full: fill it in where "
        "frontend_contract/situations/ makes the page."
    )
    assert len(members) > 20


def test_what_full_pages_lack_has_examples_of_its_own(bodies):
    assert bodies["press_release/translated"]["translations"][0]["locale"] == "es"
    assert bodies["standard/alias"]["meta"]["alias_of"]["title"] == "Imprint"


def test_every_body_is_of_its_schema(bodies):
    kinds: dict[str, Any] = {
        "Route": route_answer(),
        "Site": site_answer(),
        "ImageItem": ImageItem,
        "DocumentItem": DocumentItem,
        "RedirectItem": RedirectItem,
        "Problem": Problem,
        **{name: page_codec(model).answer for name, model in PAGE_SCHEMAS.items()},
        **{name: kind for each in extensions() for name, kind in each.answers().items()},
    }
    adapters = {name: TypeAdapter(kind) for name, kind in kinds.items()}
    page = TypeAdapter(any_page())
    checked = 0
    for situation in every_situation():
        body = json.dumps(bodies[situation.name])
        if situation.schema.endswith("Listing"):
            listing = bodies[situation.name]
            assert listing.keys() == {"meta", "items"}
            assert bool(listing["items"]) == (situation.name != "listing/empty")
            continue
        adapters[situation.schema].validate_json(body, strict=True)
        if situation.schema in PAGE_SCHEMAS:
            page.validate_json(body, strict=True)
        if situation.schema == "Problem":
            assert bodies[situation.name]["status"] == situation.status
        checked += 1
    assert checked > 40
    assert len(of_pages()) > 25


def test_index_tells_of_every_file_in_order(files, bodies):
    index = bodies["index"]
    assert [entry["file"] for entry in index] == [name for name in files if name != "index.json"]
    assert [entry["name"] for entry in index] == [each.name for each in every_situation()]
    # Who says the right passcode asks what who says none does.
    asked = [(entry["method"], entry["request"], entry["status"]) for entry in index]
    assert len(set(asked)) == len(asked)
    requests = [entry["request"] for entry in index]
    tokens = [request for request in requests if "token=" in request]
    assert len(tokens) == 3
    assert all(request.endswith("token=TOKEN") for request in tokens)


def test_hidden_things_are_named_nowhere(files):
    hidden = [
        b"Not for readers", b"Not for the public", b"Unreleased", b"closed meeting",
        b"will be deleted", b"withheld.png", b"lost.png", b"lost.pdf",
    ]  # fmt: skip
    for name, content in files.items():
        assert [words for words in hidden if words in content] == [], name


def test_dead_links_are_dead_in_every_place(bodies):
    page = bodies["press_release/dead_links"]
    marks = [mark["_type"] for node in page["body"][0]["value"] for mark in node["markDefs"]]
    assert marks == ["dead_link"] * 7
    dead = {"type": "dead"}
    assert page["supersedes"] == dead
    assert page["related_pages"] == [dead] * 4  # the row of a deleted page goes with it
    assert page["boilerplate"] is None
    lost = [block["value"]["block"] for block in page["body"] if block["type"] == "incomplete"]
    assert lost == ["boilerplate", "contacts"]


def test_lost_pictures_leave_incomplete_blocks(bodies):
    body = bodies["press_release/lost_pictures"]["body"]
    lost = [block["value"]["block"] for block in body if block["type"] == "incomplete"]
    assert lost == ["image", "image", "gallery"]


def test_unfinished_draft_names_what_is_missing(bodies):
    body = bodies["preview/unfinished_draft"]["body"]
    missing = [block["value"]["block"] for block in body if block["type"] == "incomplete"]
    assert missing == ["heading", "quote", "questions", "gallery", "section"]
    assert bodies["preview/never_saved"]["id"] is None


def test_review_shows_a_thread_a_verdict_and_what_changed(bodies):
    review = bodies["review/draft"]["review"]
    assert len(review["threads"][0]["replies"]) == 1
    assert review["verdict"]["current"] is False
    assert [each["change"] for each in review["changes"]["blocks"]] == ["changed", "moved"]
    assert [each["type"] for each in review["changes"]["removed"]] == ["callout"]
    assert bodies["review/passcode_needed"]["needs"] == ["passcode"]


@pytest.mark.django_db
def test_a_second_run_on_another_day_gives_the_same_bytes(files):
    with time_machine.travel(datetime(2031, 12, 31, 23, 59, tzinfo=UTC)):
        assert answers() == files


@pytest.mark.django_db
def test_the_same_content_in_any_database_gives_the_same_bytes(files):
    Site.objects.all().delete()
    Page.objects.get(depth=2).delete()
    with fixed_settings():
        make_newsroom()
        assert ask_everything() == files


@pytest.mark.django_db
def test_examples_are_not_made_where_there_is_content():
    with pytest.raises(ValueError, match="empty newsroom"):
        make_newsroom()


def state() -> dict[str, Any]:
    """What this process has that a scratch newsroom replaces."""
    return {
        "connection": connections["default"],
        "vendor": connection.vendor,
        "topics": list(Topic.objects.values_list("name", flat=True)),
        "pages": list(Page.objects.values_list("pk", "title")),
        "sites": [tuple(site) for site in Site.get_site_root_paths()],
        "content_types": {
            model._meta.label: ContentType.objects.get_for_model(model).pk
            for model in apps.get_models()
        },
        "settings": {name: getattr(settings, name) for name in dir(settings) if name.isupper()},
        "storage": (default_storage.__class__, default_storage.url("a.png")),
        "cache": (type(caches["default"]), cache.get("kept")),
        "language": translation.get_language(),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("fails", [False, True])
def test_everything_is_as_it_was_afterwards(fails):
    Topic.objects.create(name="Ours", slug="ours")
    cache.set("kept", "yes")
    before = state()
    try:
        with scratch_newsroom():
            assert connection.vendor == "sqlite"
            assert not Topic.objects.exists()
            assert cache.get("kept") is None
            make_newsroom()
            if fails:
                raise ZeroDivisionError
    except ZeroDivisionError:
        assert fails
    assert state() == before


@pytest.mark.django_db
def test_another_status_than_expected_is_an_error_that_says_so(monkeypatch):
    wrong = Situation("wrong", "/api/v2/pages/?colour=blue", "PageListing", "Not as expected.")
    monkeypatch.setattr(situations, "every_situation", lambda: [wrong])
    with pytest.raises(UnexpectedAnswer, match=r"wrong: GET .*colour=blue .* 400 instead of 200"):
        answers()
