"""What is answered when no view could: a page for people, problem details (RFC 9457) for programs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from django.views import csrf

from api.errors import PROBLEM_JSON, problem

DETAILS = {
    HTTPStatus.NOT_FOUND: "There is no such endpoint.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke here. The operators' log says what.",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form without its token. Endpoints of the API need none: below `/api/` it is no endpoint."""
    if _is_for_programs(request):
        return _problem(HTTPStatus.FORBIDDEN, "Nothing can be written here.")
    return csrf.csrf_failure(request, reason)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    if _is_for_programs(request):
        return _problem(status, DETAILS.get(status, status.phrase))
    # Without the request: context processors ask the database, which may be what failed.
    page = loader.render_to_string(f"{status.value}.html")
    return HttpResponse(page, status=status)


def _problem(status: HTTPStatus, detail: str) -> HttpResponse:
    return JsonResponse(problem(status, detail), status=status, content_type=PROBLEM_JSON)


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/health/"))
