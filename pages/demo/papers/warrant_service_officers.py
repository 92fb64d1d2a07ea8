"""A fact sheet in questions and answers."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT
from pages.demo.stock import Stock, note
from pages.models import Byline, FactSheetPage, RelatedPage


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "fact_sheet",
        "summary": (
            "What the Warrant Service Officer program lets a jail do, how officers are trained "
            "for it, and how it differs from other § 287(g) agreements."
        ),
        "search_description": "Questions and answers on the Warrant Service Officer program.",
        "body": [
            (
                "questions",
                {
                    "title": "The program",
                    "items": [
                        {
                            "question": "What is the WSO program?",
                            "answer": "<p>A form of agreement between Immigration and Customs "
                            "Enforcement (ICE) and a local agency that runs a jail. ICE announced "
                            f"it on May 6, 2019.{note('wso announcement')}</p><p>Officers of the "
                            "jail may then serve administrative warrants on people who are "
                            "already in its custody.</p>",
                        },
                        {
                            "question": "On what law does it rest?",
                            "answer": "On section 287(g) of the Immigration and Nationality Act, "
                            "8 U.S.C. § 1357(g), like "
                            f"{stock.link('287g', 'the older agreements')}.",
                        },
                        {
                            "question": "How does it differ from the jail enforcement model?",
                            "answer": "<p>It is narrower:</p><ul><li>A warrant service officer "
                            "does not question anyone about their immigration status.</li>"
                            "<li>The training is shorter.</li></ul>",
                        },
                    ],
                },
            ),
            (
                "section",
                {
                    "title": "What a sheriff should ask",
                    "content": [
                        (
                            "questions",
                            {
                                "title": "",
                                "items": [
                                    {
                                        "question": "Does the law of the state allow it?",
                                        "answer": "Not in every state. An agreement cannot give "
                                        "an officer a power that the state withholds.",
                                    },
                                    {
                                        "question": "Who answers for a mistake?",
                                        "answer": "That is for the agreement, the county’s "
                                        "insurer and, in the end, a court to say. Ask counsel "
                                        "before signing.",
                                    },
                                ],
                            },
                        ),
                        (
                            "callout",
                            {
                                "kind": "important",
                                "title": "A warrant is not always a judge’s",
                                "text": "The warrants in question are signed by an immigration "
                                "officer. No judge has seen them.",
                            },
                        ),
                    ],
                },
            ),
            ABOUT_THIS_TEXT,
        ],
        "footnotes": {
            "wso announcement": "News release of U.S. Immigration and Customs Enforcement, May 6, "
            "2019.",
        },
        "topics": [stock.topics["287g"], stock.topics["detainers"]],
        "bylines": [Byline(organisation=stock.organisations["task-force"])],
        "related_pages": [
            RelatedPage(related_page=stock.pages["287g"]),
            RelatedPage(related_page=stock.pages["detainers-summary"]),
        ],
    }


PAPER = Item(
    name="wso",
    model=FactSheetPage,
    parent="path",
    title="Fact Sheet: Warrant Service Officer (WSO) Program",
    slug="fact-sheet-warrant-service-officer-wso-program",
    date=date(2019, 6, 4),
    content=content,
)
