"""`rich_text_format=`: Portable Text, or one of v2's strings."""

import re

import pytest

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


def test_database_html_refers_to_public_pages_only(texts, tree):
    assert texts("db_html")[0] == (
        f'<p>To the <a linktype="page" id="{tree.news.pk}">news</a> and a draft</p>'
    )


def test_database_markdown_refers_to_public_pages_only(texts):
    field, block = texts("db_markdown")

    assert re.fullmatch(r"To the \[news\]\(wagtail://\S+\) and a draft", field.strip())
    assert block in field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<p></p>",
        '<p>é &amp; <b>one</b><br/>two</p><hr/><embed embedtype="media" url="https://v.example/1"/>',
        '<p><a linktype="page" id="{news}">News</a> <a href="https://a.example/?b=1&amp;c">A</a></p>',
        '<embed alt="Cranes" embedtype="image" format="left" id="{image}"/><p>After</p>',
        '<p><a linktype="document" id="{document}">Plan</a><footnote id="x">1</footnote></p>',
    ],
)
def test_database_html_of_what_is_public_is_what_is_stored(client, tree, text):
    stored = text.format(news=tree.news.pk, image=tree.image.pk, document=tree.document.pk)
    home = fresh(tree.home)
    home.introduction = stored
    home.save()

    answer = client.get(f"/api/v2/pages/{home.pk}/?rich_text_format=db_html&fields=introduction")
    assert contract.part(answer)["introduction"] == stored


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '<p>One</p><embed alt="Secret" embedtype="image" id="{private}"/><p>Two<br/>lines</p>',
            "<p>One</p><p>Two<br>lines</p>",
        ),
        (
            '<embed alt="Secret" embedtype="image" id="{private}"><p>Left open</p>',
            "<p>Left open</p>",
        ),
        ('<p><a href="javascript:alert(1)">Press</a> me</p>', "<p>Press me</p>"),
        ('<p>Open<!-- <a linktype="page" id="3"> --></p>', "<p>Open</p>"),
        ('<html><body><p>a</p></body><body><a id="9">b</a></body></html>', "<p>a</p>b"),
        ('<!doctype html><p><a id="9">b</a></p>', "<p>b</p>"),
        ("<html><!-- --></html>", ""),
        ("</div></body><a>b</a>", "b"),
        (
            '<p><a linktype="document" id="{paper}">A <b>paper</b></a>.</p>',
            "<p>A <b>paper</b>.</p>",
        ),
        (
            '<p><a linktype="page" id="999999">Gone</a></p><embed embedtype="media" url="https://v/1"/>',
            '<p>Gone</p><embed embedtype="media" url="https://v/1"/>',
        ),
    ],
)
def test_database_html_without_what_is_not_public(client, tree, text, expected):
    home = fresh(tree.home)
    home.introduction = text.format(private=tree.private_image.pk, paper=tree.private_document.pk)
    home.save()

    answer = client.get(f"/api/v2/pages/{home.pk}/?rich_text_format=db_html&fields=introduction")
    assert contract.part(answer)["introduction"] == expected


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
