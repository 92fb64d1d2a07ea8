"""The front page, the two sections, and the pages about the site itself."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.stock import Stock
from pages.demo.video import VIDEO
from pages.models import HomePage, RelatedPage, SectionPage, StandardPage

OPENED = date(2016, 9, 1)


def home(stock: Stock) -> dict[str, Any]:
    return {
        "headline": "A path to public safety runs through trust",
        "introduction": (
            "Chiefs, sheriffs and the communities they serve, on policing and immigration. This "
            "is a <b>demonstration</b>: "
            f"{stock.link('about', 'what is real in it and what is not')}."
        ),
        "summary": "Papers, releases and profiles on policing and immigration: a demonstration.",
        "search_description": "A demonstration site on policing and immigration.",
        "share_image": stock.pictures["road"],
        "quotations": [
            (
                "quote",
                {
                    "quotation": "People call us when they trust us. Everything else is paperwork.",
                    "person": stock.people["reyes"],
                },
            ),
            (
                "quote",
                {
                    "quotation": "A victim who is afraid of me is a case that I will not solve.",
                    "person": stock.people["castellan"],
                },
            ),
            (
                "quote",
                {
                    "quotation": "The best witness I ever had asked me first whether I would ask "
                    "for her papers.",
                    "name": "Bettina Strand-Osei (sample)",
                    "post": "Colonel, retired",
                    "organisation": "Lakeland State Police (sample)",
                },
            ),
        ],
        "calls_to_action": [
            (
                "call_to_action",
                {
                    "title": "Read the report",
                    "text": "The legal questions around immigration detainers.",
                    "button": "A Path to Public Safety",
                    "link": {"page": stock.pages["detainers-report"]},
                },
            ),
            (
                "call_to_action",
                {
                    "title": "Get involved",
                    "text": "Share questions, ask for a speaker, join a call.",
                    "button": "Contact us",
                    "link": {"page": stock.pages["contact"]},
                },
            ),
        ],
        "body": [
            ("image", {"image": stock.pictures["road"], "caption": "The path."}),
            (
                "related_pages",
                {
                    "title": "Start here",
                    "pages": [
                        stock.pages["detainers-summary"],
                        stock.pages["profiles"],
                        stock.pages["dhs-leadership"],
                    ],
                },
            ),
        ],
    }


HOME = Item("home", HomePage, "", "Law Enforcement Immigration Task Force", "home", OPENED, home)


def news(stock: Stock) -> dict[str, Any]:
    return {
        "show_in_menus": True,
        "introduction": "Releases, advisories, statements and letters for the press.",
        "summary": "What the task force tells the press.",
        "search_description": "Press releases, media advisories, statements and letters.",
        "share_image": stock.pictures["harbour-dawn"],
        "body": [
            ("contacts", {"title": "For the press", "contacts": [stock.contacts["press"]]}),
        ],
    }


NEWS = Item("news", SectionPage, "home", "News and Resources", "news-and-resources", OPENED, news)


def path(stock: Stock) -> dict[str, Any]:
    return {
        "show_in_menus": True,
        "introduction": (
            "Fact sheets, backgrounders and profiles. A good first read is "
            f"{stock.link('detainers-summary', 'the summary of our report on detainers')}."
        ),
        "summary": "Fact sheets, backgrounders, comparisons and profiles.",
        "share_image": stock.pictures["road-evening"],
        "topics": [stock.topics["public-safety"]],
    }


PATH = Item(
    "path", SectionPage, "home", "Path to Public Safety", "path-to-public-safety", OPENED, path
)


def about(stock: Stock) -> dict[str, Any]:
    return {
        "show_in_menus": True,
        "summary": "What is real on this site and what was made up for it.",
        "search_description": "About this demonstration.",
        "body": [
            (
                "paragraph",
                "<p>This site demonstrates a newsroom. It borrows its outline from the Law "
                "Enforcement Immigration Task Force: the titles and dates of its papers and of "
                "one release, and the names of people who wrote or spoke in them.</p>"
                "<p>Everything else was written, drawn or made up for the demonstration:</p><ul><li>People marked “(sample)” do not "
                "exist.</li><li>Figures marked as samples count nothing.</li><li>Pictures are "
                "drawings.</li></ul>",
            ),
            (
                "timeline",
                {
                    "title": "Some of its dates",
                    "events": [
                        {
                            "when": "October 2016",
                            "title": "A meeting in San Diego",
                            "text": f"See {stock.link('dhs-leadership', 'the release')}.",
                        },
                        {
                            "date": "2019-05-06",
                            "when": "May 6, 2019",
                            "title": "The Warrant Service Officer program is announced",
                            "text": f"See {stock.link('wso', 'the fact sheet')}.",
                        },
                    ],
                },
            ),
            (
                "gallery",
                {
                    "title": "Drawings",
                    "images": [
                        {"image": stock.pictures["mosaic-green"]},
                        {"image": stock.pictures["bridge"], "caption": "Five arches"},
                        {"image": stock.pictures["harbour-night"]},
                    ],
                },
            ),
            ("embed", {"media": VIDEO, "title": "Sample panel discussion (video)"}),
            ("boilerplate", {"boilerplate": stock.boilerplates["task-force"]}),
            ("boilerplate", {"boilerplate": stock.boilerplates["forum"]}),
        ],
    }


ABOUT = Item("about", StandardPage, "home", "About", "about", OPENED, about)


def contact(stock: Stock) -> dict[str, Any]:
    return {
        "show_in_menus": True,
        "summary": "Whom to call, and for what.",
        "body": [
            ("paragraph", "All numbers and addresses on this page are samples: nobody answers."),
            (
                "contacts",
                {
                    "title": "Whom to call",
                    "contacts": [
                        stock.contacts["press"],
                        stock.contacts["events"],
                        stock.contacts["policy"],
                    ],
                },
            ),
            (
                "call_to_action",
                {
                    "title": "Share questions",
                    "button": "Write to us",
                    "link": {"email": "press@example.org"},
                },
            ),
        ],
        "related_pages": [RelatedPage(related_page=stock.pages["about"])],
    }


CONTACT = Item("contact", StandardPage, "home", "Contact", "contact", OPENED, contact)
