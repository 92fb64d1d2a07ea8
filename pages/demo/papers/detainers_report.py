"""A long report in sections. Between them they hold every block a section can hold."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT, SAMPLE_SOURCE
from pages.demo.stock import Stock, note
from pages.demo.video import VIDEO
from pages.models import Byline, Download, FactSheetPage, RelatedPage

REGULATION = (
    "Upon a determination by the Department to issue a detainer for an alien not otherwise "
    "detained by a criminal justice agency, such agency shall maintain custody of the alien for a "
    "period not to exceed 48 hours, excluding Saturdays, Sundays, and holidays in order to permit "
    "assumption of custody by the Department."
)


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "report",
        "deck": "What a jail may do, must do and should do when it is asked to hold somebody.",
        "summary": (
            "Detainers stand between local jails and federal immigration enforcement. This "
            "report takes the legal questions one by one."
        ),
        "share_image": stock.pictures["road"],
        "pdf": stock.documents["report"],
        "body": [
            ABOUT_THIS_TEXT,
            ("image", {"image": stock.pictures["road"], "caption": "A path has two ends."}),
            ("section", {"title": "Background", "content": background(stock)}),
            ("section", {"title": "The law", "content": law(stock)}),
            ("section", {"title": "Practice", "content": practice(stock)}),
            ("section", {"title": "Further material", "content": material(stock)}),
        ],
        "sources": [
            ("source", {"title": "8 U.S.C. § 1357", "url": "https://uscode.house.gov/"}),
            ("source", {"title": "8 C.F.R. § 287.7", "url": "https://www.ecfr.gov/"}),
        ],
        "footnotes": {
            "report arizona": "<i>Arizona v. United States</i>, 567 U.S. 387 (2012).",
            "report galarza": "<i>Galarza v. Szalczyk</i>, 745 F.3d 634 (3d Cir. 2014).",
            "report clackamas": "<i>Miranda-Olivares v. Clackamas County</i>, No. 3:12-cv-02317 "
            "(D. Or. Apr. 11, 2014).",
        },
        "topics": [stock.topics["detainers"], stock.topics["public-safety"]],
        "bylines": [
            Byline(person=stock.people["benenson"]),
            Byline(organisation=stock.organisations["forum"]),
        ],
        "related_pages": [RelatedPage(related_page=stock.pages["1373"])],
        "downloads": [Download(document=stock.documents["report"])],
    }


def background(stock: Stock) -> list[tuple[str, Any]]:
    return [
        ("heading", {"text": "What a detainer is", "level": "h3"}),
        (
            "paragraph",
            "Somebody is arrested for an offense and booked. The fingerprints reach federal "
            "databases, and immigration officers answer with a form: please hold this person for "
            "us.",
        ),
        ("text_quotation", {"text": REGULATION, "citation": "8 C.F.R. § 287.7(d)"}),
        (
            "timeline",
            {
                "title": "Four dates",
                "events": [
                    {
                        "date": "2012-06-25",
                        "when": "June 25, 2012",
                        "title": "Arizona v. United States",
                        "text": "The Supreme Court on what states may do in immigration matters."
                        f"{note('report arizona')}",
                    },
                    {"when": "March 2014", "title": "Galarza v. Szalczyk"},
                    {
                        "date": "2014-04-11",
                        "when": "April 11, 2014",
                        "title": "Miranda-Olivares v. Clackamas County",
                    },
                    {
                        "date": "2017-01-25",
                        "when": "January 25, 2017",
                        "title": "Executive Order 13768",
                        "text": "It restores the Secure Communities program.",
                    },
                ],
            },
        ),
        ("image", {"image": stock.pictures["court"], "caption": "Questions end up in court."}),
    ]


def law(stock: Stock) -> list[tuple[str, Any]]:
    return [
        (
            "claims",
            {
                "items": [
                    {
                        "claim": "“Shall” in the regulation does not command",
                        "text": "Read as a command it would draft local officers into a federal "
                        f"program, so it is read as a request.{note('report galarza')}",
                    },
                    {
                        "claim": "Holding is arresting",
                        "text": f"It needs probable cause.{note('report clackamas')}",
                    },
                ]
            },
        ),
        (
            "table",
            {
                "caption": "Three ways to answer a detainer",
                "columns": [
                    ("text", "Answer"),
                    ("yes_no", "Person is held"),
                    ("number", "Hours at most"),
                    ("rich_text", "Risk"),
                ],
                "rows": [
                    ["Hold on request", True, 48, "A suit under the <b>Fourth Amendment</b>"],
                    ["Hold on a judge’s warrant", True, 48, "Little"],
                    ["Release, and tell the Department when", False, 0, "Criticism"],
                ],
            },
        ),
        (
            "key_facts",
            {
                "title": "In short",
                "facts": [
                    {"text": "A detainer asks."},
                    {
                        "text": "A warrant signed by a judge commands.",
                        "source": {"title": "U.S. Constitution, Fourth Amendment", "date": "1791"},
                    },
                ],
            },
        ),
        (
            "callout",
            {"kind": "important", "title": "No legal advice", "text": "Ask county counsel."},
        ),
    ]


def practice(stock: Stock) -> list[tuple[str, Any]]:
    return [
        (
            "quote",
            {
                "quotation": "The form tells me what is wanted. It does not tell me what the "
                "judge will say in two years.",
                "person": stock.people["castellan"],
            },
        ),
        (
            "questions",
            {
                "title": "Put to a sample sheriff",
                "answered_by": stock.people["castellan"],
                "items": [
                    {
                        "question": "How many forms reach you?",
                        "answer": "In this sample, about one a week.",
                    },
                    {
                        "question": "Who reads them?",
                        "answer": "A lieutenant, and counsel when the lieutenant is in doubt.",
                    },
                ],
            },
        ),
        (
            "statistics",
            {
                "title": "Sample figures of one sample jail",
                "items": [
                    {"figure": "52", "label": "detainers in a year", "source": SAMPLE_SOURCE},
                    {"figure": "31", "label": "of them honored", "source": SAMPLE_SOURCE},
                ],
            },
        ),
        (
            "gallery",
            {
                "title": "Three places where it is decided",
                "images": [
                    {"image": stock.pictures["court"], "caption": "The court house"},
                    {"image": stock.pictures["state-house"], "caption": "The state house"},
                    {"image": stock.pictures["harbour-night"], "caption": "The jail, by night"},
                ],
            },
        ),
        (
            "embed",
            {
                "media": VIDEO,
                "title": "Sample panel discussion on detainers (video)",
                "transcript": stock.documents["transcript"],
            },
        ),
    ]


def material(stock: Stock) -> list[tuple[str, Any]]:
    return [
        (
            "update",
            {
                "kind": "clarification",
                "date": "2017-03-06",
                "text": "The hours in the table leave out weekends and holidays, as the regulation "
                "does.",
            },
        ),
        ("download", {"document": stock.documents["report"]}),
        (
            "related_pages",
            {"title": "Read on", "pages": [stock.pages["detainers-summary"], stock.pages["287g"]]},
        ),
        (
            "call_to_action",
            {
                "title": "Training for jail staff",
                "text": "A sample offer: half a day, on site.",
                "button": "Call the policy desk",
                "link": {"phone": "+1 202 555 0163"},
            },
        ),
        ("boilerplate", {"boilerplate": stock.boilerplates["forum"]}),
        ("contacts", {"title": "Questions", "contacts": [stock.contacts["policy"]]}),
    ]


PAPER = Item(
    name="detainers-report",
    model=FactSheetPage,
    parent="path",
    title="A Path to Public Safety: The Legal Questions around Immigration Detainers",
    slug="a-path-to-public-safety-the-legal-questions-around-immigration-detainers",
    date=date(2017, 2, 27),
    content=content,
)
