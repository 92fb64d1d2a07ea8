"""One small function for each kind of block; what has none is shown by what it holds."""

from collections.abc import Callable
from typing import Any

from frontend_contract.reader.html import Html, anchor, join, listed_in_words, sentence, tag
from frontend_contract.reader.prose import prose
from frontend_contract.reader.values import author, card, contact, day, figure, file, link

Value = dict[str, Any]


def blocks(stream: list[dict[str, Any]], level: int, *, preview: bool) -> Html:
    """The blocks of a stream; `level` is that of the headings they may bring along.

    One that is not finished is shown to its editor, and to nobody else.
    """
    html = []
    for block in stream:
        kind, value = block["type"], block["value"]
        if kind == "section":
            content = blocks(value["content"], level + 1, preview=preview)
            html.append(tag("section", heading(value["title"], level), content))
        elif kind != "incomplete":
            html.append(BLOCKS.get(kind, anything)(value, level))
        elif preview:
            html.append(unfinished(value))
    return join(html)


def unfinished(value: Value) -> Html:
    """What an editor still has to do: `items.0.answer` is “items 1, answer”."""
    missing = []
    for path in value["missing"]:
        parts = [f" {int(part) + 1}" if part.isdigit() else f", {part}" for part in path.split(".")]
        missing.append("".join(parts).strip(", ").replace("_", " "))
    lacks = f"{sentence(value['block'])}, not finished. Still missing: {'; '.join(missing)}."
    return tag("p", lacks, class_="unfinished", role="note")


def anything(value: Any, level: int) -> Html:
    """The words of a value of any type, also of one that came into the contract later."""
    if isinstance(value, list):
        if value and isinstance(value[0], dict) and "_type" in value[0]:
            return prose(value)
        return join([anything(item, level) for item in value])
    if not isinstance(value, dict):
        return tag("p", None if value is None or value is False else value)
    match value:
        case {"sources": _, "alt": _}:
            return figure(value)
        case {"type": "person" | "organisation"}:
            return tag("p", author(value))
        case {"type": "press_contact"}:
            return contact(value)
        case {"type": "document"}:
            return file(value)
        case {"type": "page" | "external" | "dead"}:
            return tag("p", link(value))
    members = {name: anything(item, level) for name, item in value.items()}
    return join(
        [join(heading(sentence(name), level), html) for name, html in members.items() if html]
    )


def heading(text: str, level: int) -> Html:
    return tag(f"h{min(level, 6)}", text)


def _heading(value: Value, level: int) -> Html:
    return heading(value["text"], int(value["level"][1]) + level - 2)


def _quote(value: Value, level: int) -> Html:
    name = value["name"]
    if value["person"]:
        name = link(value["person"]["profile"], name or value["person"]["name"])
    who = listed_in_words([name, value["post"], value["organisation"]])
    words = tag("p", "“", value["quotation"], "”")
    return tag(
        "figure",
        tag("blockquote", words, class_="said"),
        tag("figcaption", "— " if who else "", who),
    )


def _text_quotation(value: Value, level: int) -> Html:
    citation = tag("cite", anchor(value["url"], value["citation"]))
    return tag("figure", tag("blockquote", prose(value["text"])), tag("figcaption", citation))


def _questions(value: Value, level: int) -> Html:
    title = heading(value["title"], level)
    who = tag("p", author(value["answered_by"]), class_="soft")
    below = level + 1 if title else level
    items = [
        join(heading(item["question"], below), prose(item["answer"])) for item in value["items"]
    ]
    return tag("section", title, who, items)


def _image(value: Value, level: int) -> Html:
    return figure(value["image"], value["caption"], value["credit"])


def _gallery(value: Value, level: int) -> Html:
    pictures = tag("div", [_image(item, level) for item in value["images"]], class_="gallery")
    return tag("section", heading(value["title"], level), pictures)


def _embed(value: Value, level: int) -> Html:
    """A link: nothing is loaded from elsewhere before the reader asks for it."""
    where = value["media"]["provider"]
    words = tag("p", anchor(value["media"]["url"], value["title"]), f" ({where})" if where else "")
    transcript = value["transcript"]
    return tag("aside", words, file(transcript, "Transcript") if transcript else None)


def _download(value: Value, level: int) -> Html:
    return file(value["document"], value["title"])


