"""A media advisory, and the earlier one that it replaces."""

from datetime import date, time
from typing import Any

from pages.demo.item import Item
from pages.demo.samples import SAMPLE
from pages.demo.stock import Stock
from pages.models import MediaContact, PressReleasePage, RelatedPage

WHO = (
    "Jordan Reyes, Chief of Police, Lakeview (sample)\n"
    "Miriam Castellan, Sheriff, Elder County (sample)"
)
WHAT = (
    "A discussion of what permanent residents can bring to a police department, with questions "
    "from the press."
)


def announcement(stock: Stock) -> dict[str, Any]:
    """What both advisories share."""
    return {
        "kind": "media_advisory",
        "dateline_place": "LAKEVIEW (SAMPLE)",
        "issued_by": stock.organisations["task-force"],
        "event_who": WHO,
        "event_what": WHAT,
        "event_date": date(2018, 5, 15),
        "event_time_zone": "America/Los_Angeles",
        "event_contact": stock.contacts["events"],
        "boilerplate": stock.boilerplates["task-force"],
        "end_mark": "-30-",
        "topics": [stock.topics["hiring"]],
        "media_contacts": [MediaContact(contact=stock.contacts["press"])],
    }


def first(stock: Stock) -> dict[str, Any]:
    return announcement(stock) | {
        "summary": "Sample advisory: a panel in Lakeview on May 15. A later advisory replaces it.",
        "event_starts": time(10),
        "event_ends": time(11, 30),
        "event_venue": "Lakeview City Hall (sample)",
        "event_address": "1 Example Square, Lakeview",
        "body": [SAMPLE, ("paragraph", "Seats for the press are in the first two rows.")],
    }


def second(stock: Stock) -> dict[str, Any]:
    return announcement(stock) | {
        "deck": "The panel moves to a larger room and begins half an hour later.",
        "summary": "Sample advisory: the panel on May 15 moves to the Lakeview Library.",
        "supersedes": stock.pages["advisory"],
        "event_starts": time(10, 30),
        "event_ends": time(12),
        "event_venue": "Lakeview Library, Great Hall (sample)",
        "event_address": "25 Example Avenue, Lakeview",
        "share_image": stock.pictures["panel"],
        "body": [
            SAMPLE,
            (
                "update",
                {
                    "kind": "update",
                    "date": "2018-05-09",
                    "text": "New place and time; everything else stays as announced.",
                },
            ),
            (
                "paragraph",
                "Cameras can be set up from 9:45 a.m. There is <b>no</b> parking at the library.",
            ),
            (
                "contacts",
                {
                    "title": "On the day",
                    "contacts": [stock.contacts["events"], stock.contacts["press"]],
                },
            ),
        ],
        "related_pages": [RelatedPage(related_page=stock.pages["lpr-ability"])],
    }


FIRST = Item(
    name="advisory",
    model=PressReleasePage,
    parent="news",
    title="Sample Media Advisory: Chiefs to Discuss Hiring in Lakeview",
    slug="sample-media-advisory-chiefs-to-discuss-hiring-in-lakeview",
    date=date(2018, 5, 7),
    content=first,
)
SECOND = Item(
    name="advisory-moved",
    model=PressReleasePage,
    parent="news",
    title="Sample Media Advisory: Panel on Hiring Moves to Lakeview Library",
    slug="sample-media-advisory-panel-on-hiring-moves-to-lakeview-library",
    date=date(2018, 5, 9),
    content=second,
)
