"""Whatever is asked, the answer is a 2xx, a 3xx or a problem that says what to mend."""

from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.api import contract
from tests.api.tree import Tree

pytestmark = pytest.mark.django_db

COMMON = ["fields", "rich_text_format", "site", "format", "_", "nonsense"]
LISTING = [*COMMON, "limit", "offset", "order", "search", "search_operator", "id", "title"]
PARAMETERS = {
    "pages/": [
        *LISTING,
        "type",
        "child_of",
        "descendant_of",
        "ancestor_of",
        "translation_of",
        "locale",
        "kind",
        "topic",
        "person",
        "section",
        "published_from",
        "published_until",
        "slug",
        "show_in_menus",
        "first_published_at",
        "alias_of",
    ],
    # Fields of one type can be filtered and ordered by once that type is asked for.
    "pages/?type=press_release": [
        *LISTING,
        "publication_date",
        "share_image",
        "topics",
        "supersedes",
        "letter_date",
        "last_published_at",
        "uuid",
        "canonical_url",
        "body",
        "superseded_by",
        "event",
    ],
    "pages/{release}/": [*COMMON, "locale", "type", "order", "search"],
    "pages/find/": [*COMMON, "html_path", "id", "type", "locale"],
    "images/": [*LISTING, "tags", "width", "height", "credit"],
    "images/{image}/": COMMON,
    "images/find/": [*COMMON, "id"],
    "documents/": [*LISTING, "tags"],
    "documents/{document}/": COMMON,
    "documents/find/": [*COMMON, "id"],
    "redirects/": [*LISTING, "old_path", "is_permanent"],
    "redirects/find/": [*COMMON, "html_path", "id"],
    "route/": [*COMMON, "path"],
    "site/": COMMON,
    "page_preview/": [*COMMON, "content_type", "token", "in_preview_panel"],
}

HOSTILE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "%00",
    "/about/%00",
    "-1",
    "+1",
    "1.5",
    "1e400",
    "²",
    "١",
    "0" * 12 + "9" * 30,
    "9" * 10,
    "9" * 19,
    "9" * 5000,
    "-" + "9" * 5000,
    "NaN",
    "true",
    "null",
    "*",
    "_",
    "-",
    "--title",
    "random",
    "random,title",
    ",",
    "a,,b",
    "title,",
    "*,-",
    "_,body(_,value(_,type))",
    "*,title",
    "parent(_,meta)",
    "share_image(*,-url)",
    "body(" * 900,
    "body(" * 900 + "type" + ")" * 900,
    "(",
    ")",
    "a(b",
    "a)b",
    "[",
    "//[",
    "http://[::1",
    "https://frontend.example:port/",
    "..%2f..%2fetc/passwd",
    "../../etc/passwd",
    "\\",
    "'",
    '"',
    '"harbour',
    "' OR 1=1 --",
    "%",
    "%%s %s",
    "_%",
    "harbour*",
    "NEAR(a b)",
    "title:harbour",
    "a & | ! <-> b:*",
    "(a+)+$",
    "\ufffe\uffff",
    "\ud800",
    "\u202e\u200b\ufeff",
    "ﷺ" * 300,
    "ä" * 3000,
    "a " * 2500,
    "a," * 2500,
    "0000-00-00",
    "0001-01-01",
    "9999-12-31",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "2017-02-30",
    "-2017-01-01",
    "2017-W01-1",
    "frontend.example",
    "frontend.example:",
    "frontend.example:²",
    "frontend.example:99999999999999999999",
    "pages.PressReleasePage",
    "pages.NewsImage",
    "wagtailcore.Page",
    "pages.",
    ".",
    "a.b.c",
    "root",
    "html",
    "db_markdown",
    "api",
    "xml",
    "fr",
    "{",
    "\r\nSet-Cookie: a=b",
]
# Values that are fine somewhere, so that what lies behind the first check is reached too.
PLAUSIBLE = [
    "1",
    "title",
    "-title,id",
    "id",
    "*",
    "publication_date",
    "harbour",
    "ports",
    "/news/dredging/",
    "press_release,standard",
    "media_advisory",
    "2017-01-01",
    "cranes,dusk",
]
texts = st.text(st.characters(exclude_categories=[]), max_size=40)
fields = st.recursive(
    st.sampled_from(["*", "_", "id", "-title", "body", "parent", "meta", "type", "²", ""]),
    lambda inner: st.builds("{}({})".format, inner, st.lists(inner, max_size=3).map(",".join)),
    max_leaves=8,
)
values = (
    st.sampled_from(HOSTILE + PLAUSIBLE)
    | texts
    | st.integers().map(str)
    | st.lists(st.sampled_from(HOSTILE + PLAUSIBLE) | fields, max_size=4).map(",".join)
)


