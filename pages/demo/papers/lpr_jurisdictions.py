"""A backgrounder with an entry for each jurisdiction, a PDF and an earlier paper it continues."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT
from pages.demo.stock import Stock, note
from pages.models import Byline, Download, FactSheetPage, RelatedPage

# Jurisdiction, agency, rule, citation, in force since, and whether an applicant has to have
# applied for naturalization.
ENTRIES = [
    (
        "State of Lakeland (sample)",
        "State and local police",
        "Permits hiring of permanent residents who are eligible for naturalization.",
        "Lakeland Sample Code § 14-205(b)",
        "2018-07-01",
        True,
    ),
    (
        "City of Harbor Point (sample)",
        "Harbor Point Police Department",
        "Permits hiring of anyone authorized to work in the United States.",
        "Harbor Point Sample Ordinance 77-3",
        "2019-01-15",
        False,
    ),
    (
        "Elder County (sample)",
        "Elder County Sheriff’s Office",
        "Permits hiring as a corrections deputy; patrol requires citizenship.",
        "Elder County Sample Policy 4.11",
        "2020-10-05",
        True,
    ),
]


def content(stock: Stock) -> dict[str, Any]:
    table = {
        "caption": "Rules of three sample jurisdictions",
        "columns": [
            ("text", "Jurisdiction"),
            ("text", "Agency"),
            ("rich_text", "Rule"),
            ("text", "Citation"),
            ("date", "In force since"),
            ("yes_no", "Application for naturalization needed"),
        ],
        "rows": [list(entry) for entry in ENTRIES],
    }
    entries: list[tuple[str, Any]] = []
    for place, agency, rule, citation, _, _ in ENTRIES:
        entries += [
            ("heading", {"text": place, "level": "h3"}),
            ("paragraph", f"<b>Agency:</b> {agency}"),
            ("text_quotation", {"text": rule, "citation": citation}),
        ]
    return {
        "kind": "backgrounder",
        "deck": "Who may wear the badge is for states and cities to say, and their answers differ.",
        "summary": (
            "Some jurisdictions let lawful permanent residents serve as officers. This "
            "backgrounder shows, with sample entries, how their rules can be set side by side."
        ),
        "search_description": "How jurisdictions that permit hiring permanent residents differ.",
        "share_image": stock.pictures["harbour-dawn"],
        "pdf": stock.documents["lpr-jurisdictions"],
        "follow_up_to": stock.pages["lpr-ability"],
        "body": [
            (
                "paragraph",
                "<p>A police department that has vacancies looks first at the rules that decide "
                "who may apply. Age, schooling and fitness are among them, and in most places "
                "citizenship is too.</p>"
                "<p>The Supreme Court has allowed states to reserve such posts for citizens, but "
                f"has never required it of them.{note('lpr-jurisdictions foley')} A legislature "
                "or a city council can therefore open them, and a few have done so in recent "
                "years.</p>",
            ),
            (
                "callout",
                {
                    "kind": "example",
                    "title": "Sample entries",
                    "text": "The jurisdictions below do not exist. Their rules are the kinds of "
                    "rules that can be found in real codes.",
                },
            ),
            ("heading", {"text": "At a glance", "level": "h2"}),
            ("table", table),
            (
                "section",
                {"title": "Jurisdiction by jurisdiction", "content": entries},
            ),
            ("heading", {"text": "What to look for in a rule", "level": "h2"}),
            (
                "paragraph",
                "<ol><li>Does it name permanent residents, or everyone with leave to work?</li>"
                "<li>Must the applicant be on the way to naturalization?</li>"
                "<li>Does it cover sworn officers, or civilian staff alone?</li></ol>",
            ),
            ("download", {"document": stock.documents["lpr-jurisdictions"]}),
            ABOUT_THIS_TEXT,
        ],
        "sources": [
            ("source", {"title": "Foley v. Connelie, 435 U.S. 291", "date": "1978"}),
            ("source", {"title": "Cabell v. Chavez-Salido, 454 U.S. 432", "date": "1982"}),
        ],
        "footnotes": {
            "lpr-jurisdictions foley": "<i>Foley v. Connelie</i>, 435 U.S. 291 (1978), on state "
            "troopers; <i>Cabell v. Chavez-Salido</i>, 454 U.S. 432 (1982), on peace officers.",
        },
        "topics": [stock.topics["hiring"]],
        "bylines": [Byline(organisation=stock.organisations["task-force"])],
        "related_pages": [RelatedPage(related_page=stock.pages["recruiting"])],
        "downloads": [
            Download(
                document=stock.documents["lpr-jurisdictions"], title="The backgrounder as a PDF"
            )
        ],
    }


PAPER = Item(
    name="lpr-jurisdictions",
    model=FactSheetPage,
    parent="path",
    title="Backgrounder: Jurisdictions Permitting LPR Hiring",
    slug="backgrounder-jurisdictions-permitting-lpr-hiring",
    date=date(2021, 8, 17),
    content=content,
)
