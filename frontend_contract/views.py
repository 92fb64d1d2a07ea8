"""The contract itself, for tools that read it from a running newsroom."""

from functools import cache

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from api.documents.encode import etag_of
from api.errors import PROBLEM_JSON, problem
from api.reading.headers import JSON
from frontend_contract.version import PUBLISHED

# Seconds. It changes when a new version of the newsroom is deployed.
MAX_AGE = 300


@cache
def _published() -> bytes:
    return (PUBLISHED / "openapi.json").read_bytes()


@cache
def _etag() -> str:
    return etag_of(_published())


@csrf_exempt
def openapi_document(request: HttpRequest) -> HttpResponse:
    """The published OpenAPI document, byte by byte. It describes the API's answers, not itself."""
    if request.method in ("GET", "HEAD"):
        headers = {"Cache-Control": f"public, max-age={MAX_AGE}", "ETag": _etag()}
        return HttpResponse(_published(), content_type=JSON, headers=headers)
    return JsonResponse(
        problem(405, f"{request.method} is not allowed here."),
        status=405,
        content_type=PROBLEM_JSON,
        headers={"Allow": "GET, HEAD"},
    )
