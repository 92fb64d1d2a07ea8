"""A fact sheet of numbered claims, whose count goes on after a paragraph in between."""

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
            "Four points on MS-13 and on young people who came to this country alone, for "
            "officers who are asked about both."
        ),
        "body": [
            (
                "paragraph",
                "The name of one gang stands in many debates for all young immigrants from "
                "Central America. These points keep the two apart.",
            ),
            (
                "claims",
                {
                    "items": [
                        {
                            "claim": "The gang is from Los Angeles",
                            "text": "It was formed there in the 1980s by young people whose "
                            "families had left the civil wars of Central America, among street "
                            f"gangs that were there before it.{note('ms-13 origin')}",
                        },
                        {
                            "claim": "It reached Central America by deportation",
                            "text": "Members who were deported in the 1990s took its name and its "
                            "ways with them, to countries that had just ended their wars.",
                        },
                    ]
                },
            ),
            (
                "paragraph",
                "So much for where it comes from. The other two points are about the young "
                "people it recruits, or threatens.",
            ),
            (
                "claims",
                {
                    "start": 3,
                    "items": [
                        {
                            "claim": "Many who came alone came to get away from it",
                            "text": "<p>A child who refuses to join has reason to run. Whoever "
                            "treats that child as a member:</p><ul><li>loses a witness,</li>"
                            "<li>and gives the gang an argument.</li></ul>",
                        },
                        {
                            "claim": "What keeps young people out is known",
                            "text": "School, a job after school, and one adult who asks. Officers "
                            "in schools can be that adult, if families trust them. See "
                            f"{stock.link('crime', 'Immigrants and Crime')} on trust.",
                        },
                    ],
                },
            ),
            ABOUT_THIS_TEXT,
        ],
        "footnotes": {
            "ms-13 origin": "MS-13 is short for Mara Salvatrucha.",
        },
        "topics": [stock.topics["youth"], stock.topics["public-safety"]],
        "bylines": [Byline(organisation=stock.organisations["forum"])],
        "related_pages": [RelatedPage(related_page=stock.pages["crime"])],
    }


PAPER = Item(
    name="ms-13",
    model=FactSheetPage,
    parent="path",
    title="Fact Sheet: Immigrant Youth and MS-13",
    slug="fact-sheet-immigrant-youth-and-ms-13",
    date=date(2017, 12, 12),
    content=content,
)
