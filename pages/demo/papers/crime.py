"""A narrative fact sheet: headed parts, figures with a source, and endnotes."""

from datetime import date
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import ABOUT_THIS_TEXT, SAMPLE_SOURCE
from pages.demo.stock import Stock, note
from pages.models import Byline, FactSheetPage, RelatedPage


def content(stock: Stock) -> dict[str, Any]:
    return {
        "kind": "fact_sheet",
        "summary": (
            "What arrests, convictions and surveys of victims can tell about immigrants and "
            "crime, and what none of them can."
        ),
        "search_description": "A short guide to reading figures on immigration and crime.",
        "share_image": stock.pictures["mosaic"],
        "body": [
            ("heading", {"text": "Introduction", "level": "h2"}),
            (
                "paragraph",
                "<p>A chief who is asked about immigrants and crime needs an answer that holds "
                "up. The figures that are quoted most often come from different sources and "
                "count different things.</p><p>This sheet sorts them. Its own figures are "
                "<b>samples</b>: they show how such figures are set, and say nothing about the "
                "world.</p>",
            ),
            ("heading", {"text": "Three ways of counting", "level": "h2"}),
            ("heading", {"text": "Arrests", "level": "h3"}),
            (
                "paragraph",
                "An arrest says what the police did. Where patrols are more frequent, arrests "
                f"are too, whoever lives there.{note('crime arrests')}",
            ),
            ("heading", {"text": "Convictions", "level": "h3"}),
            (
                "paragraph",
                "A conviction says what a court found. Few records of convictions hold the "
                f"citizenship of the convicted, and fewer hold it reliably.{note('crime courts')}",
            ),
            ("heading", {"text": "Surveys of victims", "level": "h3"}),
            (
                "paragraph",
                "A survey asks people what was done to them, and so reaches crimes that nobody "
                "reported. It cannot ask them for the passport of the offender.",
            ),
            (
                "statistics",
                {
                    "title": "Sample figures",
                    "items": [
                        {
                            "figure": "3 of 4",
                            "label": "sample agencies record the place of birth at booking",
                            "source": SAMPLE_SOURCE,
                        },
                        {
                            "figure": "12 %",
                            "label": "of sample residents were born abroad",
                            "source": SAMPLE_SOURCE,
                        },
                        {
                            "figure": "0",
                            "label": "of these figures describe a real place",
                            "source": SAMPLE_SOURCE,
                        },
                    ],
                },
            ),
            ("image", {"image": stock.pictures["mosaic"], "caption": "Parts and the whole."}),
            ("heading", {"text": "What trust has to do with it", "level": "h2"}),
            (
                "paragraph",
                "Whoever fears that a call to the police will end in a deportation is less "
                "likely to call. Crimes that are not reported are in no statistic, and are not "
                f"solved.{note('crime review')} The sheet on "
                f"{stock.link('ms-13', 'young immigrants and MS-13')} takes up one example.",
            ),
            (
                "key_facts",
                {
                    "title": "To remember",
                    "facts": [
                        {"text": "Ask of every figure what was counted, and by whom."},
                        {
                            "text": "Compare rates, never totals.",
                            "source": {"title": "Sample handbook of statistics", "date": "2018"},
                        },
                    ],
                },
            ),
            ABOUT_THIS_TEXT,
        ],
        "sources": [
            (
                "source",
                {
                    "title": "The Integration of Immigrants into American Society",
                    "publisher": "National Academies of Sciences, Engineering, and Medicine",
                    "date": "2015",
                },
            )
        ],
        "footnotes": {
            "crime arrests": "The Federal Bureau of Investigation collects such counts from "
            "agencies that choose to report them.",
            "crime courts": "What a record holds differs from state to state, and at times from "
            "court to court.",
            "crime review": "For a review of research see <i>The Integration of Immigrants into "
            "American Society</i>, National Academies, 2015.",
        },
        "topics": [stock.topics["public-safety"], stock.topics["community-policing"]],
        "bylines": [Byline(organisation=stock.organisations["task-force"])],
        "related_pages": [RelatedPage(related_page=stock.pages["ms-13"])],
    }


PAPER = Item(
    name="crime",
    model=FactSheetPage,
    parent="path",
    title="Fact Sheet: Immigrants and Crime",
    slug="fact-sheet-immigrants-and-crime",
    date=date(2018, 6, 26),
    content=content,
)
