"""Bodies: one with every block in it, and the least that a page can have."""

from typing import Any

from frontend_contract.situations.material import VIDEO
from pages.demo.stock import Stock, note

Blocks = list[tuple[str, Any]]

LEAST: Blocks = [("paragraph", "The water is falling.")]
SURVEY = {
    "title": "Survey of river towns",
    "publisher": "Office of Water Records",
    "url": "https://records.example.org/survey",
    "date": "March 2019",
}


def notes(name: str) -> dict[str, str]:
    """The footnotes of a page. The second is mentioned first, and so gets the number 1."""
    return {
        f"{name} survey": "<p>Answers of 84 towns, <i>weighted</i> by population.</p>",
        f"{name} statute": '<p>See <a href="https://records.example.org/act">the act</a>, § 4.</p>',
        f"{name} unused": "<p>Nothing mentions this one, so no reader sees it.</p>",
    }


def full_body(stock: Stock, name: str) -> Blocks:
    """Every block, and all of them once more in a section, with two notes of the page `name`."""
    return [
        (
            "paragraph",
            f"<p>Each town has a <b>warden</b>{note(f'{name} statute')} and, since the survey, "
            f"a <i>deputy</i>{note(f'{name} survey')}.</p>",
        ),
        *content_blocks(stock),
        ("section", {"title": "The same, kept together", "content": content_blocks(stock)}),
    ]


def content_blocks(stock: Stock) -> Blocks:
    """Every block but the section."""
    return [*_words(stock), *_media(stock), *_evidence(), *_notices(stock)]


def _words(stock: Stock) -> Blocks:
    about = stock.link("standard/full", "who we are")
    handbook = stock.file_link("handbook", "the handbook")
    return [
        ("heading", {"text": "What a warning is worth", "level": "h2"}),
        (
            "paragraph",
            f"<p>Read {about}, or {handbook}, or "
            '<a href="https://records.example.org/">the records</a>. '
            '<a href="mailto:press@alliance.example.org">Write</a> or '
            '<a href="tel:+12025550142">call</a>.</p>'
            "<ul><li>Sirens in <b>every</b> town</li><li>CO<sub>2</sub> sensors, 40 m<sup>2</sup>"
            "</li></ul><ol><li>Listen</li><li>Leave</li></ol>",
        ),
        (
            "quote",
            {
                "quotation": "An hour is enough, if people believe you.\nTen minutes are not.",
                "person": stock.people["valdane"],
                "name": "Ines Valdane",
                "post": "Deputy Director",
                "organisation": "River Towns Alliance",
            },
        ),
        (
            "text_quotation",
            {
                "text": "<p>A town shall sound its sirens <b>without delay</b>.</p>",
                "citation": "Warning Act § 4(a)",
                "url": "https://records.example.org/act",
            },
        ),
        (
            "questions",
            {
                "title": "Five minutes with the director",
                "answered_by": stock.people["valdane"],
                "items": [
                    {"question": "Why sirens?", "answer": "Telephones sleep. Sirens do not."},
                    {"question": "Who pays?", "answer": f"The towns do, as {handbook} explains."},
                ],
            },
        ),
    ]


def _media(stock: Stock) -> Blocks:
    gauge = {"image": stock.pictures["gauge"], "caption": "The gauge at Aldersford.", "credit": ""}
    crew = {"image": stock.pictures["volunteers"], "caption": "", "credit": "Priya Holm"}
    return [
        ("image", gauge),
        ("gallery", {"title": "The night in pictures", "images": [gauge, crew]}),
        (
            "embed",
            {
                "media": VIDEO,
                "title": "A night on the river, in ten minutes",
                "transcript": stock.documents["handbook"],
            },
        ),
        ("download", {"document": stock.documents["handbook"], "title": "The handbook (PDF)"}),
    ]


def _evidence() -> Blocks:
    return [
        ("table", table()),
        (
            "key_facts",
            {
                "title": "Key facts",
                "facts": [
                    {"text": "84 towns warn each other.", "source": SURVEY},
                    {"text": "Nobody is warned by one siren alone."},
                ],
            },
        ),
        (
            "statistics",
            {
                "title": "In figures",
                "items": [{"figure": "62 %", "label": "of homes were warned", "source": SURVEY}],
            },
        ),
        (
            "claims",
            {
                "start": 3,
                "items": [
                    {"claim": "Sirens frighten people.", "text": "They frightened one in fifty."},
                    {
                        "claim": "Nobody listens.",
                        "text": "<p>Nine in ten left within the hour.</p>",
                    },
                ],
            },
        ),
        (
            "timeline",
            {
                "title": "How it came about",
                "events": [
                    {
                        "date": "2014-04-02",
                        "when": "Spring 2014",
                        "title": "The great flood",
                        "text": "Eleven towns were not warned.",
                    },
                    {"date": None, "when": "Later", "title": "First talks", "text": ""},
                ],
            },
        ),
    ]


def table() -> dict[str, Any]:
    """A table with a column of every type, and empty cells."""
    return {
        "caption": "Three towns compared",
        "columns": [
            ("text", "Town"),
            ("rich_text", "Remarks"),
            ("number", "Sirens"),
            ("date", "Tested on"),
            ("yes_no", "Deputy"),
        ],
        "rows": [
            ["Aldersford", "<p>On <b>both</b> banks</p>", 12, "2019-02-11", True],
            ["Millbeck", "<ul><li>One bank only</li></ul>", 4.5, "2018-11-30", False],
            ["Stone Ferry", "", None, None, False],
        ],
    }


def _notices(stock: Stock) -> Blocks:
    pages = stock.pages
    return [
        (
            "callout",
            {"kind": "important", "title": "In an emergency", "text": "Leave first, ask later."},
        ),
        (
            "update",
            {
                "kind": "correction",
                "date": "2019-05-02",
                "text": "The number of towns was wrong.",
                "original_words": "48 towns",
                "corrected_words": "84 towns",
                "superseded_by": {"page": pages["standard/full"]},
            },
        ),
        (
            "related_pages",
            {"title": "Read next", "pages": [pages["standard/full"], pages["section/full"]]},
        ),
        (
            "call_to_action",
            {
                "title": "Join the wardens",
                "text": "One evening a month.",
                "button": "Write to us",
                "link": {"email": "wardens@alliance.example.org"},
            },
        ),
        ("boilerplate", {"boilerplate": stock.boilerplates["alliance"]}),
        (
            "contacts",
            {
                "title": "Media contact",
                "contacts": [stock.contacts["whitlock"], stock.contacts["finch"]],
            },
        ),
    ]
