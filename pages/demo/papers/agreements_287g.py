"""A backgrounder with a kicker, an organisation's byline, a statute and a timeline."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT
from pages.demo.stock import Stock, note
from pages.models import Byline, FactSheetPage, RelatedPage

STATUTE = (
    "Notwithstanding section 1342 of title 31, the Attorney General may enter into a written "
    "agreement with a State, or any political subdivision of a State, pursuant to which an officer "
    "or employee of the State or subdivision, who is determined by the Attorney General to be "
    "qualified to perform a function of an immigration officer […], may carry out such function at "
    "the expense of the State or subdivision and to the extent consistent with State and local law."
)


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "backgrounder",
        "kicker": "FORUM POLICY",
        "deck": "What an agreement under § 287(g) lets local officers do, and what it asks of them.",
        "summary": (
            "Since 1996 federal authorities can hand tasks of immigration enforcement to local "
            "officers by written agreement. How that works, and how it has changed."
        ),
        "search_description": "How agreements under section 287(g) work.",
        "share_image": stock.pictures["round-table"],
        "pdf": stock.documents["287g"],
        "key_facts": [
            (
                "fact",
                {
                    "text": "Congress created the program in 1996.",
                    "source": {"title": "8 U.S.C. § 1357(g)", "date": "1996"},
                },
            ),
            ("fact", {"text": "It rests on written agreements; nobody has to sign one."}),
        ],
        "body": [
            ("heading", {"text": "Introduction", "level": "h2"}),
            (
                "paragraph",
                "Immigration law is enforced by federal officers. Section 287(g) of the "
                "Immigration and Nationality Act (INA) makes an exception for local officers "
                "whose agency has agreed to it in writing, who were trained, and who act under "
                f"federal supervision.{note('287g duties')}",
            ),
            (
                "text_quotation",
                {
                    "text": STATUTE,
                    "citation": "8 U.S.C. § 1357(g)(1)",
                    "url": "https://www.law.cornell.edu/uscode/text/8/1357",
                },
            ),
            (
                "section",
                {
                    "title": "Two models",
                    "content": [
                        ("heading", {"text": "In jails", "level": "h3"}),
                        (
                            "paragraph",
                            "Officers of a jail question those who were booked into it about "
                            "their immigration status, and begin the paperwork of removal.",
                        ),
                        ("heading", {"text": "On patrol", "level": "h3"}),
                        (
                            "paragraph",
                            "Officers on the street question and arrest. This model drew the "
                            "most criticism, and was given up for some years.",
                        ),
                    ],
                },
            ),
            (
                "timeline",
                {
                    "title": "The program so far",
                    "events": [
                        {
                            "date": "1996-09-30",
                            "when": "September 30, 1996",
                            "title": "Congress adds subsection (g)",
                            "text": "It is part of the Illegal Immigration Reform and Immigrant "
                            "Responsibility Act.",
                        },
                        {
                            "when": "2002",
                            "title": "Florida signs the first agreement",
                        },
                        {
                            "date": "2003-03-01",
                            "when": "March 1, 2003",
                            "title": "A new department takes over",
                            "text": "The powers that the statute gives to the Attorney General "
                            "pass to the Department of Homeland Security.",
                        },
                        {
                            "date": "2017-01-25",
                            "when": "January 25, 2017",
                            "title": "An executive order asks for more agreements",
                        },
                    ],
                },
            ),
            ("heading", {"text": "Before signing", "level": "h2"}),
            (
                "paragraph",
                "<ul><li>The county pays for the officers’ time.</li><li>Either side can end the "
                "agreement.</li><li>State law may forbid it: the statute itself says so.</li></ul>",
            ),
            ABOUT_THIS_TEXT,
        ],
        "footnotes": {
            "287g duties": "8 U.S.C. § 1357(g)(2) on training, and (3) on supervision.",
        },
        "topics": [stock.topics["287g"]],
        "bylines": [Byline(organisation=stock.organisations["forum"])],
        "related_pages": [
            RelatedPage(related_page=stock.pages["wso"]),
            RelatedPage(related_page=stock.pages["1373"]),
        ],
    }


PAPER = Item(
    name="287g",
    model=FactSheetPage,
    parent="path",
    title=(
        "Background on Local Law Enforcement’s Role in Immigration Enforcement – § 287(g) "
        "Agreements"
    ),
    slug="background-on-local-law-enforcements-role-in-immigration-enforcement-287g-agreements",
    date=date(2017, 9, 8),
    content=content,
)
