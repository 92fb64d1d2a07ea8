"""The translations of a page that its embargo does not keep back: it holds for one language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.embargo.acts import has_readers
from cms.embargo.permissions import may_set
from pages.models import Embargo


@dataclass(frozen=True, slots=True)
class Translation:
    """One, with whether anybody may read it already, and whether the user may put it under embargo."""

    page: Page
    public: bool
    may_set: bool

    @property
    def can_follow(self) -> bool:
        """Whether it can be put under the same embargo."""
        return self.may_set and not self.public


def free_translations(page: Page, user: Any) -> list[Translation]:
    """Those under no embargo, by language. Aliases are as their originals are."""
    held = Embargo.objects.in_force().values("page_id")
    found = page.get_translations().filter(alias_of=None).exclude(pk__in=held)
    return [
        Translation(one.specific, has_readers(one), may_set(one.specific, user))
        for one in found.select_related("locale").order_by("locale__language_code")
    ]
