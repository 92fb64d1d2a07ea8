"""Press releases of the examples."""

from datetime import date, time
from typing import Any

from django.utils.text import slugify

from frontend_contract.situations.bodies import LEAST
from frontend_contract.situations.dead import dead_links, lost_pictures
from frontend_contract.situations.example import Example
from frontend_contract.situations.other_pages import everything
from pages.demo.stock import Stock
from pages.models import MediaContact, PressReleasePage, Signatory

Kind = PressReleasePage.Kind
TOWNS = ["Aldersford", "Millbeck", "Stone Ferry", "Harrow Bend", "Low Quay", "Saltmarsh"]
FIRST_NAMES = ["Ada", "Bruno", "Celia", "Dev", "Elsa", "Farid", "Greta", "Hugo", "Ivy", "Jonas"]
LAST_NAMES = ["Okoro", "Lindqvist", "Barros", "Tanaka", "Whitfield", "Moreau"]


def event(day: date) -> dict[str, Any]:
    """What a media advisory announces for a day."""
    return {
        "kind": Kind.MEDIA_ADVISORY,
        "event_who": "Ines Valdane, director\nTobias Merrow, flood warden",
        "event_what": "A test of all sirens along the river, and a walk to the gauge.",
        "event_date": day,
        "event_starts": time(9, 30),
        "event_ends": time(11, 0),
        "event_time_zone": "America/Chicago",
        "event_venue": "Town hall",
        "event_address": "1 Quay Street\nAldersford",
    }


