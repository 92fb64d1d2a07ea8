"""Front pages, sections, standard pages and profiles of the examples."""

from datetime import date
from typing import Any

from frontend_contract.situations.bodies import LEAST, full_body, notes
from frontend_contract.situations.example import Example
from pages.demo.stock import Stock
from pages.models import (
    Byline,
    Download,
    HomePage,
    ProfileIndexPage,
    ProfilePage,
    RelatedPage,
    SectionPage,
    StandardPage,
)

FOUNDED = date(2015, 3, 9)


def empty(stock: Stock) -> dict[str, Any]:
    """What a page has of which nothing was filled in that may be left out."""
    return {}


def everything(stock: Stock, name: str) -> dict[str, Any]:
    """What a page of any type can have, filled in."""
    pages = stock.pages
    return {
        "seo_title": "As search engines show it",
        "search_description": "What search engines show below the title.",
        "show_in_menus": True,
        "summary": "Eighty-four towns along one river warn each other of high water.",
        "date_precision": "month",
        "share_image": stock.pictures["gauge"],
        "canonical_url": "https://alliance.example.org/first-published-here/",
        "topics": [stock.topics["warning"], stock.topics["volunteers"]],
        "bylines": [
            Byline(person=stock.people["valdane"], sort_order=0),
            Byline(organisation=stock.organisations["alliance"], sort_order=1),
        ],
        "further_sections": [pages["section/minimal"]],
        "related_pages": [
            RelatedPage(related_page_id=pages[related].pk, sort_order=order)
            for order, related in enumerate(["press_release/statement", "standard/full"])
        ],
        "downloads": [
            Download(document=stock.documents["handbook"], title="The handbook", sort_order=0),
            Download(document=stock.documents["letter"], sort_order=1),
        ],
        "footnotes": notes(name),
        "body": full_body(stock, name),
    }


def full_home(stock: Stock) -> dict[str, Any]:
    return {
        **everything(stock, "home/full"),
        "headline": "The river is one town",
        "introduction": (
            f"We are 84 towns. Here is {stock.link('standard/full', 'what we do')}, <b>day</b> and "
            "<i>night</i>."
        ),
        "quotations": [
            ("quote", {"quotation": "We heard it first.", "person": stock.people["merrow"]}),
            ("quote", {"quotation": "So did we.", "name": "A neighbor", "post": "Baker"}),
        ],
        "calls_to_action": [
            (
                "call_to_action",
                {
                    "title": "Is your town on the list?",
                    "text": "It takes a letter.",
                    "button": "See the list",
                    "link": {"document": stock.documents["letter"]},
                },
            )
        ],
    }


def introduced(name: str) -> Any:
    def content(stock: Stock) -> dict[str, Any]:
        about = stock.link("standard/full", "about us")
        return {**everything(stock, name), "introduction": f"What is new, and {about}."}

    return content


def full_profile(stock: Stock) -> dict[str, Any]:
    return {
        **everything(stock, "profile/full"),
        "person": stock.people["valdane"],
        "post": "Deputy Director",
        "organisation": stock.organisations["alliance"],
        "place": "Aldersford",
        "country_of_origin": "Portugal",
        "portrait": stock.pictures["director"],
        "quotation": "I sleep with the window open, to hear the river.",
    }


HOME = Example("home/full", HomePage, "", "River Towns Alliance", "home", FOUNDED, full_home, id=10)
PAGES = [
    Example("home/minimal", HomePage, "", "Warden School", "school", FOUNDED, empty, id=11),
    Example(
        "home/spanish",
        HomePage,
        "",
        "Alianza de Pueblos del Río",
        "inicio",
        FOUNDED,
        empty,
        id=12,
        locale="es",
        translation_of="home/full",
    ),
    Example(
        "section/full",
        SectionPage,
        "home/full",
        "News",
        "news",
        FOUNDED,
        introduced("section/full"),
        id=20,
    ),
    Example(
        "section/minimal", SectionPage, "home/full", "Archive", "archive", FOUNDED, empty, id=21
    ),
    Example(
        "section/spanish",
        SectionPage,
        "home/spanish",
        "Noticias",
        "noticias",
        FOUNDED,
        empty,
        id=22,
        locale="es",
        translation_of="section/full",
    ),
    Example(
        "section/closed", SectionPage, "home/full", "Members", "members", FOUNDED, empty, id=23
    ),
    Example(
        "standard/full",
        StandardPage,
        "home/full",
        "Who we are",
        "about",
        FOUNDED,
        lambda stock: everything(stock, "standard/full"),
        id=30,
    ),
    Example(
        "standard/minimal", StandardPage, "home/full", "Imprint", "imprint", FOUNDED, empty, id=31
    ),
    # Its being an alias is added afterwards: Wagtail makes aliases with ids of its own choice.
    Example(
        "standard/alias",
        StandardPage,
        "section/minimal",
        "Imprint",
        "imprint",
        FOUNDED,
        empty,
        id=32,
    ),
    Example(
        "profile_index/full",
        ProfileIndexPage,
        "home/full",
        "Voices",
        "voices",
        FOUNDED,
        introduced("profile_index/full"),
        id=40,
    ),
    Example(
        "profile_index/minimal",
        ProfileIndexPage,
        "home/full",
        "More voices",
        "more-voices",
        FOUNDED,
        empty,
        id=41,
    ),
    Example(
        "profile/full",
        ProfilePage,
        "profile_index/full",
        "Ines Valdane, who listens",
        "ines-valdane",
        date(2018, 6, 4),
        full_profile,
        id=50,
    ),
    Example(
        "profile/minimal",
        ProfilePage,
        "profile_index/full",
        "A warden who wants no name",
        "a-warden",
        date(2018, 6, 5),
        lambda stock: {"body": LEAST},
        id=51,
    ),
]
