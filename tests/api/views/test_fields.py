"""`fields=`: which parts of a document are answered. See also `test_like_wagtail.py`."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.documents.models import Document
from tests.api import contract
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db


@pytest.fixture
def select(client, tree):
    """Asks for parts of the press release."""

    def ask(fields: str, **parameters):
        query = {"fields": fields, **parameters}
        return client.get(f"/api/v2/pages/{tree.release.pk}/", query)

    return ask


@pytest.fixture
def release(select):
    return contract.page(select("*"))


def test_everything_is_the_default_of_a_detail(client, tree, select, release):
    assert contract.page(client.get(f"/api/v2/pages/{tree.release.pk}/")) == release
    assert contract.page(select("")) == release
    assert contract.page(select("title")) == release


def test_named_members_only(select, release):
    assert contract.part(select("_,title,slug,summary")) == {
        "meta": {"slug": release["meta"]["slug"]},
        "title": release["title"],
        "summary": release["summary"],
    }
    assert contract.part(select("_")) == {}


def test_all_but_named_members(select, release):
    del release["body"], release["title"], release["meta"]["parent"]

    assert contract.part(select("*,-body,-title,-parent")) == release
    assert contract.part(select("-body,-title,-parent")) == release


def test_type_stands_at_the_top_and_in_meta(select):
    assert contract.part(select("_,type")) == {
        "type": "press_release",
        "meta": {"type": "pages.PressReleasePage"},
    }
    assert "type" not in contract.part(select("-type"))["meta"]


def test_members_keep_their_order(select, release):
    names = list(contract.part(select("_,body,title,id,kind")))

    assert names == [name for name in release if name in names]
    assert len(names) == 4


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("_,share_image(_,width,height)", {"share_image": {"width": 640, "height": 480}}),
        ("_,parent(_,title,html_url)", {"meta": {"parent": {
            "meta": {"html_url": "https://frontend.example/news/"}, "title": "News"}}}),
        ("_,parent(_,title)", {"meta": {"parent": {"title": "News"}}}),
        ("_,bylines(_,name)", {"bylines": [{"type": "person", "name": "Ada Quay"}]}),
        (
            "_,bylines(_,organisation(_,url))",
            {"bylines": [{"type": "person", "organisation": {"type": "organisation", "url": ""}}]},
        ),
        ("_,topics(_,slug)", {"topics": [{"type": "topic", "slug": "ports"}]}),
        ("_,body(_,type)", {"body": [{"type": "section"}]}),
        (
            "_,body(_,value(_,title))",
            {"body": [{"type": "section", "value": {"title": "A section"}}]},
        ),
        ("_,event(_,who)", {"event": None}),
    ],
)  # fmt: skip
def test_parts_of_what_lies_below(select, fields, expected):
    assert contract.part(select(fields)) == expected


def test_what_lies_below_is_whole_unless_told_otherwise(select, release):
    for fields in ("_,share_image", "_,share_image(*)", "_,share_image(width)"):
        assert contract.part(select(fields)) == {"share_image": release["share_image"]}
    del release["share_image"]["sources"], release["share_image"]["url"]
    answer = contract.part(select("*,share_image(-sources,-url)"))
    assert answer == release


def test_kinds_of_blocks_stay_told_apart_at_any_depth(select):
    content = contract.part(select("_,body(_,value(_,content(_,value(_,text))))"))["body"][0]

    assert content["type"] == "section"
    blocks = content["value"]["content"]
    assert len({block["type"] for block in blocks}) == len(blocks) > 10
    assert all(block.keys() <= {"type", "value"} for block in blocks)


def test_rich_text_can_be_cut_down_as_nodes_but_not_as_a_string(client, tree):
    home = fresh(tree.home)
    home.introduction = "<p>Welcome to the <b>harbour</b>.</p>"
    home.save()
    address = f"/api/v2/pages/{home.pk}/?fields=_,introduction(_,children(_,text))"

    nodes = contract.part(client.get(address))["introduction"]
    assert nodes[0]["children"][1] == {"_type": "span", "text": "harbour"}
    html = contract.part(client.get(f"{address}&rich_text_format=html"))["introduction"]
    assert html == "<p>Welcome to the <strong>harbour</strong>.</p>"


def test_what_is_stored_is_not_fetched_again(client, tree):
    def tables() -> str:
        with CaptureQueriesContext(connection) as queries:
            contract.pages(client.get("/api/v2/pages/?fields=*"))
        return " ".join(query["sql"] for query in queries)

    Document.objects.all().delete()
    first, second = tables(), tables()
    for table in ("pages_newsimage", "pages_person", "pages_topic", "pages_byline"):
        assert table in first
        assert table not in second


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ("nothing,title,nor_this", "unknown fields: nor_this, nothing"),
        ("meta", "unknown fields: meta"),
        ("_,parent(_,meta)", "unknown fields: meta"),
        ("_,share_image(nothing)", "unknown fields: nothing"),
        ("_,body(value(content(nothing)))", "unknown fields: nothing"),
        ("_,title(a)", "'title' does not support nested fields"),
        ("_,slug(*)", "'slug' does not support nested fields"),
        ("_,body(", "fields error: unexpected end of input"),
        ("_,body)", "fields error: unexpected char ')' at position 6"),
        ("body(" * 790, "fields error: "),
        ("-", "fields error: '-' must be followed by the name to leave out"),
        ("*,-", "fields error: '-' must be followed by the name to leave out"),
        ("*(title)", "fields error: unexpected char '('"),
    ],
)
def test_what_to_mend_is_said(select, fields, detail):
    assert detail in contract.problem(select(fields), 400)


def test_listings_know_no_parent(client, tree):
    detail = contract.problem(client.get("/api/v2/pages/?fields=parent"), 400)

    assert detail == "unknown fields: parent"


@pytest.mark.parametrize(
    "address", ["site/", "route/?path=/news/dredging/", "images/", "redirects/"]
)
def test_every_endpoint_knows_fields(client, tree, address):
    separator = "&" if "?" in address else "?"

    everything = client.get(f"/api/v2/{address}{separator}fields=*")
    nothing = client.get(f"/api/v2/{address}{separator}fields=_")
    unknown = client.get(f"/api/v2/{address}{separator}fields=nothing")

    assert len(nothing.content) < len(everything.content) or not everything.json().get("items")
    assert "id" not in json.dumps(nothing.json())
    assert contract.problem(unknown, 400) == "unknown fields: nothing"
