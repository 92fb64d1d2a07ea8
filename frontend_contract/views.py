"""The contract itself, for tools that read it from a running newsroom."""

from functools import cache
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition

from api.errors import PROBLEM_JSON, problem
from frontend_contract.version import PUBLISHED

# Seconds. It changes when a new version of the newsroom is deployed.
MAX_AGE = 300


@cache
def _published() -> bytes:
    return (PUBLISHED / "openapi.json").read_bytes()


@cache
def _etag() -> str:
    return f'"{sha256(_published()).hexdigest()[:32]}"'


@condition(etag_func=lambda request: _etag())
@cache_control(public=True, max_age=MAX_AGE)
def _document(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_published(), content_type="application/json")


@csrf_exempt
def openapi_document(request: HttpRequest) -> HttpResponse:
    """The published OpenAPI document, byte by byte. It describes the API's answers, not itself."""
    if request.method in ("GET", "HEAD"):
        return _document(request)
    return JsonResponse(
        problem(405, f"{request.method} is not allowed here."),
        status=405,
        content_type=PROBLEM_JSON,
        headers={"Allow": "GET, HEAD"},
    )
