"""The API for whoever bears the token of a session: the same answers, of another moment."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.debug import sensitive_variables

from api.bearer import borne_in
from api.documents.entries import bring_up_to_date
from api.documents.models import Unread
from api.documents.moments import is_wait, writes_for_nobody
from api.documents.words import unread
from api.errors import PROBLEM_JSON, problem
from api.granted import lending
from api.reading.headers import say_private
from api.search.catching_up import catch_up
from cms.as_of.lifting import lift_until
from cms.as_of.planned import outcomes
from cms.as_of.publishing import carry_out
from cms.as_of.session import PREFIX, Over, Session, Unknown, session_of, why_not_as_of
from cms.as_of.undone import undone
from frontend_contract.version import API_ROOT

AS_OF = "as_of"
# The moment that an answer shows. Refusals have none: their 404 and 410 are about the session.
HEADER = "Dateline-As-Of"
# What is not a part of the site as readers see it.
NOT_OF_THE_SITE = ("changes/", "review/", "page_preview/")
Answer = Callable[..., HttpResponse]


class Refused(Exception):
    """A request that is not answered, with its status and what to mend."""

    def __init__(self, status: int, detail: str) -> None:
        self.status, self.detail = status, detail


class Busy(Refused):
    """Others have been writing for too long."""

    def __init__(self) -> None:
        super().__init__(503, "Somebody is writing. Ask again in a moment.")


class ShowAsOf:
    """Answers GET and HEAD of the API as of the moment of the session that they bear."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _token(request)
        if token is None:
            return self.get_response(request)
        try:
            response = _answer(request, token, self.get_response)
        except Refused as refused:
            response = _refusal(request, refused)
        for name in ("Cache-Tag", "Surrogate-Key"):
            del response[name]
        say_private(response)
        patch_vary_headers(response, ["Authorization"])
        return response

    def process_view(
        self, request: HttpRequest, view: Answer, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Calls the view for one who looks ahead: Django would make a 500 of what it raises."""
        if not writes_for_nobody():
            return None
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            if not is_wait(error):
                raise
            return _refusal(request, Busy())


@sensitive_variables()
def _token(request: HttpRequest) -> str | None:
    """The token of a session, where a request bears one and is a question about the site."""
    token = borne_in(request.META.get("HTTP_AUTHORIZATION", ""))
    if token is None or request.method not in ("GET", "HEAD"):
        return None
    is_ours = token.startswith(PREFIX) and request.path_info.startswith(API_ROOT)
    return token if is_ours else None


@sensitive_variables("token")
def _answer(request: HttpRequest, token: str, get_response: Answer) -> HttpResponse:
    """The answer at the session's moment. Raises Refused."""
    session = _session(token)
    if request.path_info.removeprefix(API_ROOT).startswith(NOT_OF_THE_SITE):
        raise Refused(400, "A preview of the site has no part in this: ask without its token.")
    written = _take_out(request)
    if written is not None:
        session = replace(session, moment=_moment(written))
    try:
        with undone():
            files = lift_until(session.user, session.moment)
            carry_out(outcomes(session.user, session.moment))
            with lending(session.grant(), files):
                if "search" in request.GET:
                    _read_all()
                response = get_response(request)
    except OperationalError as error:
        if not is_wait(error):
            raise
        raise Busy from error
    if response.status_code == 503:
        # A view was kept waiting: it shows no moment.
        return response
    if written is not None and response.status_code == 302:
        # Whoever follows it means the same moment.
        mark = "&" if "?" in response["Location"] else "?"
        response["Location"] += mark + urlencode({AS_OF: written})
    response[HEADER] = session.moment.astimezone(UTC).isoformat(timespec="seconds")
    return response


@sensitive_variables("token")
def _session(token: str) -> Session:
    try:
        return session_of(token)
    except Over as error:
        raise Refused(410, "This preview has ended. Begin another in the admin.") from error
    except Unknown as error:
        raise Refused(404, "There is no such preview.") from error


def _take_out(request: HttpRequest) -> str | None:
    """What `as_of=` says, which no view knows. Raises Refused for several."""
    if AS_OF not in request.GET:
        return None
    asked = request.GET.copy()
    written = asked.pop(AS_OF)
    if len(written) > 1:
        raise Refused(400, f"{AS_OF} is given {len(written)} times; give it once")
    request.META["QUERY_STRING"] = asked.urlencode()
    # Django reads it anew.
    del request.GET
    return written[0]


def _moment(written: str) -> datetime:
    moment: datetime | None = None
    with suppress(ValueError):
        moment = datetime.fromisoformat(written)
    if moment is None or moment.tzinfo is None:
        raise Refused(
            400,
            f"{AS_OF} must be a moment with its zone, such as 2026-11-27T09:00:00Z; in a query the "
            "+ of a zone is written %2B",
        )
    if wrong := why_not_as_of(moment):
        raise Refused(400, f"{AS_OF} {wrong}")
    return moment


def _read_all() -> None:
    """Searches read some of what has changed and leave the rest to the next one: here is no next."""
    while bring_up_to_date() and unread(1):
        before = Unread.objects.count()
        catch_up()
        # Where the triggers are those of another version, nothing is stored.
        if Unread.objects.count() >= before:
            return


def _refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    body = problem(refused.status, refused.detail)
    response = JsonResponse(body, status=refused.status, content_type=PROBLEM_JSON)
    if refused.status == 503:
        response["Retry-After"] = "1"
    if request.method == "HEAD":
        response.content = b""
    return response
