"""What reviewers' frontends may rely on: the part of the contract that review links are."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field

from api.rich_text_format import FORMATS
from cms.review.answers import (
    ReviewedThreads,
    ReviewProblem,
    ReviewRemarkRequest,
    ReviewVerdictGiven,
    ReviewVerdictRequest,
    ReviewVisit,
    ReviewVisitRequest,
    review_answer,
)
from cms.review.api import (
    KEY_HEADER,
    LONGEST_KEY,
    SHORTEST_KEY,
    VISIT_HEADER,
    RemarksView,
    ReviewView,
    TextView,
    VerdictView,
    VisitView,
)
from frontend_contract.operation import REVIEW_TOKEN, Operation, Parameter, Refusal
from frontend_contract.operations import Number, Some

if TYPE_CHECKING:
    from frontend_contract.situations.situation import Situation

BEARER = (
    "Reviewers come to `/review/<token>/` on the frontend, which sends the token as "
    "`Authorization: Bearer <token>`, and never in an address."
)
PAGE = Parameter("page", Number, "Id of one of the link's pages; the first unless said.")
TICKET = (
    "The `visit` that was answered before. Without it, each request is another visit, or a 401 where "
    "those are limited."
)
KEY = Parameter(
    KEY_HEADER,
    Annotated[str, Field(min_length=SHORTEST_KEY, max_length=LONGEST_KEY)],
    "A random string that stays the same when a form is sent twice: for twelve hours both begin one "
    "visit. The passcode is asked for each time.",
    place="header",
)
NEEDS = Refusal(401, "Something is to be said first: `needs` names it.", "ReviewProblem")
GONE = Refusal(410, "The link has ended: whoever sent it can send another.")
GUESSES = Refusal(429, "Too many wrong links came from there.")


def operations() -> dict[tuple[type[Any], str], Operation]:
    """The endpoints by their views and methods."""
    return {
        (ReviewView, "get"): _operation(
            "review",
            "The draft behind a review link, and what was said of it",
            (PAGE, _ticket()),
            answer="Review",
            description=f"{BEARER} `rich_text_format=` ({', '.join(FORMATS)}) gives strings for rich text.",
        ),
        (VisitView, "post"): _operation(
            "begin_review",
            "Begins a visit, where that, a passcode or terms are asked for: the passcode first",
            (_ticket(), KEY),
            body="ReviewVisitRequest",
            answer="ReviewVisit",
            status=HTTPStatus.CREATED,
            refusals=(Refusal(403, "The passcode is wrong."),),
            guesses="Too many wrong passcodes, or too many wrong links from there.",
        ),
        (RemarksView, "post"): _operation(
            "comment_on_review",
            "Says something of a block or of the whole, or answers in a thread",
            (_ticket(required=True),),
            body="ReviewRemarkRequest",
            answer="ReviewedThreads",
            status=HTTPStatus.CREATED,
            refusals=(
                Refusal(403, "Comments are not asked for."),
                Refusal(409, "The block is not there any more: read the draft again."),
            ),
        ),
        (VerdictView, "post"): _operation(
            "give_verdict",
            "Approves a draft as it was read, or asks for changes",
            (_ticket(required=True),),
            body="ReviewVerdictRequest",
            answer="ReviewVerdictGiven",
            status=HTTPStatus.CREATED,
            refusals=(
                Refusal(403, "A verdict is not asked for."),
                Refusal(409, "The draft has changed since it was read: read it again."),
            ),
        ),
        (TextView, "get"): _operation(
            "review_text", "The draft as plain text to take away", (PAGE, _ticket()), text=True
        ),
    }


def answers() -> dict[str, Any]:
    """What the endpoints answer and take, by the names of components."""
    return {
        "Review": review_answer(),
        **{
            kind.__name__: kind
            for kind in (
                ReviewVisit,
                ReviewedThreads,
                ReviewVerdictGiven,
                ReviewProblem,
                ReviewVisitRequest,
                ReviewRemarkRequest,
                ReviewVerdictRequest,
            )
        },
    }


def situations() -> list[Situation]:
    """The examples."""
    # Late: what makes them is for whoever publishes the contract.
    from cms.review.situations import REVIEWS

    return REVIEWS


def _operation(
    name: str,
    summary: str,
    parameters: tuple[Parameter, ...] = (),
    *,
    description: str = BEARER,
    refusals: tuple[Refusal, ...] = (),
    guesses: str = GUESSES.text,
    **more: Any,
) -> Operation:
    """One of them, with what all are refused by."""
    return Operation(
        name,
        "review",
        summary,
        parameters,
        description=f"{description} Never cached: `private, no-store`.",
        refusals=(NEEDS, *refusals, GONE, Refusal(429, guesses)),
        bearer=REVIEW_TOKEN,
        **more,
    )


def _ticket(*, required: bool = False) -> Parameter:
    return Parameter(
        VISIT_HEADER, Some[str] if required else str, TICKET, required=required, place="header"
    )
