"""A backgrounder by a named person, around the words of a statute."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT
from pages.demo.stock import Stock, note
from pages.models import Byline, FactSheetPage, RelatedPage

STATUTE = (
    "Notwithstanding any other provision of Federal, State, or local law, a Federal, State, or "
    "local government entity or official may not prohibit, or in any way restrict, any government "
    "entity or official from sending to, or receiving from, the Immigration and Naturalization "
    "Service information regarding the citizenship or immigration status, lawful or unlawful, of "
    "any individual."
)


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "backgrounder",
        "summary": (
            "The term has no definition in law. One section of the U.S. Code is often taken for "
            "it; this paper reads what that section says, and what it leaves out."
        ),
        "seo_title": "‘Sanctuary Jurisdictions’ and 8 U.S.C. § 1373",
        "search_description": "What 8 U.S.C. § 1373 asks of states and cities, and what not.",
        "canonical_url": "https://example.org/forum/background-sanctuary-jurisdictions-1373",
        "body": [
            ABOUT_THIS_TEXT,
            ("heading", {"text": "A term without a definition", "level": "h2"}),
            (
                "paragraph",
                "Whether a city is a “sanctuary” depends on who is asked. Some mean that it "
                "declines detainers, others that it issues identity cards, others that its "
                "officers do not ask about status.",
            ),
            ("heading", {"text": "What the section says", "level": "h2"}),
            (
                "text_quotation",
                {
                    "text": f"{STATUTE}{note('1373 service')}",
                    "citation": "8 U.S.C. § 1373(a)",
                    "url": "https://www.law.cornell.edu/uscode/text/8/1373",
                },
            ),
            (
                "paragraph",
                "It speaks of <b>information</b>, and of one kind only: citizenship and "
                "immigration status.",
            ),
            ("heading", {"text": "What it does not say", "level": "h2"}),
            (
                "claims",
                {
                    "items": [
                        {
                            "claim": "It does not tell anyone to ask",
                            "text": "An official who does not know a person’s status has nothing "
                            "to send.",
                        },
                        {
                            "claim": "It does not mention detainers",
                            "text": "Whether a jail holds a person longer is another question, "
                            f"taken up in {stock.link('detainers-summary', 'another paper')}.",
                        },
                    ]
                },
            ),
            ("heading", {"text": "The Tenth Amendment", "level": "h2"}),
            (
                "paragraph",
                "Congress cannot order the officers of a state to carry out a federal program."
                f"{note('1373 printz')} A court of appeals has nevertheless let the section "
                f"stand where it was attacked as a whole.{note('1373 new-york')}",
            ),
        ],
        "footnotes": {
            "1373 service": "The functions of the Immigration and Naturalization Service passed "
            "to the Department of Homeland Security in 2003.",
            "1373 printz": "<i>Printz v. United States</i>, 521 U.S. 898 (1997).",
            "1373 new-york": "<i>City of New York v. United States</i>, 179 F.3d 29 (2d Cir. "
            "1999).",
        },
        "topics": [stock.topics["public-safety"], stock.topics["detainers"]],
        "bylines": [Byline(person=stock.people["benenson"])],
        "related_pages": [RelatedPage(related_page=stock.pages["287g"])],
    }


PAPER = Item(
    name="1373",
    model=FactSheetPage,
    parent="path",
    title="Background on ‘Sanctuary Jurisdictions’ – 8 U.S.C. § 1373",
    slug="background-on-sanctuary-jurisdictions-8-usc-1373",
    date=date(2017, 9, 8),
    content=content,
)
