"""`pages/`: which pages are listed, and in what order. See also `test_like_wagtail.py`."""

from urllib.parse import quote

import pytest
from wagtail.models import Page, Site

from api.codecs.pages import page_codec
from tests import factories
from tests.api import contract

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/pages/"


def titles(response) -> list[str]:
    return [item["title"] for item in contract.pages(response)]


def found(client, tree, query: str) -> set[str]:
    """Names that the tree gives to the pages a query finds."""
    items = contract.pages(client.get(f"{ADDRESS}?{query.format(**vars(tree))}"))
    names = {page.pk: name for name, page in vars(tree).items() if isinstance(page, Page)}
    return {names[item["id"]] for item in items}


# Our own filters --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("uuid={release.uuid}", {"release"}),
        ("uuid={release.uuid},{about.uuid}&order=title", {"release", "about"}),
        ("uuid={hidden[draft].uuid}", set()),
        ("kind=statement", {"statement"}),
        ("kind=media_advisory,report", {"advisory", "report"}),
        ("kind=press_release&type=fact_sheet", set()),
        ("topic=fishing", {"advisory"}),
        ("topic=ports", {"release", "advisory", "sheet"}),
        ("topic=fishing,ports", {"release", "advisory", "sheet"}),
        ("topic=nothing", set()),
        ("person={person.pk}", {"release", "profile"}),
        ("person=999999", set()),
        ("section={news.pk}", {"release", "advisory", "statement", "sheet"}),
        ("section={facts.pk}", {"sheet", "report"}),
        ("published_from=2017-02-01", {"advisory", "statement", "report"}),
        ("published_until=2015-01-01", {"about", "french_about"}),
        ("published_from=2016-05-01&published_until=2016-05-01", {"sheet"}),
        ("published_from=2019-01-01&published_until=2018-01-01", set()),
        ("topic=ports&kind=fact_sheet", {"sheet"}),
        ("topic=ports&section={news.pk}&published_from=2017-01-11", {"advisory"}),
        ("topic=ports&search=dredging", {"release"}),
        ("search=harbour&kind=media_advisory,fact_sheet", {"advisory", "sheet"}),
        ("person={person.pk}&type=profile", {"profile"}),
        ("type=press_release&publication_date=2017-02-01", {"advisory", "statement"}),
        ("type=press_release&topics={fishing.pk}&topic=ports", {"advisory"}),
    ],
)
def test_filters_find(client, tree, query, expected):
    assert found(client, tree, query) == expected


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("kind=nothing", "kind 'nothing' does not exist; there are backgrounder, "),
        ("kind=", "kind '' does not exist"),
        ("uuid=17", "uuid must be one UUID or several, with commas between"),
        ("person=ada", "person must be a positive integer"),
        ("section=news", "section must be a positive integer"),
        ("section=999999", "section doesn't exist"),
        ("section={hidden[private].pk}", "section doesn't exist"),
        ("section={other_page.pk}", "section doesn't exist"),
        ("published_from=0000-00-00", "published_from must be a date such as 2016-10-17"),
        ("published_until=yesterday", "published_until must be a date such as 2016-10-17"),
        ("search=harbour&search_operator=xor", "search_operator must be 'and' or 'or'"),
        ("search=" + "a" * 251, "search cannot be longer than 250 characters"),
        ("fields=" + "a" * 4001, "fields cannot be longer than 4000 characters"),
        ("offset=99999999999", "offset cannot be higher than 2147483647"),
        ("slug=a&slug=b", "slug is given 2 times; give it once"),
        ("slug=a%00", "null characters are not allowed in 'slug'"),
        ("type=press_release&topics=ports", "topics must be a positive integer"),
        ("type=press_release&publication_date=soon", "'soon' is not a valid value"),
        ("type=press_release&body=1", "cannot filter by 'body'"),
        ("type=press_release&order=topics", "cannot order by 'topics' (unknown field)"),
        ("order=kind", "cannot order by 'kind' (unknown field)"),
        ("site=nowhere.example", "There is no such site."),
        ("locale=xx", "There is no such locale."),
    ],
)
def test_what_to_mend_is_said(client, tree, query, detail):
    response = client.get(f"{ADDRESS}?{query.format(**vars(tree))}")

    assert detail in contract.problem(response, 404 if "There is no" in detail else 400)


# Types ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "names",
    [
        "press_release",
        "pages.PressReleasePage",
        "pages.pressreleasepage",
        "press_release,press_release",
        "press_release,pages.PressReleasePage",
    ],
)
def test_type_takes_the_short_name_and_the_label(client, tree, names):
    expected = {"release", "advisory", "statement"}

    assert found(client, tree, f"type={names}") == expected
    assert found(client, tree, f"type={names},home") == expected | {"home", "french_home"}


def test_base_type_stands_for_every_type(client, tree):
    everything = contract.pages(client.get(f"{ADDRESS}?fields=*"))

    assert contract.pages(client.get(f"{ADDRESS}?fields=*&type=wagtailcore.Page")) == everything


