"""The same questions to Wagtail's own API v2 and to ours: what v2 answers, we answer too."""

import pytest
from django.test import Client
from wagtail.models import Page

from tests.api import contract
from tests.api.tree import Tree

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.views.stock_urls")]


@pytest.fixture(autouse=True)
def scheduler_has_run(tree: Tree, db: None) -> None:
    """Until then Wagtail shows the page that has expired, and we do not."""
    Page.objects.filter(pk=tree.hidden["expired"].pk).update(live=False)


def address(tree: Tree, template: str) -> str:
    return template.format(**vars(tree), **{f"hidden_{k}": v for k, v in tree.hidden.items()})


def ask(client: Client, tree: Tree, template: str):
    """Wagtail's answer, and ours."""
    return tuple(client.get(address(tree, root + template)) for root in ("/stock/", "/api/v2/"))


def stock_spelling(text: str) -> str:
    return text.replace("/api/v2/", "/stock/")


PAGE_QUERIES = [
    "",
    "_=1479123456",
    "format=json",
    "limit=2",
    "limit=2&offset=3",
    "limit=0",
    "limit=20",
    "offset=1000000",
    "order=id",
    "order=-id",
    "order=slug",
    "order=-slug,title",
    "order=title,-id",
    "order=",
    "id={release.pk}",
    "id={hidden_draft.pk}",
    "slug=dredging",
    "slug=nothing",
    "title=About&order=id",
    "show_in_menus=true",
    "show_in_menus=0",
    "alias_of={about.pk}",
    "type=pages.PressReleasePage",
    "type=pages.pressreleasepage",
    "type=pages.PressReleasePage&limit=1&offset=1",
    "type=pages.PressReleasePage,pages.FactSheetPage",
    "type=pages.PressReleasePage,pages.FactSheetPage&order=-slug",
    "type=wagtailcore.Page",
    "type=",
    "type=pages.PressReleasePage&publication_date=2017-02-01",
    "type=pages.PressReleasePage&supersedes={release.pk}",
    "type=pages.PressReleasePage&topics={ports.pk}",
    "type=pages.PressReleasePage&order=-publication_date,id",
    "type=pages.FactSheetPage&kind=report",
    "type=pages.ProfilePage&person={person.pk}",
    "child_of={news.pk}",
    "child_of=root",
    "child_of={news.pk}&type=pages.PressReleasePage&order=-slug",
    "child_of={french_home.pk}",
    "descendant_of={home.pk}",
    "descendant_of=root",
    "descendant_of={facts.pk}&slug=harbour",
    "ancestor_of={statute.pk}",
    "ancestor_of={statute.pk}&type=pages.HomePage",
    "translation_of={about.pk}",
    "translation_of=root",
    "translation_of={french_about.pk}&locale=en",
    "locale=fr",
    "locale=en&child_of={home.pk}",
    "site=other.example",
    "site=other.example:443",
    "search=harbour",
    "search=harbour+facts",
    "search=harbour+facts&search_operator=or",
    "search=harbour+facts&search_operator=and",
    "search=harbour&order=-title",
    "search=harbour&type=pages.PressReleasePage",
    "search=harbour&type=pages.PressReleasePage&order=-publication_date",
    "search=harbour&child_of={news.pk}",
    "search=harbour&locale=en&limit=1&offset=1&order=title",
    "search=nothingatall",
    "search=",
]


@pytest.mark.parametrize("query", PAGE_QUERIES)
def test_listings_hold_the_same_pages_in_the_same_order(client, tree, query):
    stock, ours = ask(client, tree, f"pages/?{query}")

    assert stock.status_code == 200
    found, expected = (
        [item["id"] for item in items] for items in (contract.pages(ours), stock.json()["items"])
    )
    if "search=" in query and "order=" not in query:
        # Which of them is the more relevant, everybody sees differently.
        found, expected = sorted(found), sorted(expected)
    assert found == expected
    assert ours.json()["meta"]["total_count"] == stock.json()["meta"]["total_count"]


def test_queries_compared_find_something(client, tree):
    """A table of empty listings would prove nothing."""
    found = [client.get(address(tree, f"/stock/pages/?{query}")) for query in PAGE_QUERIES]

    assert sum(bool(response.json()["items"]) for response in found) > 50


@pytest.mark.parametrize("query", ["", "locale=fr", "fields=show_in_menus,seo_title,alias_of"])
def test_items_say_of_pages_what_wagtail_says(client, tree, query):
    stock, ours = ask(client, tree, f"pages/?{query}")

    compared = 0
    for theirs, item in zip(stock.json()["items"], contract.pages(ours), strict=True):
        assert item["title"] == theirs["title"]
        for name, value in theirs["meta"].items():
            assert _stock(item["meta"][name]) == value, name
            compared += 1
    assert compared > 10


def test_details_say_of_pages_what_wagtail_says(client, tree):
    for page in tree.public:
        stock, ours = ask(client, tree, f"pages/{page.pk}/")
        document = contract.page(ours)
        assert (document["id"], document["title"]) == (page.pk, page.title)
        for name, value in stock.json()["meta"].items():
            assert _stock(document["meta"][name]) == value, name


def _stock(value):
    """A member of our answer, its addresses as they are in the stock one."""
    if isinstance(value, str):
        return stock_spelling(value).replace(".000Z", "Z")
    if isinstance(value, dict):
        return {name: _stock(member) for name, member in value.items()}
    return value


