"""Wagtail's user bar for the previews of frontends that Django does not render.

Its script tells the editor's preview panel how far a draft is scrolled, and lets the panel's content
checks look at it, both by `postMessage` between the two origins.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.admin.userbar import BaseItem, ContentCheckerItem, Userbar
from wagtail.models import Site


def frontend_origins() -> list[str]:
    """Where the sites' pages are, and so the drafts."""
    return sorted({site.root_url for site in Site.objects.all()})


class DraftChecks(ContentCheckerItem):
    """Wagtail's content checks, where editor and draft are of two origins that may ask each other."""

    def get_axe_spec(self, request: HttpRequest) -> dict[str, Any]:
        """The editor hears drafts on every frontend, a draft the editor: strangers read the latter."""
        here = f"{request.scheme}://{request.get_host()}"
        others = frontend_origins() if self.in_editor else [here]
        return {**super().get_axe_spec(request), "allowedOrigins": ["<same_origin>", *others]}


def with_draft_checks(items: list[BaseItem]) -> list[BaseItem]:
    """Items of a user bar, with these checks in place of Wagtail's."""
    return [
        DraftChecks(in_editor=item.in_editor) if isinstance(item, ContentCheckerItem) else item
        for item in items
    ]


class PreviewUserbar(Userbar):
    """The user bar of a preview panel: it is not seen, and asks nobody who they are."""

    template_name = "cms/userbar.html"


@require_safe
def userbar(request: HttpRequest) -> HttpResponse:
    """HTML for the end of a preview's body. Ask for it at the address where editors find the admin."""
    request.in_preview_panel = True  # type: ignore[attr-defined]  # as Wagtail's own previews say it
    return HttpResponse(PreviewUserbar().render_html({"request": request}))
