"""`review/`: drafts for reviewers, by the token of their link, and what they answer."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.debug import sensitive_variables
from pydantic import ValidationError
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import JSONParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from api.bearer import borne_in
from api.errors import BadRequest, problem
from api.parameters import whole_number
from api.reading.headers import say_private
from api.rich_text_format import RichTextFormat
from api.views.base import Problems
from cms.review import drafts, embargoes, entry, threads, verdicts
from cms.review.answers import (
    Asked,
    ReviewRemarkRequest,
    ReviewVerdictRequest,
    ReviewVisitRequest,
)
from cms.review.drafts import Draft
from cms.review.entry import Closed, Needs, Unknown, Wrong, link_of
from cms.review.guesses import too_many_guesses
from cms.review.marks import block_ids
from cms.review.models import Remark, ReviewLink, Visit
from cms.review.state import state_of
from cms.review.takeaway import as_text
from cms.review.tokens import ticket_of
from pages.models import NewsroomPage
from pages.models.embargo import embargo_on

Body = TypeVar("Body", bound=Asked)
VISIT_HEADER = "Review-Visit"
KEY_HEADER = "Idempotency-Key"
# Characters of a key: fewer might be guessed, or be somebody else's too.
SHORTEST_KEY, LONGEST_KEY = 16, 255
# Of one link: more than anybody writes by hand.
MOST_REMARKS = 500
NOT_SHOWN = "The link does not show this page."


class Conflict(APIException):
    """What was said is about something that is not there any more."""

    status_code = 409


class ReviewParser(JSONParser):
    """JSON, but for what is nested deeper than it can be read."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError("The body is nested too deeply.") from error


class ReviewEndpoint(Problems, APIView):
    """What all of them share: whose link it is, and that nobody keeps the answer."""

    parser_classes = [ReviewParser]
    # Reading begins visits, which HEAD must not.
    http_method_names = ["get", "post", "options"]
    parameters: tuple[str, ...] = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.allow_parameters(request, (*self.parameters, "format"))

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Unknown):
            if too_many_guesses(self.request):
                return self._refusal(429, "Too many wrong links came from there.", wait=60)
            return self._refusal(404, "There is no such link.")
        if isinstance(exc, Closed):
            return self._refusal(410, "This link has ended. Ask whoever sent it.")
        if isinstance(exc, Needs):
            return self._needs(exc)
        if isinstance(exc, Wrong):
            if exc.wait:
                text = "Too many wrong passcodes. Try again later."
                return self._refusal(429, text, wait=exc.wait)
            return self._refusal(403, "This is not the passcode.")
        return super().handle_exception(exc)

    def _refusal(self, status: int, detail: str, *, wait: int = 0, **more: Any) -> Response:
        """A problem that takes nothing back: what was counted stays counted."""
        response = Response(problem(status, detail) | more, status=status)
        response.exception = True
        if wait:
            response["Retry-After"] = str(wait)
        return response

    def _needs(self, needs: Needs) -> Response:
        names = [name for name in ("passcode", "terms", "visit") if getattr(needs, name)]
        shown = embargoes.to_accept(needs.link) if needs.terms else None
        detail = f"Say what is needed to visit/: {' and '.join(names)}."
        if needs.visit:
            detail = (
                "POST {} to visit/ once the reader says so: it begins a visit, which is counted."
            )
        response = self._refusal(401, detail, needs=names, embargo=shown)
        response["WWW-Authenticate"] = "Bearer"
        return response

    @sensitive_variables("token")
    def link(self) -> ReviewLink:
        """The link whose token the request bears. Raises Unknown or Closed."""
        token = borne_in(self.request.headers.get("Authorization", ""))
        if not token:
            raise Unknown
        return link_of(token)

    @sensitive_variables("going")
    def enter(self, *, begun: bool = False) -> tuple[ReviewLink, tuple[Visit, str] | None]:
        """The link, and the visit with its ticket that the request is part of, if it is of one already.

        Raises Unknown, Closed or Needs, and BadRequest without a ticket if it has to have `begun`.
        """
        link = self.link()
        if begun and not self.sent_ticket():
            raise BadRequest(f"send the ticket of your visit as {VISIT_HEADER}")
        going = entry.current(link, self.sent_ticket())
        entry.admit(link, going[0] if going else None)
        return link, going

    def sent_ticket(self) -> str:
        return str(self.request.headers.get(VISIT_HEADER, ""))

    def draft(self, link: ReviewLink, page_id: int | None) -> tuple[Draft, list[NewsroomPage]]:
        """One of a link's drafts, the first unless it is said, and all of them.

        Raises Http404 for a page that is not among them.
        """
        pages = drafts.pages_of(link)
        for page in pages:
            if page_id in (None, page.pk):
                return drafts.encode(link, pages, page), pages
        raise Http404(NOT_SHOWN)

    def body(self, kind: type[Body]) -> Body:
        """What was sent. Raises BadRequest that says what to mend."""
        try:
            return kind.model_validate(self.request.data)
        except ValidationError as error:
            first = error.errors(include_url=False, include_input=False)[0]
            place = ".".join(map(str, first["loc"])) or "the body"
            raise BadRequest(f"{place}: {first['msg']}") from None

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        say_private(response)
        return response


