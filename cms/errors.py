"""What is answered when no view could: a page for people, problem details (RFC 9457) for programs."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

from api.errors import PROBLEM_JSON, problem

DETAILS = {
    HTTPStatus.NOT_FOUND: "There is no such endpoint.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something broke here. The operators' log says what.",
}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _answer(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    if request.path.startswith(("/api/", "/health/")):
        answer = problem(status, DETAILS.get(status, status.phrase))
        return JsonResponse(answer, status=status, content_type=PROBLEM_JSON)
    # Without the request: context processors ask the database, which may be what failed.
    page = loader.render_to_string(f"{status.value}.html")
    return HttpResponse(page, status=status)
