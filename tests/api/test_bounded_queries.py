"""Invariant 5: 2 or 200 of anything cost the same number of queries."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect
from wagtail.embeds.embeds import get_embed_hash
from wagtail.embeds.models import Embed
from wagtail_footnotes.models import Footnote

from api.documents import store
from api.documents.models import Document
from frontend_contract.situations.drafts import preview_of
from pages import models
from tests import factories
from tests.bodies import block, items, link, picture
from tests.full_pages import EVERY_TYPE, full_page, parent_of, publish_below

pytestmark = pytest.mark.django_db

FEW, MANY, VERY_MANY = 2, 20, 200
PAGES = "/api/v2/pages/"


@pytest.fixture(autouse=True)
def nothing_is_cleared_away(monkeypatch):
    """Now and then whoever stores something clears away what nobody will ask for."""
    monkeypatch.setattr(store, "FORGETTING", 10**9)


class Things:
    """As many different things of each kind as there can be on a page."""

    def __init__(self, material, number):
        self.number = number
        image, document = material.image, material.document

        def bulk(model, **fields):
            return model.objects.bulk_create(
                model(**{name: make(n) for name, make in fields.items()}) for n in range(number)
            )

        self.pages = [
            factories.StandardPageFactory(parent=material.page, share_image=image)
            for _ in range(number)
        ]
        self.images = bulk(
            models.NewsImage,
            title="Picture {}".format,
            file=lambda n: image.file.name,
            width=lambda n: 640,
            height=lambda n: 480,
        )
        self.documents = bulk(
            models.NewsDocument, title="File {}".format, file=lambda n: document.file.name
        )
        self.organisations = bulk(
            models.Organisation, name="Body {}".format, logo=lambda n: self.images[n]
        )
        self.people = bulk(
            models.Person,
            name="Person {}".format,
            organisation=lambda n: self.organisations[n],
            portrait=lambda n: self.images[n],
        )
        for person in self.people[:MANY]:
            factories.ProfilePageFactory(parent=material.collection, person=person)
        self.contacts = bulk(models.PressContact, name="Contact {}".format)
        self.boilerplates = bulk(
            models.Boilerplate,
            name="Boilerplate {}".format,
            text=lambda n: f'<p><a linktype="page" id="{self.pages[n].pk}">More</a></p>',
        )
        self.embeds = [f"https://video.example/{n}" for n in range(number)]
        Embed.objects.bulk_create(
            Embed(url=url, hash=get_embed_hash(url), type="video", html="", last_updated=None)
            for url in self.embeds
        )


@pytest.fixture(scope="module")
def things(_material, django_db_blocker):
    with django_db_blocker.unblock():
        return Things(_material, VERY_MANY)


def words(kind, things, n):
    return "".join(f'<p><a linktype="{kind}" id="{thing.pk}">Words</a></p>' for thing in things[:n])


def figure(image):
    return {"image": picture(image), "caption": "", "credit": ""}


def quote(person):
    return {"quotation": "So.", "person": person.pk, "name": person.name, "post": ""}


# Bodies of n things of one kind.
BODIES: dict[str, Callable[[Any, int], list[Any]]] = {
    "links to pages": lambda t, n: [block("paragraph", words("page", t.pages, n))],
    "links to files": lambda t, n: [block("paragraph", words("document", t.documents, n))],
    "paragraphs": lambda t, n: [
        block("paragraph", words("page", [page], 1)) for page in t.pages[:n]
    ],
    "pictures in a text": lambda t, n: [
        block(
            "paragraph",
            "".join(f'<embed embedtype="image" id="{i.pk}" alt="" />' for i in t.images[:n]),
        )
    ],
    "pictures": lambda t, n: [block("image", figure(image)) for image in t.images[:n]],
    "a gallery": lambda t, n: [
        block("gallery", {"title": "", "images": items(*map(figure, t.images[:n]))})
    ],
    "quotes": lambda t, n: [block("quote", quote(person)) for person in t.people[:n]],
    "downloads": lambda t, n: [
        block("download", {"document": document.pk}) for document in t.documents[:n]
    ],
    "embeds": lambda t, n: [
        block("embed", {"media": url, "title": "A video", "transcript": t.documents[0].pk})
        for url in t.embeds[:n]
    ],
    "related pages": lambda t, n: [
        block("related_pages", {"title": "", "pages": items(*(page.pk for page in t.pages[:n]))})
    ],
    "calls to action": lambda t, n: [
        block("call_to_action", {"title": "Act", "button": "Go", "link": link(page=page.pk)})
        for page in t.pages[:n]
    ],
    "boilerplates": lambda t, n: [
        block("boilerplate", {"boilerplate": text.pk}) for text in t.boilerplates[:n]
    ],
    "contacts": lambda t, n: [
        block("contacts", {"title": "", "contacts": items(*(c.pk for c in t.contacts[:n]))})
    ],
    "cells of a table": lambda t, n: [
        block(
            "table",
            {
                "columns": [{"type": "rich_text", "heading": "Where"}],
                "rows": [{"values": [words("page", [page], 1)]} for page in t.pages[:n]],
            },
        )
    ],
    "footnotes": lambda t, n: [
        block("paragraph", "".join(f'<footnote id="{note_id(k)}">1</footnote>' for k in range(n)))
    ],
}

# Rows of n things that hang on a page.
ROWS: dict[str, Callable[[Any, int], list[Any]]] = {
    "bylines": lambda t, n: [models.Byline(person=person) for person in t.people[:n]],
    "related_pages": lambda t, n: [
        models.RelatedPage(related_page_id=page.pk) for page in t.pages[:n]
    ],
    "downloads": lambda t, n: [models.Download(document=file) for file in t.documents[:n]],
    "media_contacts": lambda t, n: [models.MediaContact(contact=c) for c in t.contacts[:n]],
    "signatories": lambda t, n: [models.Signatory(name=f"Chief {k}") for k in range(n)],
    "footnotes": lambda t, n: [
        Footnote(
            uuid=note_id(k), text=words("page", t.pages[k:], 1), locale_id=t.pages[0].locale_id
        )
        for k in range(n)
    ],
}


KINDS = sorted({*BODIES, *ROWS})


def note_id(n):
    return uuid.UUID(int=n)


def release(material, things, n, *kinds):
    """A live release with n things of each of the kinds."""
    page = factories.PressReleasePageFactory(parent=material.section)
    body = [b for kind in kinds if kind in BODIES for b in BODIES[kind](things, n)]
    # Without all that Wagtail does when it saves a page, such as indexing thousands of references.
    models.PressReleasePage.objects.filter(pk=page.pk).update(body=body)
    for kind in kinds:
        if kind in ROWS:
            rows = ROWS[kind](things, n)
            for row in rows:
                row.page = page
            type(rows[0]).objects.bulk_create(rows)
    return page


def cost(address):
    """The number of queries that encoding an answer takes in a warm process, and the answer."""
    client = Client()
    assert client.get(address).status_code == 200
    Document.objects.all().delete()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    return len(captured), response.json()


def size(document):
    """How many values an answer holds."""
    if isinstance(document, dict | list):
        inner = document.values() if isinstance(document, dict) else document
        return sum(map(size, inner))
    return 1


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_costs_the_same_whatever_it_holds(material, things, kind):
    few, short = cost(f"{PAGES}{release(material, things, FEW, kind).pk}/")
    many, long = cost(f"{PAGES}{release(material, things, MANY, kind).pk}/")

    assert many == few
    assert size(long) - size(short) >= MANY - FEW


def test_two_hundred_of_everything_cost_what_two_do(material, things):
    few, short = cost(f"{PAGES}{release(material, things, FEW, *KINDS).pk}/")
    most, long = cost(f"{PAGES}{release(material, things, VERY_MANY, *KINDS).pk}/")

    assert most == few
    assert few < 60
    assert size(long) > 50 * size(short)
    assert "incomplete" not in {found["type"] for found in long["body"]}


def test_a_draft_of_two_hundred_of_everything_costs_what_one_of_two_does(material, things):
    def draft(n):
        preview = preview_of(
            models.PressReleasePage.objects.get(pk=release(material, things, n, *KINDS).pk)
        )
        page, token = "content_type=pages.pressreleasepage", f"token={preview.token}"
        return cost(f"/api/v2/page_preview/?{page}&{token}")

    few, short = draft(FEW)
    most, long = draft(VERY_MANY)

    assert most == few
    assert few < 80
    assert size(long) > 50 * size(short)


@pytest.mark.parametrize("rich_text_format", ["portable_text", "html", "markdown", "db_html"])
def test_no_format_of_rich_text_costs_queries(material, things, rich_text_format):
    page = release(material, things, MANY, *BODIES)
    expected, _ = cost(f"{PAGES}{page.pk}/")

    queries, _ = cost(f"{PAGES}{page.pk}/?rich_text_format={rich_text_format}")

    # What pages are found by is written with one of the formats.
    assert expected - 2 <= queries <= expected


@pytest.mark.parametrize("model", EVERY_TYPE)
def test_a_listing_of_one_type_costs_the_same_however_long(material, model):
    parent = parent_of(model, material)
    for _ in range(3):
        publish_below(parent, full_page(model, material))
    address = f"{PAGES}?type={model.short_type()}&fields=*&order=-id"

    one, _ = cost(f"{address}&limit=1")
    few, listing = cost(f"{address}&limit=3")

    assert few == one
    assert len(listing["items"]) == 3


def test_a_listing_of_twenty_costs_what_one_of_two_does(material, things):
    for _ in range(MANY):
        release(material, things, FEW, *KINDS)
    address = f"{PAGES}?type=press_release&fields=*&order=-id"

    few, _ = cost(f"{address}&limit={FEW}")
    many, listing = cost(f"{address}&limit={MANY}")

    assert many == few
    assert len(listing["items"]) == MANY


def test_a_listing_of_all_types_costs_the_same_however_long(material):
    for _ in range(2):
        for model in EVERY_TYPE:
            publish_below(parent_of(model, material), full_page(model, material))
    address = f"{PAGES}?fields=*&order=-id"

    one_of_each, _ = cost(f"{address}&limit={len(EVERY_TYPE)}")
    two_of_each, listing = cost(f"{address}&limit={2 * len(EVERY_TYPE)}")

    assert two_of_each == one_of_each
    assert {item["meta"]["type"] for item in listing["items"]} == {
        model._meta.label for model in EVERY_TYPE
    }


def test_pages_that_point_to_a_page_cost_the_same_however_many(material):
    def superseded(n):
        page = factories.PressReleasePageFactory(parent=material.section)
        for _ in range(n):
            factories.PressReleasePageFactory(
                parent=material.section, supersedes=page, share_image=material.image
            )
        return cost(f"{PAGES}{page.pk}/")

    few, _ = superseded(FEW)
    many, answer = superseded(MANY)

    assert many == few
    assert len(answer["superseded_by"]) == MANY


def test_the_site_costs_the_same_however_many_entries_its_menus_have(material, things):
    def menus(n):
        entries = [{"text": "A page", "link": link(page=page.pk)} for page in things.pages[:n]]
        entries += [{"text": "A file", "link": link(document=f.pk)} for f in things.documents[:n]]
        settings = models.NewsroomSettings.for_site(material.site)
        settings.header_navigation = [
            block("item", {**entry, "children": items(*entries[:FEW])}) for entry in entries
        ]
        settings.footer_navigation = [block("column", {"title": "More", "links": items(*entries)})]
        settings.calls_to_action = [
            block("call_to_action", {"title": "Act", "button": "Go", "link": entry["link"]})
            for entry in entries
        ]
        settings.save()
        return cost("/api/v2/site/")

    few, _ = menus(FEW)
    many, answer = menus(MANY)

    assert many == few
    assert len(answer["header_navigation"]) == 2 * MANY


@pytest.mark.parametrize("files", ["images", "documents"])
def test_files_cost_the_same_however_many(things, files):
    for file in getattr(things, files)[:MANY]:
        file.tags.add("tagged", f"tag {file.pk}")

    few, _ = cost(f"/api/v2/{files}/?fields=*&tags=tagged&limit={FEW}")
    many, listing = cost(f"/api/v2/{files}/?fields=*&tags=tagged&limit={MANY}")

    assert many == few
    assert len(listing["items"]) == MANY


def test_redirects_cost_the_same_however_many(things):
    for page in things.pages[:MANY]:
        Redirect.add_redirect(f"/old/{page.pk}/", page)

    few, _ = cost(f"/api/v2/redirects/?fields=*&limit={FEW}")
    many, listing = cost(f"/api/v2/redirects/?fields=*&limit={MANY}")

    assert many == few
    assert len(listing["items"]) == MANY


def stored_cost(address):
    """The number of queries that an answer takes whose documents are stored."""
    client = Client()
    first = client.get(address)
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).content == first.content
    return len(captured)


@pytest.mark.parametrize("fields", ["", "&fields=*", "&fields=title,body"])
@pytest.mark.parametrize("conditions", ["", "&year=2016", "&order=-publication_date", "&count=0"])
def test_a_listing_of_stored_documents_takes_three_queries(material, things, fields, conditions):
    address = f"{PAGES}?type=standard&limit={MANY}{fields}{conditions}"
    assert stored_cost(f"{address}&_=around what is kept") == 3
    assert stored_cost(address) == 1


@pytest.mark.parametrize(
    "address",
    ["pages/{page.pk}/", "pages/{page.pk}/?rich_text_format=html", "site/", "route/?path=/"],
)
def test_a_stored_document_takes_one_query(material, things, address):
    assert stored_cost("/api/v2/" + address.format(page=things.pages[0])) == 1
