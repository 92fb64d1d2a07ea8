"""What pages refer to, by name."""

import html
from dataclasses import dataclass, field

from pages.demo.identity import stable_uuid
from pages.models import (
    Boilerplate,
    NewsDocument,
    NewsImage,
    NewsroomPage,
    Organisation,
    Person,
    PressContact,
    Topic,
)


@dataclass
class Stock:
    """Everything made so far. Pages are all here, as drafts, before any of them is written."""

    pictures: dict[str, NewsImage] = field(default_factory=dict)
    documents: dict[str, NewsDocument] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    contacts: dict[str, PressContact] = field(default_factory=dict)
    boilerplates: dict[str, Boilerplate] = field(default_factory=dict)
    pages: dict[str, NewsroomPage] = field(default_factory=dict)

    def link(self, page: str, words: str) -> str:
        """A link for rich text to one of the demo's pages."""
        return f'<a linktype="page" id="{self.pages[page].pk}">{html.escape(words, False)}</a>'

    def file_link(self, document: str, words: str) -> str:
        """A link for rich text to one of the demo's files."""
        pk = self.documents[document].pk
        return f'<a linktype="document" id="{pk}">{html.escape(words, False)}</a>'


def note(name: str) -> str:
    """The mark in rich text of the footnote `name`; the page's "footnotes" give its text."""
    uuid = str(stable_uuid(f"note {name}"))
    return f'<footnote id="{uuid}">{uuid[:6]}</footnote>'
