"""A sign-on letter: sent on one day, published on another, signed by twelve."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import SAMPLE
from pages.demo.stock import Stock
from pages.models import Byline, Download, PressReleasePage, RelatedPage, Signatory

# Name, rank, agency, jurisdiction, and whether retired.
SIGNATORIES = [
    ("Jordan Reyes (sample)", "Chief of Police", "Lakeview Police Department", "Lakeview", False),
    (
        "Miriam Castellan (sample)",
        "Sheriff",
        "Elder County Sheriff’s Office",
        "Elder County",
        False,
    ),
    (
        "Ewa Kowalczyk-Reed (sample)",
        "Captain",
        "Elder County Sheriff’s Office",
        "Elder County",
        False,
    ),
    (
        "Samir Haddad-Cole (sample)",
        "Lieutenant",
        "Harbor Point Police Department",
        "Harbor Point",
        False,
    ),
    (
        "Odette Marchbanks (sample)",
        "Chief of Police",
        "Fernhill Police Department",
        "Fernhill",
        False,
    ),
    (
        "Wendell Oyelaran-Pike (sample)",
        "Sheriff",
        "Marsh County Sheriff’s Office",
        "Marsh County",
        True,
    ),
    (
        "Priscilla Vantongeren (sample)",
        "Commissioner",
        "Northbrook Falls Police",
        "Northbrook Falls",
        False,
    ),
    (
        "Ignacio Belmonte-Shaw (sample)",
        "Chief of Police",
        "Sandpiper Police Department",
        "Sandpiper",
        True,
    ),
    (
        "Ruth Ann Delacroix-Moe (sample)",
        "Marshal",
        "Quarry Town Marshal’s Office",
        "Quarry Town",
        False,
    ),
    (
        "Hollis Nakagawa-Brandt (sample)",
        "Deputy Chief",
        "Lakeview Police Department",
        "Lakeview",
        False,
    ),
    ("Bettina Strand-Osei (sample)", "Colonel", "Lakeland State Police", "State of Lakeland", True),
    (
        "Emeka Thornquist (sample)",
        "Undersheriff",
        "Elder County Sheriff’s Office",
        "Elder County",
        False,
    ),
]


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "sign_on_letter",
        "deck": "Twelve sample officials ask for one rule on hiring.",
        "summary": "Sample letter of twelve signatories to a committee that does not exist.",
        "issued_by": stock.organisations["task-force"],
        "letter_date": date(2018, 9, 4),
        "recipient": "Committee on Public Offices (sample)\nHouse of Delegates\nState of Lakeland",
        "salutation": "Dear Members of the Committee:",
        "body": [
            (
                "paragraph",
                "<p>We lead departments in towns and counties of every size, and we have one "
                "difficulty in common: we cannot find enough officers.</p>"
                "<p>People whom we would like to hire live among us. They hold green cards, they "
                "speak the languages that we lack, and the code of this state does not let them "
                "apply.</p>"
                "<p>We ask you to change one word of it. The tests, the academy and the oath "
                "would stay as they are.</p>"
                "<p>We would be glad to testify, and are at your service.</p>",
            ),
            SAMPLE,
            ("download", {"document": stock.documents["letter"], "title": "The letter as sent"}),
            ("boilerplate", {"boilerplate": stock.boilerplates["task-force"]}),
        ],
        "end_mark": "",
        "signatories": [
            Signatory(
                name=name, rank=rank, agency=agency, jurisdiction=jurisdiction, retired=retired
            )
            for name, rank, agency, jurisdiction, retired in SIGNATORIES
        ],
        "topics": [stock.topics["hiring"]],
        "bylines": [Byline(organisation=stock.organisations["task-force"])],
        "downloads": [Download(document=stock.documents["letter"])],
        "related_pages": [RelatedPage(related_page=stock.pages["statement"])],
    }


RELEASE = Item(
    name="letter",
    model=PressReleasePage,
    parent="news",
    title="Sample Sign-On Letter: Let Permanent Residents Apply",
    slug="sample-sign-on-letter-let-permanent-residents-apply",
    date=date(2018, 9, 6),
    content=content,
)
