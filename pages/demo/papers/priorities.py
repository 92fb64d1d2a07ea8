"""A comparison as a table, with a dated update at the top; it is listed in two sections."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT
from pages.demo.stock import Stock, note
from pages.models import Byline, Download, FactSheetPage, RelatedPage


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "comparison",
        "deck": "Three administrations, three answers to the question of whom to arrest first.",
        "summary": (
            "How the documents of 2014, 2017 and 2021 set priorities for immigration "
            "enforcement, side by side."
        ),
        "share_image": stock.pictures["state-house"],
        "pdf": stock.documents["priorities"],
        "updates": [
            (
                "update",
                {
                    "kind": "update",
                    "date": "2021-10-27",
                    "text": "The Department of Homeland Security released new priorities on "
                    "September 30, 2021. They replace the interim guidance of February that is "
                    "compared below.",
                    "superseded_by": {"page": stock.pages["guidelines"]},
                },
            )
        ],
        "key_facts": [
            ("fact", {"text": "The memorandum of 2014 put its priorities into three ranks."}),
            ("fact", {"text": "The order of 2017 listed seven categories and ranked none."}),
            ("fact", {"text": "The guidance of February 2021 named three categories."}),
        ],
        "body": [
            ("heading", {"text": "Introduction", "level": "h2"}),
            (
                "paragraph",
                "No agency can act on every violation of the law that it learns of. Each "
                "administration has therefore told immigration officers where to begin, and each "
                "has begun elsewhere.",
            ),
            ("heading", {"text": "The documents compared", "level": "h2"}),
            (
                "table",
                {
                    "caption": "Enforcement priorities under three presidents",
                    "columns": [
                        ("text", "Administration"),
                        ("rich_text", "Document"),
                        ("date", "Dated"),
                        ("number", "Categories named"),
                        ("yes_no", "Categories ranked"),
                    ],
                    "rows": [
                        [
                            "Obama",
                            "<i>Policies for the Apprehension, Detention and Removal of "
                            f"Undocumented Immigrants</i>{note('priorities 2014')}",
                            "2014-11-20",
                            3,
                            True,
                        ],
                        [
                            "Trump",
                            f"Executive Order 13768, section 5{note('priorities 2017')}",
                            "2017-01-25",
                            7,
                            False,
                        ],
                        [
                            "Biden",
                            "Interim guidance of Immigration and Customs Enforcement"
                            f"{note('priorities 2021')}",
                            "2021-02-18",
                            3,
                            False,
                        ],
                    ],
                },
            ),
            (
                "section",
                {
                    "title": "How to read the table",
                    "content": [
                        (
                            "paragraph",
                            "<p>A <i>category</i> is a group of people that the document names. "
                            "Categories are <i>ranked</i> where the document says that one comes "
                            "before another.</p><p>The table does not say how many people were "
                            "arrested: a priority is an instruction, not a result.</p>",
                        ),
                        (
                            "timeline",
                            {
                                "title": "From one document to the next",
                                "events": [
                                    {
                                        "date": "2014-11-20",
                                        "when": "November 20, 2014",
                                        "title": "Three ranks",
                                        "text": "A second memorandum of that day ends the "
                                        "Secure Communities program.",
                                    },
                                    {
                                        "date": "2017-01-25",
                                        "when": "January 25, 2017",
                                        "title": "Seven categories",
                                        "text": "The order restores Secure Communities.",
                                    },
                                    {
                                        "date": "2021-01-20",
                                        "when": "January 20, 2021",
                                        "title": "The order is revoked",
                                        "text": "Executive Order 13993 takes its place.",
                                    },
                                ],
                            },
                        ),
                    ],
                },
            ),
            ABOUT_THIS_TEXT,
        ],
        "footnotes": {
            "priorities 2014": "Memorandum of the Secretary of Homeland Security, November 20, "
            "2014.",
            "priorities 2017": "<i>Enhancing Public Safety in the Interior of the United "
            "States</i>, January 25, 2017.",
            "priorities 2021": "Memorandum of February 18, 2021, on enforcement and removal "
            "priorities.",
        },
        "topics": [stock.topics["enforcement-priorities"]],
        "further_sections": [stock.pages["news"]],
        "bylines": [Byline(organisation=stock.organisations["forum"])],
        "related_pages": [
            RelatedPage(related_page=stock.pages["guidelines"]),
            RelatedPage(related_page=stock.pages["1373"]),
        ],
        "downloads": [Download(document=stock.documents["priorities"])],
    }


PAPER = Item(
    name="priorities",
    model=FactSheetPage,
    parent="path",
    title=(
        "Comparison of the Obama, Trump, and Biden Administration Immigration Enforcement "
        "Priorities"
    ),
    slug="comparison-of-the-obama-trump-and-biden-administration-immigration-enforcement-priorities",
    date=date(2021, 4, 22),
    content=content,
)
