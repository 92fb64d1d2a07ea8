"""A statement that was corrected after publication."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import SAMPLE
from pages.demo.stock import Stock
from pages.models import MediaContact, PressReleasePage, RelatedPage


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "statement",
        "summary": "Sample statement on a sample ordinance, with a correction of the vote.",
        "dateline_place": "HARBOR POINT (SAMPLE)",
        "issued_by": stock.organisations["task-force"],
        "updates": [
            (
                "update",
                {
                    "kind": "correction",
                    "date": "2019-01-17",
                    "text": "An earlier version of this statement gave the vote wrongly.",
                    "original_words": "The council passed the ordinance by seven votes to two.",
                    "corrected_words": "The council passed the ordinance by six votes to three.",
                },
            ),
            (
                "update",
                {
                    "kind": "retraction",
                    "date": "2019-01-18",
                    "text": "A sentence on the cost of the ordinance has been withdrawn.",
                },
            ),
        ],
        "body": [
            SAMPLE,
            (
                "paragraph",
                "The council passed the ordinance by six votes to three. From now on the "
                "department of Harbor Point may hire anyone who is authorized to work in the "
                "United States.",
            ),
            (
                "quote",
                {
                    "quotation": "Tonight the city let us ask one question less, and choose from "
                    "a hundred people more.",
                    "name": "Theo Lindqvist-Amari (sample)",
                    "post": "Director of Recruiting",
                    "organisation": "Harbor Point Police Department (sample)",
                },
            ),
        ],
        "end_mark": "ENDS",
        "topics": [stock.topics["hiring"]],
        "media_contacts": [MediaContact(contact=stock.contacts["press"])],
        "related_pages": [RelatedPage(related_page=stock.pages["lpr-jurisdictions"])],
    }


RELEASE = Item(
    name="statement",
    model=PressReleasePage,
    parent="news",
    title="Sample Statement: Task Force Welcomes Harbor Point Ordinance",
    slug="sample-statement-task-force-welcomes-harbor-point-ordinance",
    date=date(2019, 1, 16),
    content=content,
)
