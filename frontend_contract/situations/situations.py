"""What is asked of the newsroom of the examples, and the files that the answers become."""

import json
from datetime import UTC, datetime
from typing import Any

from django.test import Client
from wagtail.models import Page

from api.changes.announce import Outcome, announce
from api.changes.feed import end
from api.documents import triggers
from frontend_contract.extensions import extensions
from frontend_contract.situations.drafts import preview_of
from frontend_contract.situations.newsroom import EXAMPLES, SCHOOL_HOST, make_newsroom
from frontend_contract.situations.scratch import CMS_HOST, scratch_newsroom
from frontend_contract.situations.situation import TOKEN, Situation, UnexpectedAnswer
from pages.demo.identity import stable_uuid
from pages.models import (
    DraftPreview,
    FactSheetPage,
    PressReleasePage,
    ProfilePage,
    SectionPage,
    StandardPage,
)

INDEX = "index.json"
# Of a page that is there for a moment.
SHORT_LIVED = 990
MOMENT = datetime(2019, 3, 4, 9, tzinfo=UTC)
_EXAMPLES = {example.name: example for example in EXAMPLES}


NOTICED = "2019-03-04T09:00:00.000000Z"
CURSOR = "WyItcHVibGljYXRpb25fZGF0ZSIsNSwiMjAxOS0wMS0wNyIsMjhd"


def every_situation() -> list[Situation]:
    """All situations, in the order of the index. No two have the same request."""
    added = [situation for each in extensions() for situation in each.situations()]
    # Last: what is made for those that were added does not show in the others.
    return [*PAGES, *PREVIEWS, *LISTINGS, *ROUTES, *SITES, *ITEMS, *CHANGES, *PROBLEMS, *added]


def answers() -> dict[str, bytes]:
    """All files by name, `index.json` first, from a newsroom that is made for it and thrown away.

    Raises UnexpectedAnswer where a status is not the expected one.
    """
    with scratch_newsroom():
        triggers.install()
        make_newsroom()
        return ask_everything()


def ask_everything() -> dict[str, bytes]:
    """The same from the newsroom that this process has, which `make_newsroom` has filled."""
    situations = every_situation()
    index = [
        {
            "file": situation.file,
            "name": situation.name,
            "method": situation.method,
            "request": situation.request,
            "status": situation.status,
            "schema": situation.schema,
            "description": situation.description,
        }
        for situation in situations
    ]
    return {INDEX: _file(index)} | {
        situation.file: _file(_ask(situation)) for situation in situations
    }


def _ask(situation: Situation) -> Any:
    request = situation.request
    if situation.token:
        request = request.replace(TOKEN, situation.token())
    body, headers = situation.sent() if situation.sent else (None, {})
    client = Client(SERVER_NAME=CMS_HOST)
    response = client.generic(
        situation.method,
        request,
        "" if body is None else json.dumps(body),
        "application/json",
        headers=headers,
        secure=True,
    )
    if response.status_code != situation.status:
        raise UnexpectedAnswer(
            f"{situation.name}: {situation.method} {request} was answered with "
            f"{response.status_code} instead of {situation.status}: {response.content[:500]!r}"
        )
    answer = json.loads(response.content)
    if situation.schema == "ChangeListing":
        _without_history(answer["items"])
    if answer.get("meta", {}).get("next_cursor"):
        # What it says is for the API alone, and depends on where pages are in a database.
        answer["meta"]["next_cursor"] = CURSOR
    if situation.tidy:
        situation.tidy(answer)
    return answer


def _without_history(changes: list[dict[str, Any]]) -> None:
    """When they were told, and how many before them, is another matter in each database."""
    for number, change in enumerate(changes, 1):
        change["sequence"], change["at"] = number, NOTICED


def _file(content: Any) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _page(name: str, description: str) -> Situation:
    """A page as it is answered to whoever asks for it by its id."""
    example = _EXAMPLES[name]
    on_site = f"?site={SCHOOL_HOST}" if name == "home/minimal" else ""
    request = f"/api/v2/pages/{example.id}/{on_site}"
    return Situation(name, request, example.model.__name__, description)


