"""Whatever is asked, the answer is a 2xx, a 3xx or a problem that says what to mend."""

from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.errors import PROBLEM_JSON
from tests.api import contract
from tests.api.tree import Tree

pytestmark = pytest.mark.django_db

COMMON = ["fields", "rich_text_format", "site", "format"]
LISTING = [*COMMON, "limit", "offset", "order", "search", "search_operator", "id"]
# Of each endpoint, those that it reads in a way of its own come first.
PARAMETERS = {
    "pages/": [
        *LISTING,
        "type",
        "child_of",
        "descendant_of",
        "ancestor_of",
        "translation_of",
        "locale",
        "uuid",
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
        "publication_date",
        "share_image",
        "topics",
        "supersedes",
        "uuid",
        "body",
        "superseded_by",
        *LISTING,
    ],
    "pages/{release}/": ["type", "locale", *COMMON],
    "pages/find/": ["html_path", "id", *COMMON],
    "images/": ["tags", "width", *LISTING],
    "images/{image}/": COMMON,
    "images/find/": ["id", *COMMON],
    "documents/": ["tags", *LISTING],
    "documents/{document}/": COMMON,
    "documents/find/": ["id", *COMMON],
    "redirects/": ["old_path", "is_permanent", *LISTING],
    "redirects/find/": ["html_path", "id", *COMMON],
    "route/": ["path", *COMMON],
    "site/": COMMON,
    "page_preview/": ["content_type", "token", *COMMON],
}
# The same parameter is read by the same code everywhere, so each is tried once with everything.
EVERY_VALUE = [
    *(("pages/", name) for name in PARAMETERS["pages/"]),
    *(("pages/?type=press_release", name) for name in PARAMETERS["pages/?type=press_release"][:7]),
    ("pages/find/", "html_path"),
    ("images/", "tags"),
    ("images/", "width"),
    ("redirects/", "old_path"),
    ("redirects/", "is_permanent"),
    ("redirects/find/", "html_path"),
    ("route/", "path"),
    ("page_preview/", "content_type"),
    ("page_preview/", "token"),
]

HOSTILE = [
    "",
    " ",
    "a\x00b",
    "/about/%00",
    "-1",
    "1.5",
    "²",
    "١",
    "0" * 12 + "9" * 30,
    "9" * 10,
    "9" * 19,
    "9" * 5000,
    "*",
    "-",
    "--title",
    "random,title",
    "a,,b",
    "*,title",
    "_,body(_,value(_,type))",
    "parent(_,meta)",
    "body(" * 790,
    "body(" * 600 + "type" + ")" * 600,
    "a(b",
    "a)b",
    "//[",
    "http://[::1",
    "..%2f..%2fetc/passwd",
    "\\",
    "'",
    '"harbour',
    "%%s _%",
    "NEAR(a b) AND title:harbour*",
    "a & | ! <-> b:*",
    "\ufffe\uffff\u202e",
    "\ud800",
    "ﷺ" * 240,
    "a " * 1900,
    ",".join(map(str, range(900))),
    "id," * 1300 + "id",
    "0000-00-00",
    "0001-01-01",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "frontend.example:²",
    "frontend.example:99999999999999999999",
    "pages.NewsImage",
    "wagtailcore.Page",
    "a.b.c",
    "root",
    "api",
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
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


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
    path = path.format(release=tree.release.pk, image=tree.image.pk, document=tree.document.pk)
    address = f"/api/v2/{path}?{'&'.join(filter(None, [always, query]))}"
    with transaction.atomic():
        response = Client(raise_request_exception=False).get(address, headers=headers)
        transaction.set_rollback(True)
    return response


@pytest.mark.parametrize(("endpoint", "name"), EVERY_VALUE)
def test_every_hostile_value_of_a_parameter_is_answered(tree, endpoint, name):
    for value in HOSTILE:
        response = ask(tree, endpoint, f"{name}={encoded(value)}")
        check(response, machine=(name, value) != ("format", "api"))


def test_the_same_said_thousands_of_times_is_said_once(tree):
    for query in ("", "&order=random"):
        answer = ask(tree, "pages/", f"year={','.join(['2017'] * 800)}{query}")
        assert answer.json()["meta"]["total_count"] > 0
    many = ask(tree, "pages/", f"year={','.join(map(str, range(1900, 2001)))}")
    assert contract.problem(many, 400) == "year takes at most 100 years"
    for order, once in (("title,id,title,-title", "title,id"), ("-id," * 400 + "id", "-id")):
        answers = [ask(tree, "pages/", f"order={names}&limit=3").json() for names in (order, once)]
        assert answers[0]["items"] == answers[1]["items"] != []
        cursor = answers[0]["meta"]["next_cursor"]
        assert ask(tree, "pages/", f"order={order}&limit=3&cursor={cursor}").json()["items"]


@pytest.mark.parametrize(
    "address", [f"/documents/{'9' * 5000}/x", "/media/images/%00.jpg", "/documents/1%00/x"]
)
def test_addresses_of_files_that_no_database_takes(client, address):
    assert client.get(address).status_code == 404


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


segments = st.sampled_from(HOSTILE + PLAUSIBLE) | texts


@given(path=st.lists(segments, max_size=4))
@example(path=["pages", "9" * 5000, ""])
@example(path=["pages", "²", ""])
@example(path=["pages", "\x00", ""])
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_path_is_answered(tree, path):
    response = ask(tree, "/".join(map(encoded, path)), "")

    assert response.status_code < 500
    assert response.status_code < 400 or response["Content-Type"] == PROBLEM_JSON


@given(signature=segments, number=segments | st.integers(min_value=0), spec=segments)
@example(signature="a", number="9" * 18, spec="width-1")
@example(signature="²", number="١", spec="\x00")
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_address_of_a_picture_is_answered(tree, signature, number, spec):
    address = "/".join(encoded(str(part)) for part in (signature, number, spec))
    with transaction.atomic():
        response = Client(raise_request_exception=False).get(f"/images/{address}/x.jpg")
        transaction.set_rollback(True)

    assert 300 <= response.status_code < 500


@given(accept=texts | st.sampled_from(["*", "a/b;q=²", ";;;", "text/*", "application/*;q=0"]))
@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_accept_header_is_answered(tree, accept):
    header = accept.encode("utf-8", "surrogatepass").decode("latin-1")

    check(ask(tree, "site/", "", accept=header), machine="html" not in accept)
