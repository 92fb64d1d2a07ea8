"""What a page does that may be under embargo."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.models import Page, Revision

from pages.embargoes.handing_on import hand_on
from pages.embargoes.publishing import PublishOrPlan
from pages.models.embargo import Embargo, embargo_on


class UnderEmbargo:
    """Before Wagtail's page: publishes at the end of an embargo, and hands it on to copies."""

    pk: Any
    alias_of_id: int | None
    _state: Any
    # Of a copy that is not saved yet: what keeps its original back.
    _inherited: Embargo | None = None

    @classmethod
    def may_be_embargoed(cls) -> bool:
        """Whether it is a type of releases: what has pages below would show its place in theirs."""
        return getattr(cls, "subpage_types", None) == []

    @property
    def embargoed_until(self) -> datetime | None:
        """The moment of the embargo on this page, or on the one that it is an alias of."""
        embargo = embargo_on(self.pk)
        return embargo.until if embargo else None

    def publish(self, revision: Revision, *args: Any, **options: Any) -> None:
        """Publishes a revision, or plans it while the page is under embargo."""
        skip = options.pop("skip_permission_checks", False)
        names = ("user", "changed", "log_action", "previous_revision")
        options |= dict(zip(names, args, strict=False))
        PublishOrPlan(revision, **options).execute(skip_permission_checks=skip)

    def copy_all_child_relations(self, target: Any, *args: Any, **options: Any) -> Any:
        """Wagtail's last step before it saves a copy, and the one that knows both pages."""
        if target.pk is None:
            target._inherited = embargo_on(self.pk)
        return super().copy_all_child_relations(target, *args, **options)  # type: ignore[misc]

    def save(self, *args: Any, **kwargs: Any) -> None:
        inherited = self._inherited_embargo(kwargs.get("update_fields"))
        # No moment between the two: a copy may be live from the beginning.
        with transaction.atomic() if inherited else nullcontext():
            super().save(*args, **kwargs)  # type: ignore[misc]
            if inherited:
                hand_on(inherited, self.pk)

    def _inherited_embargo(self, update_fields: Any) -> Embargo | None:
        """What a copy inherits, or an alias that becomes a page of its own."""
        if self.alias_of_id:
            return None
        if self._state.adding:
            return self._inherited
        if update_fields is not None and not {"alias_of", "alias_of_id"} & set(update_fields):
            return None
        was_alias_of = Page.objects.filter(pk=self.pk).values_list("alias_of_id", flat=True).first()
        if was_alias_of is None or Embargo.objects.in_force().filter(page_id=self.pk).exists():
            return None
        return embargo_on(was_alias_of)
