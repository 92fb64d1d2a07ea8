"""`facets=`: counts under all conditions but the facet's own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/pages/"
NAMES = ("topic", "kind", "year", "section")


def facets(client, query=""):
    answer = client.get(f"{ADDRESS}?facets={','.join(NAMES)}{query}").json()
    return {
        name: {value["value"]: value["count"] for value in values}
        for name, values in answer["meta"]["facets"].items()
    }


@pytest.mark.parametrize(
    "conditions",
    [
        "",
        "&type=press_release",
        "&kind=statement,report",
        "&topic=ports",
        "&section={news.pk}",
        "&year=2017",
        "&year=2016,2018&kind=report",
        "&topic=fishing&year=2017&type=press_release",
        "&search=harbour",
        "&search=harbour&year=2017",
        "&locale=fr",
        "&child_of={news.pk}&kind=statement",
        "&person={person.pk}",
        "&show_in_menus=false&kind=statement",
        "&order=seo_title&kind=statement",
        "&site=other.example",
    ],
)
def test_each_is_what_filtering_by_it_would_give(client, tree, conditions):
    """By every value of each facet, those that are counted and those that are not."""
    query = conditions.format(**vars(tree))
    found = facets(client, query)
    assert set(found) == set(NAMES)
    values = facets(client)
    checked = 0
    for name in NAMES:
        without = "".join(
            f"&{part}" for part in query.split("&") if part and not part.startswith(f"{name}=")
        )
        for value in values[name].keys() | found[name].keys():
            if name == "section" and "other.example" in query:
                continue
            answer = client.get(f"{ADDRESS}?{name}={value}{without}&limit=0").json()
            assert found[name].get(value, 0) == answer["meta"]["total_count"], (name, value)
            checked += 1
    assert checked >= 6


def test_they_are_labelled_and_the_most_frequent_come_first(client, tree):
    answer = client.get(f"{ADDRESS}?facets=section,year,topic").json()["meta"]["facets"]

    assert list(answer) == ["topic", "year", "section"]
    assert answer["section"][0] == {"value": str(tree.news.pk), "label": "News", "count": 4}
    assert {topic["label"] for topic in answer["topic"]} == {"ports", "fishing"}
    years = [year["value"] for year in answer["year"]]
    assert years == sorted(years, reverse=True)


def test_a_page_in_a_section_that_names_it_besides_is_counted_once(client, tree):
    before = facets(client)["section"][str(tree.news.pk)]
    page = factories.PressReleasePageFactory(parent=fresh(tree.news))
    page.further_sections.add(tree.news)
    page.save_revision().publish()

    assert facets(client)["section"][str(tree.news.pk)] == before + 1


def test_unasked_there_are_none(client, tree):
    assert set(client.get(ADDRESS).json()["meta"]) == {"total_count", "next_cursor"}


def test_sections_cost_the_same_however_many(client):
    home = factories.make_site().root_page

    def cost(number):
        for n in range(number):
            section = factories.SectionPageFactory(parent=home, slug=f"s{number}-{n}")
            page = factories.StandardPageFactory(parent=section)
            # In the section, and naming it; and another that does the one or the other.
            for named in (page, factories.StandardPageFactory(parent=home)):
                named.further_sections = [section]
                named.save_revision().publish()
        address = f"{ADDRESS}?facets=section&type=standard&order=seo_title"
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            counted = client.get(f"{address}&limit=1").json()["meta"]["facets"]["section"]
        return len(queries), [value["count"] for value in counted]

    few, counts = cost(2)
    many, more = cost(10)

    assert (counts, more) == ([2] * 2, [2] * 12)
    assert many == few
