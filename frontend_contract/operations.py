"""What each endpoint takes and answers, in one table: the part of the contract that has no model.

Names and types of parameters stand here for frontends; the endpoints check them themselves, and the
tests hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, TypeVar
from uuid import UUID

from django.conf import settings
from pydantic import BaseModel, Field, TypeAdapter, WithJsonSchema
from rest_framework.views import APIView

from api.codecs.links import kinds
from api.codecs.pages import page_codec, page_models
from api.parameters import LARGEST_NUMBER, LONGEST_PARAMETER
from api.rich_text_format import FORMATS
from api.search.query import LONGEST_SEARCH
from api.selection import shape_of
from api.sites import HOST
from api.views.changes import LIMIT, ChangesView
from api.views.files import DocumentItem, DocumentsAPIViewSet, ImageItem, ImagesAPIViewSet
from api.views.pages import PagesAPIViewSet
from api.views.preview import PagePreviewView
from api.views.redirects import RedirectItem, RedirectsAPIViewSet
from api.views.route import RouteView
from api.views.site import SiteView
from frontend_contract.extensions import extensions
from frontend_contract.operation import DRAFT_TOKEN, Operation, Parameter

Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Place = Number | Literal["root"]
# What is listed at most; `limit=` above it is refused.
MOST_ITEMS = getattr(settings, "WAGTAILAPI_LIMIT_MAX", 20)


# In words, since the shape of the answer depends on them in ways that no schema can tell.
SINGLE = (
    "`fields=` answers selected members only, as in listings, and "
    f"`rich_text_format=` ({', '.join(FORMATS)}) gives strings for rich text."
)
LISTING = (
    "Names in `fields=` may be preceded by `-` to leave them out, and followed by names in brackets "
    "to select below them: `fields=share_image(url,alt)`; `_` first starts with none. "
    f"`rich_text_format=` ({', '.join(FORMATS)}) gives strings for rich text."
)
CHANGES = (
    "Follow `next_cursor` while `more` is true, then keep it and ask again: nothing is missed, and "
    "nothing told twice. Two changes of a page in a moment may be told as one. With `Accept: "
    "text/event-stream` the same comes as a stream of `change` events, which goes on where "
    "`Last-Event-ID` says."
)

Text = Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=LONGEST_PARAMETER)]
Cursor = Annotated[str, Field(pattern="^[A-Za-z0-9_=-]*$", max_length=LONGEST_PARAMETER)]
T = TypeVar("T")
Some = Annotated[T, Field(min_length=1)]
Host = Annotated[str, Field(pattern=f"^({HOST.pattern})?$")]
SITE = Parameter(
    "site", Host, "The host of a site, where it is not the default: `news.example.org`."
)
PATH = Parameter("path", Text, "The path on the frontend, such as `/news/`.", required=True)
HTML_PATH = Parameter("html_path", Text, "The path on the frontend.")
ID = Parameter("id", Number, "The id.")
TITLE = Parameter("title", Text, "Exactly this title.")
PAGING = (
    Parameter(
        "limit",
        Annotated[int, Field(ge=0, le=MOST_ITEMS)],
        f"How many at most; {MOST_ITEMS} unless said.",
    ),
    Parameter("offset", Number, "How many to pass over."),
)
SEARCH = (
    Parameter(
        "search",
        Annotated[str, Field(pattern=r"^[^\x00]*$", max_length=LONGEST_SEARCH)],
        "Words to look for.",
    ),
    Parameter("search_operator", Literal["and", "or"], "Whether all words count, or any."),
)
TAGS = Parameter("tags", list[Text], "Tags that it carries, all of them.")


def operation_of(view: APIView, action: str) -> Operation:
    """The operation behind a view. Raises LookupError for one that the table lacks."""
    key = (type(view), action)
    try:
        return operations()[key]
    except KeyError:
        raise LookupError(
            f"{key[0].__name__}.{action} is not in frontend_contract/operations.py"
        ) from None


@cache
def operations() -> dict[tuple[type[APIView], str], Operation]:
    """Every operation by its view and the method of it that answers."""
    return {
        **_pages(),
        (RouteView, "get"): Operation(
            "route",
            "route",
            "What is at a path: a page or a redirect; 410 for a page no longer public",
            (PATH, SITE),
            "Route",
            SINGLE,
            (400, 404, 410),
        ),
        (SiteView, "get"): Operation(
            "site",
            "site",
            "What a site says of itself on every page",
            (SITE,),
            "Site",
            SINGLE,
        ),
        (PagePreviewView, "get"): Operation(
            "preview_page",
            "preview",
            "The draft behind a token of the editor's preview panel; 410 for one that has ended",
            (
                Parameter(
                    "content_type",
                    _literal(f"{m._meta.app_label}.{m._meta.model_name}" for m in _page_models()),
                    "As the preview panel gives it. A draft of another type is not found.",
                ),
                Parameter(
                    "token", Text, "As the preview panel gives it, where no header can be sent."
                ),
            ),
            "Page",
            "Send the token as `Authorization: Bearer`, which no log and no `Referer` tells. "
            "Never cached: `private, no-store`.",
            (400, 404, 410),
            bearer=DRAFT_TOKEN,
        ),
        (ChangesView, "get"): Operation(
            "changes",
            "changes",
            "What became of pages since a cursor; without one, what there is. 410 for one too old",
            (
                Parameter(
                    "cursor",
                    Cursor,
                    "The `next_cursor` of the answer that this one is to follow; `now` for what is "
                    "to come.",
                ),
                Parameter("type", list[_literal(page_models())], "Types of pages."),  # type: ignore[misc]
                Parameter(
                    "limit",
                    Annotated[int, Field(ge=1, le=LIMIT)],
                    f"How many at most; {LIMIT} unless said.",
                ),
                Parameter("documents", bool, "Whether to send the documents along."),
                SITE,
            ),
            "ChangeListing",
            CHANGES,
            (400, 404, 410),
            bearer=None,
        ),
        **_files(ImagesAPIViewSet, ImageItem, "Image", "picture", "width", "height"),
        **_files(DocumentsAPIViewSet, DocumentItem, "Document", "file to download"),
        **_redirects(),
        **{key: found for each in extensions() for key, found in each.operations().items()},
    }


def _pages() -> dict[tuple[type[APIView], str], Operation]:
    models = _page_models()
    answers = [page_codec(model).answer for model in models]
    names = ("id", "title", "slug", "show_in_menus", "seo_title", "search_description")
    orders = (*names, "first_published_at", "publication_date")
    listing = (
        Parameter("type", list[_literal(page_models())], "Types of pages; Django's labels too."),  # type: ignore[misc]
        Parameter(
            "kind",
            Some[list[_literal(kind for model in models for kind in kinds(model))]],  # type: ignore[misc]
            "Kinds of press releases and fact sheets.",
        ),
        Parameter("topic", list[Text], "Slugs of topics: pages with any of them."),
        Parameter("person", Number, "Id of a person: pages by, about or quoting them."),
        Parameter("section", Number, "Id of a section page: what it lists."),
        Parameter(
            "year", Some[list[Annotated[int, Field(ge=1, le=9999)]]], "Years of publication."
        ),
        Parameter("published_from", date, "The first publication date."),
        Parameter("published_until", date, "The last publication date."),
        Parameter("uuid", Some[list[UUID]], "UUIDs of pages."),
        ID,
        TITLE,
        Parameter("slug", Text, "Exactly this slug."),
        Parameter("show_in_menus", bool, "Whether it is meant for menus."),
        Parameter("child_of", Place, "Id of the parent page."),
        Parameter("descendant_of", Place, "Id of an ancestor."),
        Parameter("ancestor_of", Number, "Id of a descendant."),
        Parameter("translation_of", Place, "Id of a page: its translations."),
        Parameter("locale", Text, "Language code: pages in this language."),
        SITE,
        *SEARCH,
        _order(orders),
        *PAGING,
        Parameter(
            "cursor",
            Cursor,
            "The `next_cursor` of the answer that this one is to follow, in place of `offset`: it "
            "costs the same however far one has come, and misses nothing that is published "
            "meanwhile.",
        ),
        Parameter(
            "count",
            bool,
            "Whether `total_count` counts all there are. If not, it is those passed and shown, and "
            "one more if there are more.",
        ),
        Parameter(
            "facets",
            list[Literal["topic", "kind", "year", "section"]],
            "What to count the pages by.",
        ),
        _fields(PagesAPIViewSet, answers),
    )
    others = "Listings of one type can be filtered by its own fields too: `type=profile&place=…`."
    return {
        (PagesAPIViewSet, "listing_view"): Operation(
            "list_pages", "pages", "Pages", listing, "PageListing", f"{LISTING} {others}"
        ),
        (PagesAPIViewSet, "detail_view"): Operation(
            "page", "pages", "A page by its id", (SITE,), "Page", SINGLE
        ),
        (PagesAPIViewSet, "find_view"): Operation(
            "find_page", "pages", "Sends on to the page with this path or id", (HTML_PATH, ID, SITE)
        ),
    }


def _files(
    view: type[APIView], answer: type[BaseModel], name: str, what: str, *columns: str
) -> dict[tuple[type[APIView], str], Operation]:
    tag = f"{name.lower()}s"
    exact = [Parameter(column, Number, f"Exactly this {column}, in pixels.") for column in columns]
    parameters = (ID, TITLE, *exact, TAGS, *SEARCH, _order(("id", "title", *columns)), *PAGING)
    return {
        (view, "listing_view"): Operation(
            f"list_{tag}",
            tag,
            f"The library: every {what} that anybody may know of",
            (*parameters, _fields(view, [answer])),
            f"{name}Listing",
            LISTING,
        ),
        (view, "detail_view"): Operation(
            name.lower(), tag, f"A {what} by its id", (), f"{name}Item", SINGLE
        ),
        (view, "find_view"): Operation(
            f"find_{name.lower()}", tag, f"Sends on to the {what} with this id", (ID,)
        ),
    }


def _redirects() -> dict[tuple[type[APIView], str], Operation]:
    columns = (
        ID,
        Parameter("old_path", Text, "Exactly this path, as it is stored."),
        Parameter("is_permanent", bool, "Whether the answer is to be 301."),
        SITE,
        _order(("id", "old_path", "is_permanent")),
        *PAGING,
        _fields(RedirectsAPIViewSet, [RedirectItem]),
    )
    return {
        (RedirectsAPIViewSet, "listing_view"): Operation(
            "list_redirects", "redirects", "Redirects", columns, "RedirectListing", LISTING
        ),
        (RedirectsAPIViewSet, "detail_view"): Operation(
            "redirect", "redirects", "A redirect by its id", (SITE,), "RedirectItem", SINGLE
        ),
        (RedirectsAPIViewSet, "find_view"): Operation(
            "find_redirect",
            "redirects",
            "Sends on to the redirect with this path or id",
            (HTML_PATH, ID, SITE),
        ),
    }


def _page_models() -> list[Any]:
    return list(page_models().values())


def _literal(values: Iterable[str]) -> Any:
    return Literal[tuple(dict.fromkeys(values))]


def _order(names: Iterable[str]) -> Parameter:
    either = _literal(["random", *(sign + name for name in names for sign in ("", "-"))])
    return Parameter(
        "order",
        list[either],  # type: ignore[valid-type]
        "What to order by, `-` for descending; `random` stands alone.",
    )


def _fields(view: Any, answers: list[Any]) -> Parameter:
    shape = shape_of(answers, view.detail_only_fields)
    names: Any = _literal(sorted(shape.names))
    default = sorted(shape.names & set(view.get_listing_default_fields(view.model)))
    return Parameter(
        "fields",
        Annotated[
            list[names],
            WithJsonSchema({**TypeAdapter(list[names]).json_schema(), "default": default}),
        ],
        "Members to answer besides those that listings have unasked; `*` alone for all.",
    )
