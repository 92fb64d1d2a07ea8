"""`rich_text_format=`: Portable Text, or one of v2's strings."""

import pytest

from pages.models import NewsroomSettings
from tests import bodies
from tests.api import contract
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

FORMATS = ("portable_text", "html", "markdown", "db_html", "db_markdown")


@pytest.fixture
def linking(tree):
    """A page whose texts link to a public page and to a draft."""
    links = f'<a linktype="page" id="{tree.news.pk}">news</a>'
    links += f' and <a linktype="page" id="{tree.hidden["draft"].pk}">a draft</a>'
    page = fresh(tree.home)
    page.introduction = f"<p>To the {links}</p>"
    page.body = [
        bodies.section([bodies.block("callout", _callout(f"<p>{links}</p>"))]),
    ]
    page.save()
    return page


def _callout(text: str) -> dict[str, str]:
    return {"kind": "note", "title": "", "text": text}


@pytest.fixture
def texts(client, linking):
    """A field's and a block's text in a format."""

    def ask(name: str):
        query = {"rich_text_format": name, "fields": "introduction,body"}
        answer = contract.part(client.get(f"/api/v2/pages/{linking.pk}/", query))
        block = answer["body"][0]["value"]["content"][0]
        return answer["introduction"], block["value"]["text"]

    return ask


def test_html_links_to_public_pages_only(texts):
    field, block = texts("html")

    assert field == ('<p>To the <a href="https://frontend.example/news/">news</a> and a draft</p>')
    assert block == field.replace("To the ", "")


def test_markdown_links_to_public_pages_only(texts):
    field, block = texts("markdown")

    assert field.strip() == "To the [news](https://frontend.example/news/) and a draft"
    assert block in field


def test_database_html_is_what_is_stored(texts, linking):
    assert texts("db_html")[0] == linking.introduction


def test_database_markdown_keeps_references(texts, linking):
    field, block = texts("db_markdown")

    assert field.startswith("To the [news](wagtail://")
    assert block in field


def test_portable_text_is_the_default(client, linking, texts):
    answer = contract.page(client.get(f"/api/v2/pages/{linking.pk}/"))

    assert texts("portable_text")[0] == answer["introduction"]
    assert answer["introduction"][0]["_type"] == "block"


@pytest.mark.parametrize("name", FORMATS)
def test_listing_route_and_detail_write_the_same(client, linking, texts, name):
    expected, _ = texts(name)

    listing = client.get(
        f"/api/v2/pages/?type=home&id={linking.pk}&fields=introduction&rich_text_format={name}"
    )
    route = client.get(f"/api/v2/route/?path=/&rich_text_format={name}")
    assert contract.part(listing)["items"][0]["introduction"] == expected
    assert contract.part(route)["page"]["introduction"] == expected


def test_only_rich_text_changes(client, tree):
    answers = [
        contract.part(client.get(f"/api/v2/pages/{tree.about.pk}/?rich_text_format={name}"))
        for name in FORMATS
    ]

    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("name", FORMATS)
def test_every_endpoint_knows_the_formats(client, tree, name):
    for address in ("site/", "images/", "documents/", "redirects/", f"images/{tree.image.pk}/"):
        contract.part(client.get(f"/api/v2/{address}?rich_text_format={name}"))
    assert NewsroomSettings.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "pages/",
        "pages/{home.pk}/",
        "pages/find/?html_path=/",
        "images/",
        "documents/",
        "redirects/",
        "route/?path=/",
        "site/",
        "page_preview/",
    ],
)
def test_other_formats_are_refused_everywhere(client, tree, address):
    address = address.format(**vars(tree))
    separator = "&" if "?" in address else "?"

    response = client.get(f"/api/v2/{address}{separator}rich_text_format=word")

    assert contract.problem(response, 400) == (
        "rich_text_format must be one of portable_text, html, markdown, db_html, db_markdown, "
        "got 'word'"
    )
