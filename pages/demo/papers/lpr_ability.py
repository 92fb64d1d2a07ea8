"""A short backgrounder with a deck, a quotation and something to do."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT
from pages.demo.stock import Stock
from pages.models import Byline, FactSheetPage, RelatedPage


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "backgrounder",
        "deck": "Permission Would Bolster Recruitment, Diversity",
        "summary": (
            "Departments that may hire lawful permanent residents choose from more applicants, "
            "and from more languages."
        ),
        "share_image": stock.pictures["panel"],
        "body": [
            (
                "paragraph",
                "A lawful permanent resident (LPR) may live and work in the United States for "
                "good, pays taxes, and can serve in its armed forces. In most places the same "
                "person cannot apply to the police.",
            ),
            (
                "image",
                {
                    "image": stock.pictures["panel"],
                    "caption": "A panel on recruiting, as one might picture it.",
                    "credit": "Drawing: the demonstration’s own",
                },
            ),
            (
                "quote",
                {
                    "quotation": "I have streets where nobody in my department can say good "
                    "morning.",
                    "person": stock.people["reyes"],
                },
            ),
            (
                "key_facts",
                {
                    "title": "What would change",
                    "facts": [
                        {"text": "More people could apply; the tests would stay the same."},
                        {"text": "Departments would gain languages they now pay to interpret."},
                        {"text": "Neighborhoods would meet officers who know them."},
                    ],
                },
            ),
            (
                "call_to_action",
                {
                    "title": "Do you recruit?",
                    "text": "Tell us which rule stands in your way.",
                    "button": "Write to the policy desk",
                    "link": {"email": "policy@example.org"},
                },
            ),
            ABOUT_THIS_TEXT,
        ],
        "topics": [stock.topics["hiring"], stock.topics["community-policing"]],
        "bylines": [Byline(organisation=stock.organisations["task-force"])],
        "related_pages": [RelatedPage(related_page=stock.pages["profiles"])],
    }


PAPER = Item(
    name="lpr-ability",
    model=FactSheetPage,
    parent="path",
    title="Ability to Hire LPRs Would Help Local Law Enforcement",
    slug="ability-to-hire-lprs-would-help-local-law-enforcement",
    date=date(2017, 6, 16),
    content=content,
)
