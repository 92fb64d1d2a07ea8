"""Elements of HTML, with everything escaped that was not made here."""

from collections.abc import Iterable
from html import escape
from typing import Any

VOID = ("hr", "img", "link", "meta", "source")


class Html(str):
    """Text that is HTML already. All other text is escaped."""


def join(*parts: Any) -> Html:
    """Parts one after the other; lists are taken apart, and None is nothing."""
    html = ""
    for part in parts:
        if isinstance(part, list | tuple):
            html += join(*part)
        elif part is not None:
            html += part if isinstance(part, Html) else escape(str(part))
    return Html(html)


def tag(name: str, /, *children: Any, **attributes: Any) -> Html:
    """An element, or nothing if nothing is in it: what editors left out leaves no trace."""
    inside = join(*children)
    if not inside and name not in VOID:
        return Html()
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return Html(f"<{name}{said}>" if name in VOID else f"<{name}{said}>{inside}</{name}>")


def anchor(url: str, *children: Any, **attributes: Any) -> Html:
    """A link, if it leads where links may lead; else its words."""
    if url.lower().startswith(("https://", "http://", "mailto:", "tel:", "/", "#", "?")):
        return tag("a", *children, href=url, **attributes)
    return join(*children)


def listed_in_words(parts: Iterable[Any], between: str = ", ") -> Html:
    """What there is of the parts, with something between them."""
    there = [part for part in parts if part]
    return join([join(between if position else "", part) for position, part in enumerate(there)])


# What only sounds right written out.
SPOKEN = {
    "q_and_a": "Q&A",
    "pdf": "PDF version",
    "has_summary": "In summary",
    "sign_on_letter": "Sign-on letter",
}


def sentence(name: str) -> str:
    """A name of the contract as a person would write it: `media_contacts` is “Media contacts”."""
    return SPOKEN.get(name) or name.replace("_", " ").capitalize()