PAGES = [
    _page("home/full", "A front page with everything in it."),
    _page("home/minimal", "A front page with nothing but a title, on a site of its own."),
    _page("section/full", "A section with everything in it."),
    _page("section/minimal", "A section with nothing but a title."),
    _page("standard/full", "A standard page with everything in it."),
    _page("standard/minimal", "A standard page with nothing but a title."),
    _page("standard/alias", "A page that shows in another place what a page elsewhere says."),
    _page("profile_index/full", "A collection of profiles with everything in it."),
    _page("profile_index/minimal", "A collection of profiles with nothing but a title."),
    _page("profile/full", "A profile with everything in it."),
    _page("profile/minimal", "A profile of nobody in particular, with one paragraph."),
    _page("press_release/full", "A release with all that a release, advisory or letter can have."),
    _page("press_release/minimal", "A release with one paragraph."),
    _page("press_release/media_advisory", "An advisory that replaces an earlier one."),
    _page("press_release/superseded", "An advisory without hours, replaced by a later one."),
    _page("press_release/statement", "A statement: mostly a quotation."),
    _page("press_release/sign_on_letter_60_signatories", "A letter that sixty people signed."),
    _page("press_release/updated", "A correction, and an update that links to a newer paper."),
    _page(
        "press_release/dead_links",
        "Links to what is unpublished, expired, private or deleted, wherever there can be one.",
    ),
    _page("press_release/lost_pictures", "Blocks whose pictures were deleted or made private."),
    _page("press_release/translated", "A release that is there in Spanish too."),
    _page("press_release/spanish", "The Spanish translation of a release."),
    _page("fact_sheet/full", "A paper with everything in it."),
    _page("fact_sheet/minimal", "A paper with one paragraph."),
    _page("fact_sheet/comparison_table", "A table with columns of every type and empty cells."),
    _page("fact_sheet/questions_and_answers", "Questions and answers, with and without a person."),
    _page("fact_sheet/summary_of", "A summary that links to what it summarises."),
    _page("fact_sheet/with_footnotes", "Notes that are mentioned several times, also in a table."),
    _page(
        "fact_sheet/superseded_updates", "Update notices that lead to a page, a file and a site."
    ),
]


def _unfinished() -> str:
    page = PressReleasePage.objects.get(pk=_EXAMPLES["press_release/unfinished"].id)
    return preview_of(page).token


def _never_saved() -> str:
    """The draft of a paper below the news section, as the editor's form makes it."""
    section = SectionPage.objects.get(pk=_EXAMPLES["section/full"].id)
    page = FactSheetPage(
        uuid=stable_uuid("page preview/never_saved"),
        translation_key=stable_uuid("translations preview/never_saved"),
        title="What we will know tomorrow",
        slug="what-we-will-know-tomorrow",
        publication_date=_EXAMPLES["fact_sheet/full"].date,
        locale=section.locale,
    )
    page.depth = section.depth + 1
    page.path = Page._get_children_path_interval(section.path)[1]
    page.set_url_path(section)
    return preview_of(page).token


def _ended() -> str:
    """The token of a preview whose editor has signed out."""
    preview = preview_of(ProfilePage.objects.get(pk=_EXAMPLES["profile/full"].id))
    DraftPreview.objects.end(preview.session_key)
    return preview.token