def encoded(text: str) -> str:
    """A query's text. Half of a character pair becomes bytes that are no UTF-8."""
    return quote(text.encode("utf-8", "surrogatepass"))


@st.composite
def queries(draw: st.DrawFn) -> tuple[str, str]:
    """An endpoint and a query for it."""
    endpoint = draw(st.sampled_from(list(PARAMETERS)))
    names = st.sampled_from(PARAMETERS[endpoint])
    pairs = draw(st.lists(st.tuples(names | names | names | texts, values), max_size=4))
    return endpoint, "&".join(f"{encoded(name)}={encoded(value)}" for name, value in pairs)


def check(response, *, machine: bool = True) -> None:
    """A 2xx, a 3xx or a problem. People, who asked for HTML, get their problems as a page."""
    address = response.wsgi_request.get_full_path()
    assert response.status_code < 500, f"{address[:500]}: {response.content[:2000].decode()}"
    if machine and response.status_code >= 400:
        contract.problem(response, response.status_code)


def ask(tree: Tree, endpoint: str, query: str, **headers: str):
    """The answer to a query. What the database thinks of it has no part in what comes next."""
    path, _, always = endpoint.partition("?")
    path = path.format(
        release=tree.release.pk, image=tree.image.pk, document=tree.document.pk
    )
    address = f"/api/v2/{path}?{'&'.join(filter(None, [always, query]))}"
    with transaction.atomic():
        response = Client(raise_request_exception=False).get(address, headers=headers)
        transaction.set_rollback(True)
    return response


def each_value() -> list[tuple[str, str]]:
    return [
        (endpoint, name)
        for endpoint, names in PARAMETERS.items()
        for name in names
        if endpoint == "pages/" or name not in LISTING
    ]


@pytest.mark.parametrize(("endpoint", "name"), each_value())
def test_every_hostile_value_of_a_parameter_is_answered(tree, endpoint, name):
    for value in HOSTILE:
        response = ask(tree, endpoint, f"{name}={encoded(value)}")
        check(response, machine=(name, value) != ("format", "api"))


@given(asked=queries())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_combination_is_answered(tree, asked):
    endpoint, query = asked

    check(ask(tree, endpoint, query), machine="format=api" not in query)


@given(raw=st.binary(max_size=60), endpoint=st.sampled_from(list(PARAMETERS)))
@example(raw=b"search=%ff%fe", endpoint="pages/")
@example(raw=b"search=\xff", endpoint="pages/")
@example(raw=b"html_path=/%E0%A4%A", endpoint="pages/find/")
@example(raw=b"&".join(b"a%d=1" % number for number in range(21_000)), endpoint="pages/")
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_queries_that_are_no_text_are_answered(tree, raw, endpoint):
    check(ask(tree, endpoint, raw.decode("latin-1")))


@given(accept=texts | st.sampled_from(["*", "a/b;q=²", ";;;", "text/*", "application/*;q=0"]))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_accept_header_is_answered(tree, accept):
    header = accept.encode("utf-8", "surrogatepass").decode("latin-1")

    check(ask(tree, "site/", "", accept=header), machine="html" not in accept)
