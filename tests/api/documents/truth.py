"""What answers must be: encoded on the spot from the database, by whoever may read it, without a store.

Who may read what is told here in Python, page by page, so that a mistake in the query that decides
it for the API is a difference too.
"""

import json
from functools import cached_property
from typing import Any

from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, Site

from api.codecs.pages import encode_pages
from api.codecs.sites import encode_site
from api.documents.models import Document
from api.documents.store import stored
from api.rich_text_format import FORMATS, RichTextFormat
from pages.models import Embargo, NewsroomPage


class Truth:
    """What is true at the moment it is asked for the first time; ask a new one after a change."""

    @cached_property
    def public(self) -> list[NewsroomPage]:
        """Live, not expired, with no restriction on it or above it, and not under embargo.

        In the order of the tree.
        """
        restricted = list(PageViewRestriction.objects.values_list("page__path", flat=True))
        now = timezone.now()
        return [
            page
            for page in Page.objects.order_by("path").specific()
            if isinstance(page, NewsroomPage)
            and page.live
            and (page.expire_at is None or page.expire_at > now)
            and not any(page.path.startswith(path) for path in restricted)
            and not under_embargo(page)
        ]

    @cached_property
    def _encoded(self) -> dict[int, Any]:
        return {one.page.pk: one.answer for one in encode_pages(self.public)}

    def answers(self, rich_text_format: str = "portable_text") -> dict[int, Any]:
        """What each public page answers, by id."""
        write = RichTextFormat.called(rich_text_format)
        return {pk: as_read(write.apply(answer)) for pk, answer in self._encoded.items()}

    def on(self, site: Site) -> list[NewsroomPage]:
        """The public pages of a site, in all its languages."""
        roots = [site.root_page.path]
        roots += site.root_page.get_translations().values_list("path", flat=True)
        return [page for page in self.public if page.path.startswith(tuple(roots))]

    def wrong_documents(self) -> tuple[int, list[str]]:
        """How many stored documents hold, and those that are not what would be encoded now."""
        checked, wrong = 0, []
        for name in FORMATS:
            held: list[Document] = list(stored(name))
            checked += len(held)
            answers = self.answers(name) if held else {}
            for document in held:
                if document.page_id is None:
                    site = encode_site(Site.objects.get(pk=document.site_id)).answer
                    if as_read(RichTextFormat.called(name).apply(site)) != json.loads(
                        document.body
                    ):
                        wrong.append(f"site {document.site_id} has a stale document ({name})")
                elif document.page_id not in answers:
                    wrong.append(f"page {document.page_id} has a document and is not public")
                elif json.loads(document.body) != answers[document.page_id]:
                    wrong.append(f"page {document.page_id} has a stale document ({name})")
        return checked, wrong


def under_embargo(page: Page) -> bool:
    """Whether an embargo is on a page, or on what it is an alias of, directly or not."""
    if Embargo.objects.filter(page=page.pk, lifted_at=None).exists():
        return True
    return page.alias_of is not None and under_embargo(page.alias_of)


def true_site(site: Site) -> Any:
    """What a site says of itself."""
    return as_read(encode_site(site).answer)


def as_read(answer: Any) -> Any:
    """In the values that JSON has."""
    return json.loads(json.dumps(answer))