def _table(value: Value, level: int) -> Html:
    def cell(found: dict[str, Any]) -> Html:
        match found["type"], found["value"]:
            case "rich_text", nodes:
                words: Any = prose(nodes)
            case "yes_no", yes:
                words = "Yes" if yes else "No"
            case "date", text:
                words = day(text)
            case "number", float(number):
                words = f"{number:,g}"
            case _, words:
                pass
        # Also an empty cell is one.
        return Html(f"<td>{join(words)}</td>")

    head = tag(
        "tr", [tag("th", column["heading"] or " ", scope="col") for column in value["columns"]]
    )
    rows = [tag("tr", [cell(found) for found in row["cells"]]) for row in value["rows"]]
    table = tag("table", tag("caption", value["caption"]), tag("thead", head), tag("tbody", rows))
    return tag("div", table, class_="scroll", tabindex=0)


def _source(value: Value | None, level: int = 0) -> Html:
    if value is None:
        return Html()
    title = anchor(value["url"], value["title"])
    return tag("p", listed_in_words([title, value["publisher"], value["date"]]), class_="soft")


def _fact(value: Value, level: int = 0) -> Html:
    return tag("li", value["text"], _source(value["source"]))


def _key_facts(value: Value, level: int) -> Html:
    facts = tag("ul", [_fact(fact) for fact in value["facts"]])
    return tag("aside", heading(value["title"], level), facts)


def _statistics(value: Value, level: int) -> Html:
    items = [
        tag(
            "div",
            tag("dt", item["figure"], class_="figure"),
            tag("dd", item["label"], _source(item["source"])),
        )
        for item in value["items"]
    ]
    return tag("section", heading(value["title"], level), tag("dl", items, class_="gallery"))


def _claims(value: Value, level: int) -> Html:
    items = [
        tag("li", heading(item["claim"], level), prose(item["text"])) for item in value["items"]
    ]
    return tag("ol", items, start=value["start"])


def _timeline(value: Value, level: int) -> Html:
    events = [
        tag("li", tag("strong", event["when"], ": ", event["title"]), prose(event["text"]))
        for event in value["events"]
    ]
    return tag("section", heading(value["title"], level), tag("ul", events))


def _callout(value: Value, level: int) -> Html:
    title = heading(value["title"] or sentence(value["kind"]), level)
    return tag("aside", title, prose(value["text"]))


def _update(value: Value, level: int) -> Html:
    was, now = value["original_words"], value["corrected_words"]
    return tag(
        "aside",
        tag("p", tag("strong", sentence(value["kind"])), ", ", day(value["date"])),
        prose(value["text"]),
        tag("p", tag("del", was), " " if was and now else "", tag("ins", now)),
        tag("p", link(value["superseded_by"])),
    )


def _related_pages(value: Value, level: int) -> Html:
    title = heading(value["title"], level)
    cards = [card(page, level + 1 if title else level) for page in value["pages"]]
    return tag("section", title, tag("ul", cards, class_="cards"))


def _call_to_action(value: Value, level: int) -> Html:
    button = tag("p", link(value["link"], value["button"], class_="button"))
    return tag("aside", heading(value["title"], level), tag("p", value["text"]), button)


def boilerplate(value: Value, level: int) -> Html:
    """A standing paragraph."""
    return tag("section", heading(value["title"], level), prose(value["text"]))


def _contacts(value: Value, level: int) -> Html:
    people = [contact(found) for found in value["contacts"]]
    return tag("section", heading(value["title"], level), people)


BLOCKS: dict[str, Callable[[Any, int], Html]] = {
    "heading": _heading,
    "paragraph": lambda value, level: prose(value),
    "quote": _quote,
    "text_quotation": _text_quotation,
    "questions": _questions,
    "image": _image,
    "gallery": _gallery,
    "embed": _embed,
    "download": _download,
    "table": _table,
    "key_facts": _key_facts,
    "fact": _fact,
    "source": _source,
    "statistics": _statistics,
    "claims": _claims,
    "timeline": _timeline,
    "callout": _callout,
    "update": _update,
    "related_pages": _related_pages,
    "call_to_action": _call_to_action,
    "boilerplate": lambda value, level: boilerplate(value["boilerplate"], level),
    "contacts": _contacts,
}
