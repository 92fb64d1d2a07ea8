"""Whole pages: what is around a page of the newsroom, and the page itself."""

import json
from datetime import datetime
from http import HTTPStatus
from typing import Any

from frontend_contract.reader.api import CMS_ORIGIN, ask, must
from frontend_contract.reader.blocks import anything, blocks, boilerplate, heading
from frontend_contract.reader.html import Html, anchor, join, listed_in_words, sentence, tag
from frontend_contract.reader.prose import prose
from frontend_contract.reader.style import STYLE
from frontend_contract.reader.values import author, card, contact, day, figure, file, link

PAGE_SIZE = 20
CARD_FIELDS = "summary,publication_date,date_precision,kind"

# The editor's preview panel shows the last draft until the new one has asked where the last was
# scrolled to, or until ten seconds have passed. It begins to listen at some time after `load`.
SCROLL = """
const cms = %s;
const tell = (type, position) =>
  parent.postMessage({ wagtail: { type, origin: location.origin, ...position } }, cms);
addEventListener("message", ({ origin, data }) => {
  if (origin !== cms || !data.wagtail) return;
  const { type, x, y } = data.wagtail;
  if (type === "w-preview:get-scroll-position")
    tell("w-preview:set-scroll-position", { x: scrollX, y: scrollY });
  if (type === "w-preview:set-scroll-position") scrollTo({ left: x, top: y, behavior: "instant" });
});
if (parent !== window)
  addEventListener("load", () => {
    for (const wait of [0, 50, 250, 1000]) setTimeout(tell, wait, "w-preview:request-scroll");
  });
"""

# What the page's head has shown already, and what is for machines.
SHOWN = {
    *("id", "type", "uuid", "meta", "title", "headline", "breadcrumbs", "translations"),
    *("kind", "kicker", "deck", "summary", "publication_date", "date_precision", "dateline_place"),
    *("bylines", "topics", "share_image", "canonical_url", "further_sections", "note_numbering"),
}

# How a release, an advisory or a letter is read; what else there is comes below.
RELEASE = [
    *("issued_by", "superseded_by", "updates", "event", "event_contact"),
    *("letter_date", "recipient", "salutation", "body", "signatories"),
    *("media_contacts", "boilerplate", "end_mark"),
]


def page(document: dict[str, Any], *, preview: bool, number: int = 1) -> Html:
    """A page of any type: its head, all that its type brings along, and what lies below it."""
    meta = document["meta"]
    first = RELEASE if document["type"] == "press_release" else []
    parts = [
        _part(name, document[name], preview=preview)
        for name in dict.fromkeys([*first, *document])
        if name not in SHOWN and name in document
    ]
    article = tag("article", _head(document), parts)
    return shell(
        meta["seo_title"] or document["title"],
        join(_breadcrumbs(document), article, _listing(document, number)),
        description=meta["search_description"] or document["summary"],
        address=document["canonical_url"] or meta["html_url"],
        language=meta["locale"],
        preview=preview,
    )


def notice(title: str, *sentences: str) -> Html:
    """A page that says why there is none."""
    return shell(title, join(tag("h1", title), [tag("p", words) for words in sentences]))


def outage() -> Html:
    """A page for when the API is out, made without asking it for anything."""
    return _html(
        "Out of order",
        tag(
            "main",
            tag("h1", "Out of order"),
            tag(
                "p",
                "This site cannot be read just now: the newsroom behind it does not answer. "
                "The page you asked for may well be there. Please try again in a minute.",
            ),
        ),
    )


def shell(
    title: str,
    content: Html,
    *,
    language: str = "en",
    preview: bool = False,
    description: str = "",
    address: str | None = None,
) -> Html:
    """What every page has: the site's name, its menus and how to get past them."""
    site = must("site/")
    name = site["name"] or site["hostname"]
    home = next((locale["home"] for locale in site["locales"] if locale["code"] == language), None)
    body = join(
        tag("a", "Skip to content", href="#content", class_="skip"),
        tag("p", "Preview. This draft is not public.", class_="preview") if preview else None,
        tag("header", anchor(home["path"] if home else "/", name), _menu(site)),
        tag("main", content, id="content"),
        tag("footer", _footer(site)),
        tag("script", Html(SCROLL % json.dumps(CMS_ORIGIN))) if preview else None,
    )
    return _html(
        title if title == name else f"{title} – {name}",
        body,
        tag("meta", name="description", content=description) if description else None,
        tag("link", rel="canonical", href=address) if address and not preview else None,
        tag("meta", name="robots", content="noindex") if preview else None,
        language=language,
    )


def _html(title: str, body: Html, *head: Html | None, language: str = "en") -> Html:
    return join(
        Html("<!doctype html>"),
        tag(
            "html",
            tag(
                "head",
                tag("meta", charset="utf-8"),
                tag("meta", name="viewport", content="width=device-width"),
                tag("title", title),
                tag("link", rel="icon", href="data:,"),
                head,
                tag("style", Html(STYLE)),
            ),
            tag("body", body),
            lang=language,
        ),
    )


def _menu(site: dict[str, Any]) -> Html:
    def entry(value: dict[str, Any]) -> Html:
        below = tag("ul", [entry(child) for child in value.get("children", [])])
        return tag("li", link(value["link"], value["text"]), below)

    items = [entry(item["value"]) for item in site["header_navigation"] if item["type"] == "item"]
    return tag("nav", tag("ul", items), aria_label="Main")


