"""Bodies of about twenty blocks, in the form in which Wagtail stores them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Any
from uuid import UUID

from bench.content.vocabulary import sentences, title, words

Block = dict[str, Any]


@dataclass(frozen=True)
class Material:
    """Ids of what bodies refer to."""

    images: list[int]
    people: list[int]
    documents: list[int]
    boilerplates: list[int]
    contacts: list[int]


class Writer:
    """Writes the body of one page, the same each time for the same chance.

    `pages` are the ids of pages it may link to.
    """

    def __init__(self, chance: Random, material: Material, pages: list[int]) -> None:
        self.chance, self.material, self.pages = chance, material, pages

    def body(self, besides: int | None = None) -> list[Block]:
        """The blocks; a link to the page `besides` is added if given."""
        blocks = [
            self.paragraph(links=2),
            self.image(),
            self.paragraph(links=1),
            self.quote(),
            self.heading(),
            self.paragraph(links=2),
            self.table(),
            self.paragraph(),
            self.text_quotation(),
            self.heading(),
            self.key_facts(),
            self.paragraph(links=1, points=3),
            self.block(
                "boilerplate", {"boilerplate": self.chance.choice(self.material.boilerplates)}
            ),
            self.callout(),
            self.heading(),
            self.paragraph(links=1),
            self.timeline(),
            self.paragraph(),
            self.related_pages(),
            self.call_to_action(),
            self.block("contacts", self.contacts()),
        ]
        if besides is not None:
            text = f'<p data-block-key="seeal">See <a linktype="page" id="{besides}">this</a>.</p>'
            blocks.append(self.block("paragraph", text))
        return blocks

    # Blocks -----------------------------------------------------------------------------------

    def block(self, kind: str, value: Any) -> Block:
        return {"type": kind, "value": value, "id": self.uuid()}

    def heading(self) -> Block:
        return self.block("heading", {"text": self.words(5).capitalize(), "level": "h2"})

    def paragraph(self, links: int = 0, points: int = 0) -> Block:
        return self.block("paragraph", self.rich_text(links, points))

    def quote(self) -> Block:
        value = {
            "quotation": sentences(self.chance, 2),
            "person": self.chance.choice(self.material.people),
            "name": self.words(2).title(),
            "post": "Chief of Police",
            "organisation": self.words(2).title(),
        }
        return self.block("quote", value)

    def text_quotation(self) -> Block:
        value = {"text": self.rich_text(), "citation": title(self.chance), "url": ""}
        return self.block("text_quotation", value)

    def image(self) -> Block:
        return self.block("image", self.figure())

    def table(self) -> Block:
        kinds = ("text", "rich_text", "number", "yes_no")
        columns = [{"type": kind, "heading": self.words(2).capitalize()} for kind in kinds]
        rows = [
            {
                "values": [
                    self.words(2).capitalize(),
                    f'<p data-block-key="{self.key()}">{self.words(6)}</p>',
                    self.chance.randint(1, 5000) / 10,
                    self.chance.random() < 0.5,
                ]
            }
            for _ in range(5)
        ]
        return self.block("table", {"caption": self.words(4), "columns": columns, "rows": rows})

    def key_facts(self) -> Block:
        source = {"title": title(self.chance), "publisher": "An office", "url": "", "date": "2017"}
        facts = ({"text": sentences(self.chance, 1), "source": source} for _ in range(3))
        return self.block("key_facts", {"title": "Key facts", "facts": self.items(*facts)})

    def callout(self) -> Block:
        return self.block(
            "callout", {"kind": "note", "title": self.words(3), "text": self.rich_text()}
        )

    def timeline(self) -> Block:
        events = (
            {
                "date": f"{year}-09-30",
                "when": str(year),
                "title": self.words(4).capitalize(),
                "text": self.rich_text(),
            }
            for year in (1996, 2008, 2014)
        )
        return self.block("timeline", {"title": "", "events": self.items(*events)})

    def related_pages(self) -> Block:
        pages = self.items(*self.some_pages(1))
        return self.block("related_pages", {"title": "Related", "pages": pages})

    def call_to_action(self) -> Block:
        (page,) = self.some_pages(1)
        link = {"page": page, "document": None, "url": "", "email": "", "phone": ""}
        value = {"title": self.words(4), "text": self.words(9), "button": "Read", "link": link}
        return self.block("call_to_action", value)

    # What they are made of --------------------------------------------------------------------

    def contacts(self) -> dict[str, Any]:
        contacts = self.chance.sample(self.material.contacts, 1)
        return {"title": "Media contact", "contacts": self.items(*contacts)}

    def figure(self) -> dict[str, Any]:
        picture = {
            "image": self.chance.choice(self.material.images),
            "alt_text": self.words(6).capitalize(),
            "decorative": False,
        }
        return {"image": picture, "caption": sentences(self.chance, 1), "credit": ""}

    def rich_text(self, links: int = 0, points: int = 0) -> str:
        """A paragraph of a few sentences with links to pages, then a list."""
        linked = "".join(
            f' <a linktype="page" id="{page}">{self.words(3)}</a>,'
            for page in self.some_pages(links)
        )
        text = f"{sentences(self.chance, 2)}{linked} <b>{self.words(2)}</b>."
        listed = "".join(
            f'<li data-block-key="{self.key()}">{self.words(8)}</li>' for _ in range(points)
        )
        return f'<p data-block-key="{self.key()}">{text}</p>' + (
            f"<ul>{listed}</ul>" if listed else ""
        )

    def some_pages(self, count: int) -> list[int]:
        return self.chance.sample(self.pages, min(count, len(self.pages)))

    def items(self, *values: Any) -> list[Block]:
        return [{"type": "item", "value": value, "id": self.uuid()} for value in values]

    def words(self, count: int) -> str:
        return " ".join(words(self.chance, count))

    def key(self) -> str:
        return f"{self.chance.getrandbits(20):05x}"

    def uuid(self) -> str:
        return str(UUID(int=self.chance.getrandbits(128), version=4))
