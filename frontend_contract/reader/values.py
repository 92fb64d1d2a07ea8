"""What occurs in many places of the contract: dates, pictures, links, files, people."""

from datetime import date
from typing import Any

from frontend_contract.reader.html import Html, anchor, join, listed_in_words, sentence, tag

# Text is as wide as it is read best; no picture is wider.
SIZES = "(min-width: 44rem) 44rem, 100vw"


def day(text: str | None, precision: str = "day") -> Html:
    """A date, with as much of it as is known."""
    if not text:
        return Html()
    found = date.fromisoformat(text)
    written = {"year": f"{found.year}", "month": f"{found:%B} {found.year}"}
    words = written.get(precision, f"{found:%B} {found.day}, {found.year}")
    return tag("time", words, datetime=text)


def picture(image: dict[str, Any], sizes: str = SIZES) -> Html:
    """A picture in the best of its formats that the browser knows, as large as it needs it."""
    sources = [
        tag("source", type=source["mime_type"], srcset=source["srcset"], sizes=sizes)
        for source in image["sources"]
    ]
    size = {"width": image["width"], "height": image["height"], "loading": "lazy"}
    return tag("picture", sources, tag("img", src=image["url"], alt=image["alt"], **size))


def figure(image: dict[str, Any] | None, caption: str = "", credit: str = "") -> Html:
    """A picture with its caption and credit."""
    if image is None:
        return Html()
    credit = credit or image["credit"]
    written = tag("small", " Credit: " if credit else "", credit)
    return tag("figure", picture(image), tag("figcaption", caption, written))


def link(target: dict[str, Any] | None, words: str = "", **attributes: Any) -> Html:
    """A link to a page, a file or an address. Of a dead one only the words remain."""
    if target is None or target["type"] == "dead":
        return join(words)
    return anchor(target["url"], words or target.get("title") or target["url"], **attributes)


def file(document: dict[str, Any] | None, title: str = "") -> Html:
    """A file to download, with its size."""
    if document is None or document["type"] == "dead":
        return Html()
    kilobytes = (document["file_size"] or 0) // 1024
    return tag("p", link(document, title), f" ({kilobytes:,} KB)" if kilobytes else "")


def card(target: dict[str, Any], level: int) -> Html:
    """A page as listings show it: from a listing, or referred to by another page."""
    if target["type"] == "dead":
        return Html()
    kind = target.get("kind_label") or sentence(target.get("kind") or "")
    when = day(target["publication_date"], target.get("date_precision", "day"))
    address = target.get("url") or target["meta"]["html_url"]
    return tag(
        "li",
        tag(f"h{level}", anchor(address, target["title"])),
        tag("p", listed_in_words([kind, when], " · "), class_="soft"),
        tag("p", target["summary"]),
    )


def author(found: dict[str, Any] | None) -> Html:
    """A person or an organisation, with where to read more of them."""
    if found is None:
        return Html()
    if found["type"] == "organisation":
        return anchor(found["url"], found["name"])
    return listed_in_words([link(found["profile"], found["name"]), found["post"]])


def contact(found: dict[str, Any]) -> Html:
    """Whom journalists call."""
    phone, email = found["phone"], found["email"]
    ways = [
        anchor(f"tel:{''.join(phone.split())}", phone) if phone else None,
        anchor(f"mailto:{email}", email) if email else None,
    ]
    name = tag("strong", found["name"])
    return tag("p", listed_in_words([name, found["role"], *ways, found["note"]], " · "))