FIELDS = [
    "*",
    "_",
    "_,title",
    "_,id,slug",
    "_,type",
    "_,detail_url,locale",
    "-title",
    "-id,-type",
    "*,-title",
    "seo_title",
    "show_in_menus,-slug",
    "title,title",
    "",
]


@pytest.mark.parametrize("fields", FIELDS)
def test_fields_select_what_wagtail_selects(client, tree, fields):
    """Among those that Wagtail has; ours come on top of `*` and of the default."""
    stock, ours = ask(client, tree, f"pages/?fields={fields}")

    known = {"id", "title", "type", "detail_url", "html_url", "slug", "show_in_menus", "seo_title"}
    known |= {"search_description", "first_published_at", "alias_of", "locale"}
    for theirs, item in zip(stock.json()["items"], contract.pages(ours), strict=True):
        selected = {*item, *item.get("meta", {})} - {"meta"}
        assert selected & known == {*theirs, *theirs.get("meta", {})} - {"meta"}
        if fields.startswith("_"):
            assert selected <= known


BAD_QUERIES = [
    "limit=21",
    "limit=-1",
    "limit=many",
    "limit=",
    "offset=-1",
    "offset=x",
    "order=nothing",
    "order=title,",
    "order=random,title",
    "order=random&offset=1",
    "nothing=1",
    "parent=3",
    "html_url=x",
    "show_in_menus=yes",
    "id=x",
    "type=nothing",
    "type=pages.Nothing",
    "type=pages.NewsImage",
    "type=pages.PressReleasePage,nothing.Nothing",
    "child_of=x",
    "child_of=-1",
    "child_of=999999",
    "child_of={hidden_draft.pk}",
    "child_of={other_page.pk}",
    "descendant_of=x",
    "descendant_of={hidden_private.pk}",
    "child_of={news.pk}&descendant_of={home.pk}",
    "ancestor_of=root",
    "ancestor_of=999999",
    "translation_of=x",
    "translation_of={hidden_below.pk}",
    "locale=xx",
    "locale=",
    "site=nowhere.example",
    "rich_text_format=word",
    "fields=nothing",
    "fields=-nothing",
    "fields=parent",
    "fields=title,*",
    "fields=-*",
    "fields=*,title",
    "fields=_,-title",
    "fields=title(id)",
    "fields=title,,id",
    "fields=title,",
    "fields=(title)",
    "fields=title,%20id",
    "fields=share_image(id&type=pages.PressReleasePage",
    "fields=share_image(nothing)&type=pages.PressReleasePage",
    "fields=publication_date&type=pages.PressReleasePage,wagtailcore.Page(",
]


@pytest.mark.parametrize("query", BAD_QUERIES)
def test_what_wagtail_refuses_is_refused_with_the_same_status(client, tree, query):
    stock, ours = ask(client, tree, f"pages/?{query}")

    assert stock.status_code in (400, 404)
    contract.problem(ours, stock.status_code)


@pytest.mark.parametrize(
    "query", ["limit=21", "limit=-1", "offset=x", "order=nothing", "nothing=1", "child_of=x"]
)
def test_messages_are_those_of_wagtail(client, tree, query):
    stock, ours = ask(client, tree, f"pages/?{query}")

    assert contract.problem(ours, 400) == stock.json()["message"]


@pytest.mark.parametrize(
    "query",
    [
        "id={release.pk}",
        "id={release.pk}&fields=title",
        "html_path=/news/dredging/",
        "html_path=news/dredging",
        "html_path=//news//dredging",
        "html_path=/",
        "html_path=/about/gesetz-%C3%BCber-h%C3%A4fen/",
        "html_path=/news/dredging/&fields=_,title&rich_text_format=html",
        "html_path=/news/nothing/",
        "html_path=/unpublished/",
        "html_path=/private/",
        "html_path=/private/below/",
        "html_path=/news/draft/",
        "id={hidden_draft.pk}",
        "id=999999",
        "",
    ],
)
def test_find_leads_where_wagtail_leads(client, tree, query):
    stock, ours = ask(client, tree, f"pages/find/?{query}")

    assert ours.status_code == stock.status_code
    assert stock_spelling(ours.headers.get("Location", "")) == stock.headers.get("Location", "")


@pytest.mark.parametrize(
    "query",
    [
        "images/",
        "images/?id={image.pk}",
        "images/?title=Cranes+at+dusk",
        "images/?tags=cranes",
        "images/?tags=dusk,cranes",
        "images/?tags=cranes,nothing",
        "images/?width=640&order=-title",
        "images/?search=cranes",
        "images/?search=secret",
        "documents/",
        "documents/?tags=plans",
        "documents/?search=dredging&order=-id",
    ],
)
def test_files_are_listed_as_wagtail_lists_them(client, tree, query):
    stock, ours = ask(client, tree, query)

    read = contract.images if query.startswith("images") else contract.documents
    items, theirs = read(ours), stock.json()["items"]
    assert ours.json()["meta"] == stock.json()["meta"]
    assert [item["id"] for item in items] == [item["id"] for item in theirs]
    for item, their in zip(items, theirs, strict=True):
        assert item["title"] == their["title"]
        for name in ("type", "detail_url", "tags"):
            assert _stock(item["meta"][name]) == their["meta"][name]


@pytest.mark.parametrize("query", ["images/{private_image.pk}/", "documents/999999/"])
def test_files_that_are_not_public_are_not_found(client, tree, query):
    stock, ours = ask(client, tree, query)

    assert stock.status_code == 404
    contract.problem(ours, 404)
