"""An interview in questions and answers, with the person who answers."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import SAMPLE
from pages.demo.stock import Stock
from pages.demo.video import VIDEO
from pages.models import Byline, FactSheetPage, RelatedPage


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "q_and_a",
        "deck": "A sample chief on vacancies, languages and the oath.",
        "summary": "Sample interview: what a chief who may hire permanent residents does with it.",
        "share_image": stock.pictures["reyes"],
        "body": [
            SAMPLE,
            (
                "questions",
                {
                    "title": "",
                    "answered_by": stock.people["reyes"],
                    "items": [
                        {
                            "question": "How many posts do you have to fill?",
                            "answer": "Nine. Last year it was eleven, and the year before I "
                            "stopped counting.",
                        },
                        {
                            "question": "What changed when the rule changed?",
                            "answer": "<p>People came who had been told for years that they need "
                            "not come.</p><p>Two of them had run our citizens’ academy. As "
                            "volunteers.</p>",
                        },
                        {
                            "question": "Is the oath a difficulty?",
                            "answer": "They swear to uphold the Constitution, as I did. One of "
                            "them used to teach it.",
                        },
                    ],
                },
            ),
            (
                "embed",
                {
                    "media": VIDEO,
                    "title": "Sample panel discussion (video)",
                    "transcript": stock.documents["transcript"],
                },
            ),
        ],
        "topics": [stock.topics["hiring"]],
        "bylines": [Byline(organisation=stock.organisations["task-force"])],
        "related_pages": [
            RelatedPage(related_page=stock.pages["lpr-jurisdictions"]),
            RelatedPage(related_page=stock.pages["profiles"]),
        ],
    }


PAPER = Item(
    name="recruiting",
    model=FactSheetPage,
    parent="news",
    title="Sample Q&A: A Chief on Hiring Lawful Permanent Residents",
    slug="sample-qa-a-chief-on-hiring-lawful-permanent-residents",
    date=date(2019, 3, 12),
    content=content,
)
