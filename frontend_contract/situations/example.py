"""A page of the examples, from its description to the page as it is published."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from wagtail.fields import StreamField
from wagtail.models import Locale, Page

from pages.demo.identity import stable_uuid
from pages.demo.item import Item
from pages.demo.stock import Stock
from pages.demo.stream import raw
from pages.models import NewsroomPage


@dataclass(frozen=True, kw_only=True)
class Example(Item):
    """A page with an id and moments of its own, and nothing that time or chance decides.

    `content` may also set what publishing would: `live`, `expire_at`, `first_published_at`. What
    is not `finished` is kept without the checks that editors have to pass to publish.
    """

    id: int
    locale: str = "en"
    translation_of: str = ""
    finished: bool = True

    def draft(self, parent: Page) -> NewsroomPage:
        """The page, saved below `parent` and still empty."""
        page = self.model(
            pk=self.id,
            uuid=stable_uuid(f"page {self.name}"),
            translation_key=stable_uuid(f"translations {self.translation_of or self.name}"),
            locale=Locale.objects.get(language_code=self.locale),
            title=self.title,
            slug=self.slug,
            publication_date=self.date,
            live=False,
        )
        return parent.add_child(instance=page)

    def publish(self, stock: Stock) -> None:
        """Fills the draft, as if it was published at noon on its date."""
        page = stock.pages[self.name]
        page.live = True
        page.first_published_at = datetime.combine(self.date, time(12), UTC)
        page.last_published_at = page.first_published_at
        for name, value in self.content(stock).items():
            setattr(page, name, self._value(name, value))
        page.save()

    def _value(self, name: str, value: Any) -> Any:
        if not self.finished and name != "footnotes":
            field = self.model._meta.get_field(name)
            if isinstance(field, StreamField):
                block = field.stream_block
                return block.to_python(raw(block, value, f"{self.name}.{name}"))
        return super()._value(name, value)