def test_listing_of_several_types_answers_the_whole_of_each(client, tree):
    items = contract.pages(client.get(f"{ADDRESS}?fields=*"))

    assert [item["id"] for item in items] == sorted(
        (page.pk for page in tree.public), key=[item["id"] for item in items].index
    )
    types = {page.pk: page_codec(type(page)).answer for page in tree.public}
    for item in items:
        assert set(item) == set(types[item["id"]].model_fields)
        assert "parent" not in item["meta"]
    assert len({item["type"] for item in items}) == 7


def test_field_of_some_types_is_answered_where_there_is_one(client, tree):
    items = contract.pages(client.get(f"{ADDRESS}?fields=_,id,kind"))

    kinds = {item["id"]: item["kind"] for item in items if "kind" in item}
    with_kind = (tree.release, tree.advisory, tree.statement, tree.sheet, tree.report)
    assert kinds == {page.pk: page.kind for page in with_kind}
    assert len(items) == len(tree.public)


def test_listing_says_the_same_as_the_detail(client, tree):
    for item in contract.pages(client.get(f"{ADDRESS}?fields=*")):
        detail = contract.page(client.get(f"{ADDRESS}{item['id']}/"))
        del detail["meta"]["parent"]
        assert item == detail


# Order and pages --------------------------------------------------------------------------------


def test_several_types_are_ordered_by_publication_date(client, tree):
    query = "order=-publication_date,title&type=press_release,fact_sheet"

    assert titles(client.get(f"{ADDRESS}?{query}")) == [
        "Fishing report",
        "Advisory: harbour tour",
        "Statement on quotas",
        "Harbour dredging begins",
        "Harbour facts",
    ]
    assert titles(client.get(f"{ADDRESS}?{query}&search=harbour&topic=ports")) == [
        "Advisory: harbour tour",
        "Harbour dredging begins",
        "Harbour facts",
    ]


@pytest.mark.parametrize("order", ["", "&order=publication_date", "&order=first_published_at"])
def test_paging_meets_every_page_once(client, tree, order):
    """Also where pages are equal in what they are ordered by."""
    met = []
    for offset in range(0, 18, 3):
        response = client.get(f"{ADDRESS}?limit=3&offset={offset}{order}")
        met += [item["id"] for item in contract.pages(response)]
        assert response.json()["meta"]["total_count"] == len(tree.public)

    assert sorted(met) == sorted(page.pk for page in tree.public)


def test_random_order_has_the_same_pages(client, tree):
    items = contract.pages(client.get(f"{ADDRESS}?order=random&type=press_release"))

    assert {item["id"] for item in items} == {
        page.pk for page in (tree.release, tree.advisory, tree.statement)
    }
    assert titles(client.get(f"{ADDRESS}?order=random&search=dredging")) == [tree.release.title]


# Search -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("containers", {"sheet"}),
        ('"containers and cranes"', {"sheet"}),
        ('harbour "', {"home", "release", "advisory", "sheet"}),
        ("harbour -- % ' \\", {"home", "release", "advisory", "sheet"}),
        ("§ 1373", {"release", "statute"}),
        ("propos", {"french_about"}),
        (" ", set()),
        ('"', set()),
        ("* ? !", set()),
    ],
)
def test_search_finds_words_whatever_stands_between_them(client, tree, words, expected):
    assert found(client, tree, f"search={quote(words)}") == expected


# Sites ------------------------------------------------------------------------------------------


def test_other_site_has_pages_of_its_own(client, tree):
    expected = [tree.other_site.root_page.title, "Elsewhere"]

    assert titles(client.get(f"{ADDRESS}?site=other.example")) == expected
    assert titles(client.get(ADDRESS, headers={"host": "other.example"})) == expected


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "other.example"]


def test_root_is_that_of_the_requested_site(client, tree):
    response = client.get(f"{ADDRESS}?site=other.example&child_of=root")

    assert titles(response) == ["Elsewhere"]


def test_host_of_two_sites_needs_its_port(client, tree):
    home = factories.HomePageFactory(parent=Page.get_first_root_node(), title="Third", slug="third")
    Site.objects.create(hostname="other.example", port=8443, root_page=home)

    detail = contract.problem(client.get(f"{ADDRESS}?site=other.example"), 400)
    assert "port number" in detail
    assert titles(client.get(f"{ADDRESS}?site=other.example:8443")) == ["Third"]


def test_newsroom_without_a_site_is_not_found(client, tree):
    Site.objects.all().delete()

    assert contract.problem(client.get(ADDRESS), 404) == "No site is set up yet."


# Nothing leaks ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "fields=*",
        "fields=*&type=standard,press_release",
        "fields=*&search=hidden",
        "fields=*&child_of={home.pk}",
        "fields=*&section={news.pk}",
        "fields=*&published_from=2001-01-01&order=-publication_date",
        "slug=expired",
        "id={hidden[draft].pk}",
        "alias_of={hidden[private].pk}",
    ],
)
def test_what_is_not_public_is_in_no_listing(client, tree, query):
    response = client.get(f"{ADDRESS}?{query.format(**vars(tree))}")

    contract.pages(response)
    assert "Hidden" not in response.text
