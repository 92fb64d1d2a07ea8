"""Who may put a page under embargo."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page

from pages.models import NewsroomPage


def may_set(page: Page, user: Any) -> bool:
    """Whether it is a release, and the user may edit it. An alias follows its original."""
    model = page.specific_class
    releases = model is not None and issubclass(model, NewsroomPage) and model.may_be_embargoed()
    allowed: bool = releases and not page.alias_of_id and page.permissions_for_user(user).can_edit()
    return allowed