# Of a page type each, so that requests can be told apart although their tokens are not kept.
PREVIEWS = [
    Situation(
        "preview/unfinished_draft",
        f"/api/v2/page_preview/?content_type=pages.pressreleasepage&token={TOKEN}",
        "PressReleasePage",
        "A draft with blocks that are not finished.",
        token=_unfinished,
    ),
    Situation(
        "preview/never_saved",
        f"/api/v2/page_preview/?content_type=pages.factsheetpage&token={TOKEN}",
        "FactSheetPage",
        "A draft that was never saved: it has no id.",
        token=_never_saved,
    ),
]
LISTINGS = [
    Situation(
        "listing/pages", "/api/v2/pages/", "PageListing", "Pages of all types, the first twenty."
    ),
    Situation(
        "listing/press_releases_with_fields",
        "/api/v2/pages/?type=press_release&fields=kind,summary,publication_date,share_image"
        "&order=-publication_date&limit=5",
        "PageListing",
        "The five latest releases, with what a list shows of them.",
    ),
    Situation(
        "listing/empty",
        "/api/v2/pages/?published_until=1990-12-31",
        "PageListing",
        "A listing in which there is nothing.",
    ),
    Situation("listing/images", "/api/v2/images/", "ImageListing", "The public pictures."),
    Situation("listing/documents", "/api/v2/documents/", "DocumentListing", "The public files."),
    Situation(
        "listing/redirects", "/api/v2/redirects/", "RedirectListing", "Where old addresses lead."
    ),
]
ROUTES = [
    Situation(
        "route/page",
        "/api/v2/route/?path=/news/statement-on-the-night-at-millbeck/",
        "Route",
        "The path is that of a page.",
    ),
    Situation(
        "route/redirect", "/api/v2/route/?path=/old-news", "Route", "The path leads elsewhere."
    ),
]
SITES = [
    Situation("site/full", "/api/v2/site/", "Site", "A site in two languages, all filled in."),
    Situation(
        "site/empty", f"/api/v2/site/?site={SCHOOL_HOST}", "Site", "A site that says nothing yet."
    ),
]
ITEMS = [
    Situation(
        "image/full",
        "/api/v2/images/1/",
        "ImageItem",
        "A large picture with a credit and tags: the widest has every width.",
    ),
    Situation("image/focal_point", "/api/v2/images/3/", "ImageItem", "A portrait with its focus."),
    Situation(
        "image/minimal", "/api/v2/images/5/", "ImageItem", "A picture without text or credit."
    ),
    Situation("document/full", "/api/v2/documents/1/", "DocumentItem", "A file with a tag."),
    Situation("document/minimal", "/api/v2/documents/2/", "DocumentItem", "A file without tags."),
    Situation("redirect/to_page", "/api/v2/redirects/1/", "RedirectItem", "To a page, for good."),
    Situation(
        "redirect/to_elsewhere", "/api/v2/redirects/2/", "RedirectItem", "To another site, for now."
    ),
]


def _since_before_a_page_came_and_went() -> str:
    """A cursor. What came and went has an id of its own, and nothing else shows it."""
    _tell_everything()
    before = end()
    section = SectionPage.objects.get(pk=_EXAMPLES["section/minimal"].id)
    page = StandardPage(
        pk=SHORT_LIVED,
        uuid=stable_uuid("page changes/gone"),
        translation_key=stable_uuid("translations changes/gone"),
        title="Here for a moment",
        slug="here-for-a-moment",
        first_published_at=MOMENT,
        publication_date=MOMENT.date(),
    )
    section.add_child(instance=page)
    _tell_everything()
    Page.objects.get(pk=page.pk).delete()
    _tell_everything()
    return before.write()


def _tell_everything() -> None:
    if announce(seconds=60) is not Outcome.ALL:
        raise UnexpectedAnswer("There is something to tell that cannot be told.")


CHANGES = [
    Situation(
        "changes/everything",
        "/api/v2/changes/?limit=5",
        "ChangeListing",
        "The first of what there is, for whoever begins to keep a copy.",
    ),
    Situation(
        "changes/one_with_its_document",
        "/api/v2/changes/?documents=true&limit=1&type=standard",
        "ChangeListing",
        "The same with the document of each page.",
    ),
    Situation(
        "changes/published_and_deleted",
        f"/api/v2/changes/?cursor={TOKEN}&limit=10",
        "ChangeListing",
        "What became of pages since then: one was published, and deleted later.",
        token=_since_before_a_page_came_and_went,
    ),
]
PROBLEMS = [
    Situation(
        "problem/not_found",
        "/api/v2/route/?path=/nothing/here/",
        "Problem",
        "Nothing is and nothing was at this path.",
        404,
    ),
    Situation(
        "problem/gone",
        "/api/v2/route/?path=/news/unpublished/",
        "Problem",
        "The page at this path is no longer public.",
        410,
    ),
    Situation(
        "problem/bad_request",
        "/api/v2/pages/?colour=blue",
        "Problem",
        "A parameter that there is not.",
        400,
    ),
    Situation(
        "problem/preview_ended",
        f"/api/v2/page_preview/?content_type=pages.profilepage&token={TOKEN}",
        "Problem",
        "The token of a preview has ended.",
        410,
        token=_ended,
    ),
    Situation(
        "problem/method_not_allowed",
        "/api/v2/route/",
        "Problem",
        "The API is read only.",
        405,
        method="POST",
    ),
]
