"""The table of operations says what the endpoints take: no more, and hardly less."""

import pytest
from django.test import Client

from frontend_contract.operation import REVIEW_TOKEN
from frontend_contract.operations import operations
from frontend_contract.version import PUBLISHED, VERSION_HEADER
from tests import factories

pytestmark = pytest.mark.django_db

VERSION = (PUBLISHED / "VERSION").read_text().strip()
# Told in words: they change the shape of an answer in ways that no schema can tell, or are v2's
# own for people and caches.
IN_WORDS = {"fields", "rich_text_format", "format", "_"}
PLACES = {"VisitView": "visit", "RemarksView": "comments", "VerdictView": "verdict"}
# Taken for whoever uses v2's parameters of one endpoint on another; of no effect.
HARMLESS = {"type", "locale"}


@pytest.fixture(autouse=True)
def site():
    return factories.make_site()


def views():
    return [(view, action, operation) for (view, action), operation in operations().items()]


@pytest.mark.parametrize(("view", "action", "operation"), views())
def test_endpoints_take_every_parameter_that_is_described(view, action, operation):
    address = _address(view, action)
    method = getattr(Client(), action if action == "post" else "get")
    for parameter in in_query(operation):
        response = method(f"{address}?{parameter.name}=1")

        assert "query parameter is not an operation" not in response.text, parameter.name


@pytest.mark.parametrize(("view", "action", "operation"), views())
def test_every_parameter_that_an_endpoint_takes_is_described(view, action, operation):
    if action == "listing_view":
        known = view.known_query_parameters
    elif action == "find_view":
        known = view.find_query_parameters | view.detail_parameters
    elif action == "detail_view":
        known = view.detail_parameters
    elif hasattr(view, "parameters"):
        known = {*view.parameters, "format"}
    else:
        known = _parameters_of(view)
    described = {parameter.name for parameter in in_query(operation)}

    assert len(known) > 2 or operation.bearer == REVIEW_TOKEN
    assert known - described - IN_WORDS - HARMLESS == set()


def in_query(operation):
    return [parameter for parameter in operation.parameters if parameter.place == "query"]


def _parameters_of(view):
    """What a view that is none of Wagtail's lets pass."""
    module = __import__(view.__module__, fromlist=["PARAMETERS"])
    return set(module.PARAMETERS)


def _address(view, action):
    name = getattr(view, "name", None)
    if action == "get":
        names = {
            "ChangesView": "changes",
            "PagePreviewView": "page_preview",
            "RouteView": "route",
            "SiteView": "site",
            "ReviewView": "review",
            "TextView": "review/text",
        }
        return f"/api/v2/{names[view.__name__]}/"
    if action == "post":
        return f"/api/v2/review/{PLACES[view.__name__]}/"
    suffix = {"listing_view": "", "detail_view": "1/", "find_view": "find/"}[action]
    return f"/api/v2/{name}/{suffix}"


# The version --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/api/v2/site/", "/api/v2/pages/?nothing=1", "/api/v2/nothing/", "/api/v2/pages/1/"]
)
def test_every_answer_says_which_version_it_keeps(address):
    assert Client().get(address)[VERSION_HEADER] == VERSION


@pytest.mark.parametrize("address", ["/health/live", "/admin/login/", "/"])
def test_other_answers_keep_no_contract(address):
    assert VERSION_HEADER not in Client().get(address)