def _footer(site: dict[str, Any]) -> Html:
    columns = [item["value"] for item in site["footer_navigation"] if item["type"] == "column"]
    accounts = [item["value"] for item in site["social_links"] if item["type"] == "account"]
    return join(
        tag("p", site["description"]),
        [
            tag(
                "nav",
                tag("strong", column["title"]),
                tag(
                    "ul", [tag("li", link(item["link"], item["text"])) for item in column["links"]]
                ),
                aria_label=column["title"],
            )
            for column in columns
        ],
        tag("ul", [tag("li", anchor(account["url"], account["label"])) for account in accounts]),
    )


def _breadcrumbs(document: dict[str, Any]) -> Html:
    items = [tag("li", link(crumb)) for crumb in document["breadcrumbs"]]
    others = [
        tag(
            "li",
            anchor(other["path"], other["title"], hreflang=other["locale"], lang=other["locale"]),
        )
        for other in document["translations"]
    ]
    return join(
        tag("nav", tag("ul", items), aria_label="Breadcrumb"),
        tag("nav", tag("ul", others), aria_label="Other languages"),
    )


def _head(document: dict[str, Any]) -> Html:
    listed = document["type"] in ("home", "section", "profile_index", "standard")
    when = None if listed else day(document["publication_date"], document["date_precision"])
    bylines = listed_in_words([author(found) for found in document["bylines"]])
    return join(
        tag("p", document.get("kicker") or sentence(document.get("kind", "")), class_="soft"),
        tag("h1", document.get("headline") or document["title"]),
        tag("p", document.get("deck"), class_="deck"),
        tag("p", listed_in_words([document.get("dateline_place"), when], " – "), class_="soft"),
        tag("p", "By " if bylines else "", bylines, class_="soft"),
        tag("p", listed_in_words([topic["name"] for topic in document["topics"]]), class_="soft"),
    )


def _part(name: str, value: Any, *, preview: bool) -> Html:
    """What a page type brings along, whatever it is; under its name unless that is plain."""
    if not value:
        return Html()
    match name, value:
        case "introduction", _:
            return prose(value)
        case "boilerplate", _:
            return boilerplate(value, 2)
        case "quotation", _:
            return tag("blockquote", tag("p", "“", value, "”"), class_="said")
        case "event", _:
            return _event(value)
        case "portrait", _:
            return figure(value)
        case "end_mark", _:
            return tag("p", value, class_="end")
        case "recipient", _:
            return tag("address", value)
        case (("post" | "place" | "salutation"), _):
            return tag("p", value)
        case (("person" | "organisation" | "issued_by"), _):
            return tag("p", author(value))
        case "letter_date", _:
            return tag("p", day(value))
        case "footnotes", _:
            notes = [tag("li", prose(note["text"]), id=f"note-{note['number']}") for note in value]
            return tag("section", heading("Notes", 2), tag("ol", notes), role="doc-endnotes")
        case "media_contacts", _:
            html = join([contact(found) for found in value])
        case "downloads", _:
            html = join([file(item["document"], item["title"]) for item in value])
        case "pdf", _:
            html = file(value)
        case "signatories", _:
            html = tag("ul", [_signatory(found) for found in value])
        case _, [{"type": _, "value": _}, *_]:
            html = blocks(value, 2, preview=preview)
            if name not in ("key_facts", "sources"):
                return html
            if name == "key_facts":
                html = tag("ul", html)
        case _, [{"page_type": _}, *_] | {"page_type": _}:
            cards = [value] if isinstance(value, dict) else value
            html = tag("ul", [card(found, 3) for found in cards], class_="cards")
        case _:
            html = anything(value, 3)
    return tag("section", heading(sentence(name), 2) if html else None, html)


def _event(event: dict[str, Any]) -> Html:
    def moment(text: str | None) -> str:
        return f"{datetime.fromisoformat(text):%B %d, %Y, %H:%M}" if text else ""

    rows = {
        "Who": event["who"],
        "What": event["what"],
        "When": listed_in_words([moment(event["starts_at"]), moment(event["ends_at"])], " to "),
        "Where": listed_in_words([event["venue"], event["address"]], "\n"),
    }
    return tag(
        "dl", [join(tag("dt", name), tag("dd", words)) for name, words in rows.items() if words]
    )


def _signatory(found: dict[str, Any]) -> Html:
    retired = "retired" if found["retired"] else ""
    parts = [found["name"], found["rank"], retired, found["agency"], found["jurisdiction"]]
    return tag("li", listed_in_words(parts))


def _listing(document: dict[str, Any], number: int) -> Html:
    """What lies in a section, newest first; on the front page, what is newest of all."""
    wanted: dict[str, Any]
    if document["type"] == "home":
        title, number = "Latest", 1
        wanted = {"type": "press_release,fact_sheet,profile"}
    elif document["type"] in ("section", "profile_index") and document["id"]:
        title = "In this section"
        wanted = {"section": document["id"], "offset": (number - 1) * PAGE_SIZE}
    else:
        return Html()
    wanted |= {"fields": CARD_FIELDS, "order": "-publication_date", "limit": PAGE_SIZE}
    status, found = ask("pages/", **wanted)
    if status != HTTPStatus.OK or not found["items"]:
        # A section that is not public yet lists nothing.
        return Html()
    more = "section" in wanted and number * PAGE_SIZE < found["meta"]["total_count"]
    return tag(
        "section",
        heading(title, 2),
        tag("ul", [card(item, 3) for item in found["items"]], class_="cards"),
        tag("p", anchor(f"?page={number + 1}", "Older", rel="next")) if more else None,
    )