class ReviewView(ReviewEndpoint):
    """The draft, for whom it is, and what was said of it."""

    parameters = ("page", "rich_text_format")

    def get(self, request: Request) -> Response:
        rich_text = RichTextFormat.requested(request)
        page = request.GET.get("page")
        page_id = whole_number(page, "page") if page else None
        link, going = self.enter()
        draft, pages = self.draft(link, page_id)
        # Only now: until here nothing is written, and nobody kept waiting.
        with transaction.atomic():
            visit, ticket = going or entry.begin(link)
            state = state_of(link, visit, ticket, draft, pages)
        return Response({"review": state, "document": rich_text.apply(draft.document)})


class VisitView(ReviewEndpoint):
    """Begins a visit of a reader who says the passcode and accepts the terms, if they are asked for.

    What is sent twice with one key, by a second click or after an answer was lost, begins one.
    """

    @sensitive_variables("kept", "keyed", "going", "ticket")
    def post(self, request: Request) -> Response:
        link = self.link()
        said = self.body(ReviewVisitRequest)
        kept, keyed = self.sent_ticket(), self.keyed_ticket(link)
        going = entry.current(link, kept, keyed)
        # A key is in the frontend's page: whoever has nothing else says the passcode each time.
        comes = bool(link.passcode) and (going is None or going[1] != kept)
        if comes:
            if not said.passcode:
                raise Needs(link, passcode=True)
            entry.try_passcode(link, said.passcode)
        terms = embargoes.terms_of(link)
        if terms and said.accept_terms and not (said.name and said.outlet):
            raise BadRequest("name and outlet are needed to accept the terms")
        read = not said.terms or embargoes.are_the_same(said.terms, terms)
        accepts = said.accept_terms and read
        if terms and not accepts and not comes:
            raise Needs(link, terms=True)
        visit, ticket = going or entry.begin(link, keyed)
        if terms and accepts:
            entry.accept(visit, terms, said.name, said.outlet)
        return Response({"visit": ticket}, status=201)

    @sensitive_variables("key")
    def keyed_ticket(self, link: ReviewLink) -> str:
        """The ticket that follows from the key, "" without one. Raises BadRequest for a bad one."""
        key = self.request.headers.get(KEY_HEADER)
        if key is None:
            return ""
        if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
            raise BadRequest(
                f"{KEY_HEADER}: send {SHORTEST_KEY} to {LONGEST_KEY} characters that nobody guesses"
            )
        return ticket_of(link.uuid, key)


class WritingEndpoint(ReviewEndpoint):
    """What takes the words of a reader who has been let in."""

    def reader(self) -> ReviewLink:
        """The link of somebody within a visit; another begins if that has run out, unless they are counted."""
        link, going = self.enter(begun=True)
        if going is None:
            entry.begin(link)
        return link


class RemarksView(WritingEndpoint):
    """Takes a comment, or an answer in a thread."""

    def post(self, request: Request) -> Response:
        link = self.reader()
        said = self.body(ReviewRemarkRequest)
        draft, _ = self.draft(link, said.page)
        if not link.comments_welcome:
            return self._refusal(403, "Comments are not asked for.")
        if link.remarks.count() >= MOST_REMARKS:
            return self._refusal(403, "There are too many comments by this link already.")
        if said.thread is not None:
            mine = Remark.objects.filter(link=link, page_id=said.page, thread=None)
            threads.reply(get_object_or_404(mine, pk=said.thread), said.text)
        else:
            if said.block and said.block not in block_ids(draft.document):
                raise Conflict("The block is not there any more. Read the draft again.")
            threads.remark(link, draft.page, said.block or "", said.text)
        return Response({"threads": threads.threads_of(link, [said.page])}, status=201)


class VerdictView(WritingEndpoint):
    """Takes a verdict on a draft as it was read."""

    def post(self, request: Request) -> Response:
        link = self.reader()
        said = self.body(ReviewVerdictRequest)
        if not link.shown.filter(page_id=said.page).exists():
            raise Http404(NOT_SHOWN)
        if link.purpose != ReviewLink.Purpose.REVIEW:
            return self._refusal(403, "A verdict is not asked for.")
        if said.says == "changes_requested" and not said.text:
            raise BadRequest("text: say what is to change")
        try:
            verdicts.give(link, said.page, said.version, said.says, said.text)
        except verdicts.Outdated as error:
            raise Conflict("The draft has changed since it was read. Read it again.") from error
        return Response({"verdict": verdicts.last(link, said.page, said.version)}, status=201)


class TextView(ReviewEndpoint):
    """The draft as plain text to take away, with the embargo's line where there is one."""

    parameters = ("page",)

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        # Whoever accepts nothing but text gets it; problems are JSON all the same.
        return super().perform_content_negotiation(request, force=True)

    def get(self, request: Request) -> HttpResponse:
        page = request.GET.get("page")
        link, going = self.enter()
        draft, _ = self.draft(link, whole_number(page, "page") if page else None)
        if going is None:
            entry.begin(link)
        text = as_text(draft, embargo_on(draft.page.pk))
        response = HttpResponse(text, content_type="text/plain; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{draft.page.slug or "draft"}.txt"'
        return response
