"""An explainer; the comparison of priorities names it as what supersedes it."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.stock import Stock
from pages.models import Byline, FactSheetPage, RelatedPage


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "explainer",
        "summary": (
            "Three priorities remain, and a new test: officers are to weigh the whole of a "
            "person’s circumstances."
        ),
        "share_image": stock.pictures["bridge"],
        "body": [
            (
                "callout",
                {
                    "kind": "example",
                    "title": "A sample",
                    "text": "This explainer was written for the demonstration. The dates in it "
                    "are public record.",
                },
            ),
            (
                "paragraph",
                "On September 30, 2021, the Department of Homeland Security released its "
                "<i>Guidelines for the Enforcement of Civil Immigration Law</i>. They were to take "
                "effect sixty days later, on November 29, 2021.",
            ),
            (
                "key_facts",
                {
                    "title": "The three priorities",
                    "facts": [
                        {"text": "Threats to national security"},
                        {"text": "Threats to public safety"},
                        {"text": "Threats to border security"},
                    ],
                },
            ),
            ("image", {"image": stock.pictures["bridge"]}),
            (
                "update",
                {
                    "kind": "update",
                    "date": "2021-11-29",
                    "text": "The guidelines have taken effect.",
                },
            ),
            (
                "related_pages",
                {"title": "What came before", "pages": [stock.pages["priorities"]]},
            ),
        ],
        "topics": [stock.topics["enforcement-priorities"]],
        "bylines": [Byline(organisation=stock.organisations["forum"])],
        "related_pages": [RelatedPage(related_page=stock.pages["priorities"])],
    }


PAPER = Item(
    name="guidelines",
    model=FactSheetPage,
    parent="news",
    title="Sample Explainer: The Enforcement Guidelines of September 30, 2021",
    slug="sample-explainer-the-enforcement-guidelines-of-september-30-2021",
    date=date(2021, 10, 27),
    content=content,
)
