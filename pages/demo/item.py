"""A page of the demo, from its description to the published page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail_footnotes.models import Footnote

from pages.demo.identity import stable_uuid
from pages.demo.stock import Stock
from pages.demo.stream import rich_text, stream
from pages.models import NewsroomPage


@dataclass(frozen=True)
class Item:
    """What a page is called and where it lies; `content` says what is in it.

    `content` is called when every page exists, so that pages can refer to each other. It
    returns the page's fields by name: streams as `pages.demo.stream` describes them, rich text
    as HTML, "footnotes" as a dict of name and text, all others as the model takes them.
    """

    name: str
    model: type[NewsroomPage]
    parent: str
    title: str
    slug: str
    date: date
    content: Callable[[Stock], dict[str, Any]]

    def draft(self, parent: Page) -> NewsroomPage:
        """The page, saved below `parent` and still empty."""
        page = self.model(
            uuid=stable_uuid(f"page {self.name}"),
            title=self.title,
            slug=self.slug,
            publication_date=self.date,
            live=False,
        )
        return parent.add_child(instance=page)

    def publish(self, stock: Stock) -> None:
        """Fills the draft and publishes it as of noon on the day of the paper."""
        page = stock.pages[self.name]
        for name, value in self.content(stock).items():
            setattr(page, name, self._value(name, value))
        page.first_published_at = datetime.combine(self.date, time(12), UTC)
        # What hangs on the page gets its keys here, so that the revision below holds them.
        page.save()
        page.save_revision().publish()
        # Publishing knows no time but now.
        page.refresh_from_db()
        page.last_published_at = page.first_published_at
        page.save(clean=False, update_fields=["last_published_at"])

    def _value(self, name: str, value: Any) -> Any:
        path = f"{self.name}.{name}"
        if name == "footnotes":
            return [
                Footnote(
                    uuid=stable_uuid(f"note {note}"),
                    text=rich_text(text, f"{path}.{note}"),
                    sort_order=number,
                )
                for number, (note, text) in enumerate(value.items())
            ]
        match self.model._meta.get_field(name):
            case StreamField() as field:
                return stream(field.stream_block, value, path)
            case RichTextField():
                return rich_text(value, path)
        # Lines end as browsers send them, so that saving a page unchanged changes nothing.
        return value.replace("\n", "\r\n") if isinstance(value, str) else value