def signatory(number: int) -> Signatory:
    """One of sixty who signed, each with a name of their own; some have only that."""
    first, last = FIRST_NAMES[number % 10], LAST_NAMES[number // 10]
    known = number % 7 != 6
    return Signatory(
        name=f"{first} {last}",
        rank="Flood Warden" if known else "",
        agency=f"Town of {TOWNS[number % 6]}" if known else "",
        jurisdiction="River County" if number % 2 else "",
        retired=number % 5 == 4,
        sort_order=number,
    )


def update(stock: Stock, path: str, text: str) -> tuple[str, dict[str, Any]]:
    """A notice of an update that links to what supersedes it."""
    return (
        "update",
        {
            "kind": "update",
            "date": "2019-06-12",
            "text": text,
            "superseded_by": {"page": stock.pages[path]},
        },
    )


def full(stock: Stock) -> dict[str, Any]:
    return {
        **everything(stock, "press_release/full"),
        **event(date(2019, 4, 20)),
        "event_end_date": date(2019, 4, 21),
        "deck": "Reporters can hear what a town hears, and see what a warden sees.",
        "dateline_place": "ALDERSFORD",
        "issued_by": stock.organisations["alliance"],
        "updates": [update(stock, "press_release/media_advisory", "The test has been moved.")],
        "boilerplate": stock.boilerplates["alliance"],
        "end_mark": "-30-",
        "event_contact": stock.contacts["finch"],
        "supersedes": stock.pages["press_release/superseded"],
        "letter_date": date(2019, 4, 1),
        "recipient": "The Governor\n1 Capitol Square",
        "salutation": "Dear Governor:",
        "media_contacts": [
            MediaContact(contact=stock.contacts["whitlock"], sort_order=0),
            MediaContact(contact=stock.contacts["finch"], sort_order=1),
        ],
        "signatories": [signatory(number) for number in range(3)],
    }


def media_advisory(stock: Stock) -> dict[str, Any]:
    return {
        **event(date(2019, 5, 4)),
        "summary": "All sirens along the river sound on Saturday, May 4, at half past nine.",
        "dateline_place": "ALDERSFORD",
        "issued_by": stock.organisations["alliance"],
        "body": [("paragraph", "Cameras are welcome. Bring something for your ears.")],
        "media_contacts": [MediaContact(contact=stock.contacts["whitlock"], sort_order=0)],
        "event_contact": stock.contacts["finch"],
        "supersedes": stock.pages["press_release/full"],
        "topics": [stock.topics["warning"]],
    }


def superseded(stock: Stock) -> dict[str, Any]:
    return {
        **event(date(2019, 4, 13)),
        # The day is known, the hours are not.
        "event_starts": None,
        "event_ends": None,
        "body": [("paragraph", "The hour follows once the weather is known.")],
        "updates": [update(stock, "press_release/full", "A new day has been set.")],
    }


def statement(stock: Stock) -> dict[str, Any]:
    return {
        "kind": Kind.STATEMENT,
        "summary": "The alliance thanks everybody who left in time.",
        "issued_by": stock.organisations["alliance"],
        "body": [
            ("paragraph", "Ines Valdane, director of the alliance, said today:"),
            (
                "quote",
                {
                    "quotation": "Nobody died last night. That is what an hour is worth.",
                    "person": stock.people["valdane"],
                },
            ),
        ],
        "boilerplate": stock.boilerplates["alliance"],
        "end_mark": "ENDS",
    }


def letter(stock: Stock) -> dict[str, Any]:
    return {
        "kind": Kind.SIGN_ON_LETTER,
        "summary": "Sixty wardens ask for a second siren in each town.",
        "letter_date": date(2019, 2, 28),
        "recipient": "The Honorable Rhea Castellan\nSecretary of Rivers",
        "salutation": "Dear Secretary Castellan:",
        "body": [
            ("paragraph", "<p>One siren fails. Two seldom do.</p><p>We ask for the second.</p>"),
            ("download", {"document": stock.documents["letter"]}),
        ],
        "signatories": [signatory(number) for number in range(60)],
        "end_mark": "",
    }


def updated(stock: Stock) -> dict[str, Any]:
    correction = {
        "kind": "correction",
        "date": "2018-10-03",
        "text": "The number of homes was wrong.",
        "original_words": "6,200 homes",
        "corrected_words": "2,600 homes",
    }
    return {
        "deck": "2,600 homes were warned before midnight.",
        "body": [("paragraph", "The siren at Millbeck was heard on both banks.")],
        "updates": [
            ("update", correction),
            update(stock, "fact_sheet/full", "Newer figures are in our explainer."),
        ],
    }


def translated(stock: Stock) -> dict[str, Any]:
    return {
        "summary": "What to take along.",
        "body": [("paragraph", "Take water, papers and your neighbor.")],
    }


def spanish(stock: Stock) -> dict[str, Any]:
    return {
        "summary": "Qué llevar consigo.",
        "body": [("paragraph", "Lleve agua, documentos y a su vecino.")],
    }


def unfinished(stock: Stock) -> dict[str, Any]:
    """A draft in the middle of being written: blocks without what their types promise."""
    return {
        "live": False,
        "first_published_at": None,
        "last_published_at": None,
        "body": [
            ("paragraph", "The first lines are written."),
            ("heading", {"text": "", "level": "h2"}),
            ("quote", {"quotation": "", "name": "Ines Valdane"}),
            ("questions", {"title": "", "items": [{"question": "When?", "answer": ""}]}),
            ("gallery", {"title": "Pictures to come", "images": []}),
            ("section", {"title": "", "content": [("paragraph", "")]}),
        ],
    }


def _release(
    name: str, number: int, title: str, day: date, content: Any, **further: Any
) -> Example:
    path = f"press_release/{name}"
    parent = further.pop("parent", "section/full")
    return Example(
        path, PressReleasePage, parent, title, slugify(title), day, content, id=number, **further
    )


RELEASES = [
    _release("full", 60, "River towns to sound all sirens", date(2019, 4, 8), full),
    _release("minimal", 61, "Water is falling", date(2019, 1, 7), lambda stock: {"body": LEAST}),
    _release("media_advisory", 62, "New date: all sirens", date(2019, 4, 29), media_advisory),
    _release("superseded", 63, "All sirens in April", date(2019, 3, 18), superseded),
    _release("statement", 64, "Statement on the night at Millbeck", date(2018, 9, 30), statement),
    _release(
        "sign_on_letter_60_signatories",
        65,
        "Sixty wardens write to the Secretary",
        date(2019, 3, 1),
        letter,
    ),
    _release("updated", 66, "Homes warned in time", date(2018, 10, 1), updated),
    _release("dead_links", 67, "Where nothing leads on", date(2017, 5, 2), dead_links),
    _release("lost_pictures", 68, "What was in the picture", date(2017, 5, 3), lost_pictures),
    _release("translated", 69, "What to take along", date(2018, 3, 5), translated),
    _release(
        "spanish",
        70,
        "Qué llevar consigo",
        date(2018, 3, 6),
        spanish,
        parent="section/spanish",
        locale="es",
        translation_of="press_release/translated",
    ),
    _release(
        "unfinished", 71, "Sirens, the second year", date(2019, 7, 1), unfinished, finished=False
    ),
]
