"""Pages of which something is gone: links that lead nowhere, blocks without their pictures."""

from typing import Any

from frontend_contract.situations.hidden import DELETED, HIDDEN, UNPUBLISHED
from pages.demo.stock import Stock
from pages.models import Byline, Download, MediaContact, RelatedPage


def dead_links(stock: Stock) -> dict[str, Any]:
    """Everything that can refer to something, referring to what is hidden in every way."""
    hidden = [stock.pages[example.name] for example in HIDDEN]
    deleted, unpublished = stock.pages[DELETED.name], stock.pages[UNPUBLISHED.name]
    words = "".join(
        f"<li>{stock.link(example.name, 'a link')}</li>" for example in HIDDEN
    ) + "".join(f"<li>{stock.file_link(name, 'a file')}</li>" for name in ("minutes", "lost"))
    return {
        "body": [
            (
                "paragraph",
                f"<p>None of these leads anywhere, but all can be read:</p><ul>{words}</ul>",
            ),
            ("related_pages", {"title": "Read next", "pages": hidden}),
            *(
                (
                    "call_to_action",
                    {"title": "Act", "text": "", "button": "Go on", "link": {"page": page}},
                )
                for page in hidden
            ),
            *(
                (
                    "call_to_action",
                    {"title": "Get the file", "button": "Get it", "link": {"document": document}},
                )
                for document in (stock.documents["minutes"], stock.documents["lost"])
            ),
            ("download", {"document": stock.documents["minutes"], "title": "Minutes"}),
            ("download", {"document": stock.documents["lost"]}),
            ("boilerplate", {"boilerplate": stock.boilerplates["lost"]}),
            (
                "contacts",
                {
                    "title": "One left",
                    "contacts": [stock.contacts["lost"], stock.contacts["finch"]],
                },
            ),
            ("contacts", {"title": "None left", "contacts": [stock.contacts["lost"]]}),
        ],
        "updates": [
            (
                "update",
                {
                    "kind": "retraction",
                    "date": "2017-05-09",
                    "text": f"See {stock.link(DELETED.name, 'our note')}.",
                    "superseded_by": {"page": deleted},
                },
            )
        ],
        "supersedes": unpublished,
        "boilerplate": stock.boilerplates["lost"],
        "event_contact": stock.contacts["lost"],
        "media_contacts": [MediaContact(contact=stock.contacts["lost"], sort_order=0)],
        "share_image": stock.pictures["withheld"],
        # A person remains, and her profile and portrait are what is public of them.
        "bylines": [Byline(person=stock.people["merrow"], sort_order=0)],
        "further_sections": [stock.pages["section/closed"]],
        "related_pages": [
            RelatedPage(related_page_id=page.pk, sort_order=order)
            for order, page in enumerate(hidden)
        ],
        "downloads": [
            Download(document=stock.documents["minutes"], sort_order=0),
            Download(document=stock.documents["lost"], sort_order=1),
        ],
    }


def lost_pictures(stock: Stock) -> dict[str, Any]:
    """Pictures that were deleted, or put away from the public, under everything that shows one."""
    kept, lost, withheld = (
        {"image": stock.pictures[name], "caption": f"The {name} one.", "credit": ""}
        for name in ("gauge", "lost", "withheld")
    )
    other = {"image": stock.pictures["volunteers"], "caption": "", "credit": ""}
    return {
        "share_image": stock.pictures["lost"],
        "body": [
            ("paragraph", "Below, three blocks lost what they had to show."),
            ("image", lost),
            ("image", withheld),
            ("gallery", {"title": "Two of three are left", "images": [kept, lost, other]}),
            ("gallery", {"title": "One of two is left", "images": [kept, lost]}),
            ("quote", {"quotation": "I had a portrait once.", "person": stock.people["merrow"]}),
        ],
    }
