"""Fact sheets of the examples."""

from datetime import date
from typing import Any

from django.utils.text import slugify

from frontend_contract.situations.bodies import LEAST, SURVEY, notes, table
from frontend_contract.situations.example import Example
from frontend_contract.situations.other_pages import everything
from frontend_contract.situations.releases import update
from pages.demo.stock import Stock, note
from pages.models import FactSheetPage

Kind = FactSheetPage.Kind


def full(stock: Stock) -> dict[str, Any]:
    return {
        **everything(stock, "fact_sheet/full"),
        "kind": Kind.EXPLAINER,
        "kicker": "EARLY WARNING",
        "deck": "How a siren in one town saves a family in the next.",
        "key_facts": [
            ("fact", {"text": "84 towns warn each other.", "source": SURVEY}),
            ("fact", {"text": "A warning travels faster than the water."}),
        ],
        "updates": [update(stock, "fact_sheet/superseded_updates", "A newer paper goes on.")],
        "sources": [("source", SURVEY), ("source", {"title": "The wardens' log"})],
        "note_numbering": "lower_roman",
        "pdf": stock.documents["handbook"],
        "summary_of": stock.pages["fact_sheet/with_footnotes"],
        "follow_up_to": stock.pages["fact_sheet/comparison_table"],
    }


def comparison(stock: Stock) -> dict[str, Any]:
    return {
        "kind": Kind.COMPARISON,
        "summary": "Three towns, side by side.",
        "body": [
            ("paragraph", "An empty cell is a question that the town did not answer."),
            ("table", table()),
        ],
        "topics": [stock.topics["warning"], stock.topics["housing"]],
    }


def questions(stock: Stock) -> dict[str, Any]:
    return {
        "kind": Kind.QUESTIONS_AND_ANSWERS,
        "body": [
            (
                "questions",
                {
                    "title": "Before the water comes",
                    "items": [
                        {"question": "What do I take?", "answer": "Water, papers, medicine."},
                        {
                            "question": "Where do I go?",
                            "answer": "<p>Uphill:</p><ol><li>to the school,</li><li>to the church."
                            "</li></ol>",
                        },
                    ],
                },
            ),
            (
                "questions",
                {
                    "title": "With a warden",
                    "answered_by": stock.people["holm"],
                    "items": [{"question": "Do you sleep?", "answer": "In turns."}],
                },
            ),
        ],
    }


def summary_of(stock: Stock) -> dict[str, Any]:
    return {
        "kind": Kind.EXECUTIVE_SUMMARY,
        "deck": "The explainer, on one page.",
        "body": [("paragraph", "Sirens work where people know what they mean.")],
        "summary_of": stock.pages["fact_sheet/full"],
        "pdf": stock.documents["handbook"],
    }


def with_footnotes(stock: Stock) -> dict[str, Any]:
    name = "fact_sheet/with_footnotes"
    survey, statute = note(f"{name} survey"), note(f"{name} statute")
    return {
        "kind": Kind.REPORT,
        "note_numbering": "decimal",
        "body": [
            ("paragraph", f"The act{statute} asks for one siren. Towns{survey} have two."),
            ("callout", {"kind": "note", "title": "", "text": f"The act again{statute}."}),
            (
                "table",
                {
                    "caption": "Notes in a table",
                    "columns": [("text", "Town"), ("rich_text", "Remarks")],
                    "rows": [["Aldersford", f"As surveyed{survey}"]],
                },
            ),
        ],
        "footnotes": notes(name),
        "sources": [("source", SURVEY)],
    }


def superseded_updates(stock: Stock) -> dict[str, Any]:
    clarification = {
        "kind": "clarification",
        "date": "2019-05-20",
        "text": "“Town” stands for villages too.",
        "superseded_by": {"url": "https://records.example.org/definitions"},
    }
    retraction = {
        "kind": "retraction",
        "date": "2019-06-30",
        "text": "The count of sirens is withdrawn.",
        "superseded_by": {"document": stock.documents["handbook"]},
    }
    return {
        "kind": Kind.BACKGROUNDER,
        "body": LEAST,
        "updates": [
            update(stock, "fact_sheet/comparison_table", "Compare the towns here."),
            ("update", clarification),
            ("update", retraction),
        ],
        "follow_up_to": stock.pages["fact_sheet/full"],
    }


def _paper(name: str, number: int, title: str, day: date, content: Any) -> Example:
    path = f"fact_sheet/{name}"
    return Example(
        path, FactSheetPage, "section/full", title, slugify(title), day, content, id=number
    )


PAPERS = [
    _paper("full", 80, "How towns warn each other", date(2019, 4, 15), full),
    _paper("minimal", 81, "Water levels", date(2018, 1, 2), lambda stock: {"body": LEAST}),
    _paper("comparison_table", 82, "Three towns compared", date(2019, 2, 18), comparison),
    _paper("questions_and_answers", 83, "Before the water comes", date(2018, 5, 7), questions),
    _paper("summary_of", 84, "Warning in brief", date(2019, 4, 16), summary_of),
    _paper("with_footnotes", 85, "The act and the towns", date(2018, 11, 12), with_footnotes),
    _paper("superseded_updates", 86, "What a town is", date(2019, 5, 6), superseded_updates),
]
