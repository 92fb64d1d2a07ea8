"""An executive summary: it names the report it summarises, and the report links back."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT
from pages.demo.stock import Stock, note
from pages.models import Byline, Download, FactSheetPage

REGULATION = (
    "A detainer serves to advise another law enforcement agency that the Department seeks custody "
    "of an alien presently in the custody of that agency, for the purpose of arresting and "
    "removing the alien."
)


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "executive_summary",
        "note_numbering": "lower_roman",
        "summary": (
            "A detainer asks a jail to hold somebody longer. May the jail do so, must it, and "
            "who answers if it was wrong? The report in brief."
        ),
        "search_description": "The legal questions around immigration detainers, in brief.",
        "share_image": stock.pictures["court"],
        "summary_of": stock.pages["detainers-report"],
        "pdf": stock.documents["executive-summary"],
        "body": [
            ABOUT_THIS_TEXT,
            (
                "paragraph",
                "<p>The full report, "
                f"{stock.link('detainers-report', 'A Path to Public Safety')}, can be read here "
                f"or {stock.file_link('report', 'downloaded as a PDF')}.</p>"
                "<p>Beneath the quarrel over sanctuary cities lies a narrower question, which "
                "every jail has to answer every day: what to do with a detainer.</p>",
            ),
            (
                "text_quotation",
                {
                    "text": REGULATION,
                    "citation": "8 C.F.R. § 287.7(a)",
                    "url": "https://www.law.cornell.edu/cfr/text/8/287.7",
                },
            ),
            (
                "claims",
                {
                    "items": [
                        {
                            "claim": "A detainer is a request",
                            "text": "A court of appeals has read the regulation so."
                            f"{note('summary galarza')}",
                        },
                        {
                            "claim": "To hold somebody anew is to arrest them anew",
                            "text": "It needs a ground of its own under the Fourth Amendment."
                            f"{note('summary clackamas')}",
                        },
                        {
                            "claim": "Honoring one can be costly, and so can declining one",
                            "text": "The first in court, the second in politics and in grants. "
                            "The report sets out both.",
                        },
                    ]
                },
            ),
            ("download", {"document": stock.documents["report"], "title": "The full report (PDF)"}),
        ],
        "footnotes": {
            "summary galarza": "<i>Galarza v. Szalczyk</i>, 745 F.3d 634 (3d Cir. 2014).",
            "summary clackamas": "<i>Miranda-Olivares v. Clackamas County</i>, No. 3:12-cv-02317 "
            "(D. Or. Apr. 11, 2014).",
        },
        "topics": [stock.topics["detainers"]],
        "bylines": [Byline(person=stock.people["benenson"])],
        "downloads": [
            Download(document=stock.documents["executive-summary"]),
            Download(document=stock.documents["report"], title="The full report"),
        ],
    }


PAPER = Item(
    name="detainers-summary",
    model=FactSheetPage,
    parent="path",
    title="Executive Summary: The Legal Questions Around Immigration Detainers",
    slug="executive-summary-the-legal-questions-around-immigration-detainers",
    date=date(2017, 2, 27),
    content=content,
)
