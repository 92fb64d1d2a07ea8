"""Schemathesis asks a running server what the published document allows, and what it forbids."""

import json
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

import pytest
import requests
import schemathesis
from django.core.cache import cache
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import ignored_auth
from wagtail.contrib.redirects.models import Redirect

from api.changes.feed import Position
from api.listings.cursor import Cursor
from cms.review import drafts, threads
from frontend_contract.version import PUBLISHED
from tests.api.tree import fresh
from tests.cms.review.reviewing import share
from tests.servers import serving

pytestmark = pytest.mark.django_db

DOCUMENT = json.loads((PUBLISHED / "openapi.json").read_bytes())
OPERATIONS = [(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods]
NOTHING = 10**6
# Parameters that no schema can keep apart: one with the other can be a 400 that says so.
PLACES = ("section", "child_of", "descendant_of", "ancestor_of", "translation_of")
NOT_TOGETHER = [
    ("fields", "type"),
    ("child_of", "descendant_of"),
    *(("cursor", name) for name in ("offset", "order", "search")),
    *((place, "site") for place in PLACES),
]


@pytest.fixture(scope="module")
def api(django_db_setup) -> Iterator[str]:
    """Where it runs."""
    with serving() as port:
        yield f"http://127.0.0.1:{port}"


@dataclass
class Review:
    """A draft, a link to it, and what can be said of it."""

    page: int
    headers: dict[str, str]
    block: str
    thread: int
    version: str


@pytest.fixture
def review(tree) -> Review:
    cache.clear()  # Wrong links are counted in it.
    page = fresh(tree.release)
    page.save_revision()
    link, token = share(page)
    draft = drafts.encode(link, [page], page)
    block = draft.document["body"][0]["id"]
    thread = threads.remark(link, page, block, "Is it?").pk
    return Review(page.pk, {"Authorization": f"Bearer {token}"}, block, thread, draft.version)


def with_what_there_is(document, tree, review):
    """The document with ids, paths and names that lead somewhere, so that answers are 200s too."""
    redirect = Redirect.objects.first() or Redirect.objects.create(
        old_path="/old", redirect_page=tree.about, site=tree.site
    )
    ids = {
        "pages": [page.pk for page in tree.public],
        "images": [tree.image.pk],
        "documents": [tree.document.pk],
        "redirects": [redirect.pk],
    }
    pages = {"enum": [tree.home.pk, tree.news.pk]}
    known = {
        "path": {"enum": ["/", "/news/", "/about/", "/fr/", "/old", "/nothing/"]},
        "html_path": {"enum": ["/", "/news/", "/old", "/nothing/"]},
        "site": {"enum": ["frontend.example", "other.example", "nobody.example", ""]},
        "section": {"enum": [tree.news.pk, tree.facts.pk]},
        "locale": {"enum": ["en", "fr"]},
        "cursor": {"enum": [Cursor("", 2).write()]},
        **dict.fromkeys(PLACES[1:], pages),
        "page": {"enum": [review.page, NOTHING]},
    }
    for path, method in OPERATIONS:
        for parameter in document["paths"][path][method].get("parameters", []):
            if parameter["name"] == "id":
                parameter["schema"] = {"enum": [*ids[path.split("/")[3]], NOTHING]}
            else:
                parameter["schema"] = known.get(parameter["name"], parameter["schema"])
            if (path, parameter["name"]) == ("/api/v2/changes/", "cursor"):
                parameter["schema"] = {"enum": ["now", Position(0, 0).write()]}
    schemas = document["components"]["schemas"]
    for name in ("ReviewRemarkRequest", "ReviewVerdictRequest"):
        said = schemas[name]["properties"]
        said["page"] = known["page"]
        for member, values in {
            "block": [review.block, "gone", None],
            "thread": [review.thread, NOTHING, None],
            "version": [review.version, "another"],
        }.items():
            if member in said:
                said[member] = {"enum": values}
    # No schema can say that they are to say what is to change.
    schemas["ReviewVerdictRequest"]["required"].append("text")
    schemas["ReviewVerdictRequest"]["properties"]["text"]["minLength"] = 1
    return document


@pytest.fixture(scope="module")
def published() -> BaseSchema:
    """The document as it is, read once: what it forbids is worked out with much effort."""
    return schemathesis.openapi.from_dict(DOCUMENT)


def asked(api, schema, path, method, mode, examples, review):
    """How often which status was answered; each answer is as the document says."""
    bearer = DOCUMENT["paths"][path][method]["security"] == [{"reviewToken": []}]
    schema.config.update(base_url=api)
    statuses: Counter[int] = Counter()

    @settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path][method.upper()].as_strategy(generation_mode=mode))
    def ask(case):
        for one, other in NOT_TOGETHER:
            if {one, other} <= set(case.query or {}):
                case.query.pop(other)
        order = (case.query or {}).get("order", [])
        assume("random" not in order or (order == ["random"] and "offset" not in case.query))
        # A list of an empty name is written as an empty list is, which is the same as none.
        assume(not any(value in ([""], [None], "", None) for value in (case.query or {}).values()))
        # On the wire these are nothing, or words like any other.
        assume(not any(isinstance(value, dict | bool) for value in (case.query or {}).values()))
        if not bearer:
            statuses[case.call_and_validate(session=session).status_code] += 1
            return
        # Who has no link is told that there is none, which is a 404: asked below.
        answer = case.call_and_validate(
            session=session,
            headers=review.headers,
            excluded_checks=[ignored_auth],
        )
        statuses[answer.status_code] += 1

    with requests.Session() as session:
        ask()
    return statuses


@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_is_allowed_is_answered_as_published(tree, api, review, path, method):
    schema = schemathesis.openapi.from_dict(with_what_there_is(deepcopy(DOCUMENT), tree, review))

    # What databases differ in, ranges of numbers and characters, test_bad_input asks of each.
    examples = 40 if connection.vendor == "sqlite" else 20
    statuses = asked(api, schema, path, method, GenerationMode.POSITIVE, examples, review)

    assert statuses[200] + statuses[201] + statuses[302] or "preview" in path, statuses


@pytest.mark.once
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_what_is_forbidden_is_refused_as_published(tree, api, published, review, path, method):
    statuses = asked(api, published, path, method, GenerationMode.NEGATIVE, 30, review)

    assert statuses[400] or (statuses[404] and "{id}" in path), statuses


def test_what_asks_for_a_bearer_is_refused_without(tree, api, review):
    secured = [
        (path, method)
        for path, method in OPERATIONS
        if DOCUMENT["paths"][path][method]["security"] == [{"reviewToken": []}]
    ]
    assert len(secured) == 5
    for path, method in secured:
        for headers in ({}, {"Authorization": "Bearer wrong"}):
            answer = requests.request(method, api + path, headers=headers, json={}, timeout=10)
            assert answer.status_code == 404, (path, answer.text)
