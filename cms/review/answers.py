"""What the review endpoints answer and take: part of the contract."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from api.codecs.naming import component
from api.codecs.pages import any_page
from api.codecs.types import Answer
from api.errors import Problem

LONGEST = 10_000


class ReviewedPage(Answer):
    """One of the drafts that a link shows."""

    id: int
    type: str
    title: str
    path: str | None = Field(description="Where it will be on the frontend.")


class ReviewReply(Answer):
    """An answer in a thread."""

    author: str
    by_reviewer: bool = Field(description="Whether the link's recipient wrote it, not an editor.")
    text: str
    at: datetime


class ReviewThread(Answer):
    """What the link's recipient wrote of a block or of the whole, and what was answered."""

    id: int
    page: int
    block: str | None = Field(description="The block's id; null for the whole page.")
    text: str
    at: datetime
    resolved: bool
    replies: list[ReviewReply]


class BlockChange(Answer):
    """What became of a block."""

    id: str
    change: Literal["added", "changed", "moved"]


class RemovedBlock(Answer):
    """A block that is not there any more."""

    id: str
    type: str


class ReviewChanges(Answer):
    """What is not as the recipient saw it at their last visit."""

    since: datetime
    blocks: list[BlockChange]
    removed: list[RemovedBlock]
    members: list[str] = Field(description="Names of the document's other members that changed.")


class ReviewVerdict(Answer):
    """What the recipient said of the whole."""

    says: Literal["approved", "changes_requested"]
    text: str
    at: datetime
    current: bool = Field(description="Whether the draft is still the one they said it of.")


class ReviewEmbargo(Answer):
    """Until when nothing of it may be public, and what its readers agree to."""

    until: datetime
    time_zone: str = Field(description="In which the newsroom means it, such as `Europe/Berlin`.")
    terms: str
    accepted_at: datetime | None


class ReviewState(Answer):
    """For whom the draft is, and what they may do."""

    purpose: Literal["review", "embargo"]
    recipient: str
    shared_by: str
    shows: Literal["latest", "revision"] = Field(
        description="Always the latest draft, or the one that was shared."
    )
    expires_at: datetime
    version: str = Field(description="Names the contents; send it along with a verdict.")
    pages: list[ReviewedPage]
    comments_welcome: bool
    threads: list[ReviewThread]
    verdict: ReviewVerdict | None
    changes: ReviewChanges | None = Field(description="Null at the first visit.")
    embargo: ReviewEmbargo | None
    visit: str = Field(
        description="Ticket of this visit. Send it as `Review-Visit`, or you are somebody who just came."
    )


@cache
def review_answer() -> Any:
    """What `GET /review/` answers."""
    return component(
        "Review",
        {"review": (ReviewState, ...), "document": (any_page(), ...)},
        "A draft for a reviewer.",
        base=Answer,
    )


class ReviewVisit(Answer):
    """A visit that was let in."""

    visit: str = Field(description="Its ticket. Send it as `Review-Visit`.")


class ReviewedThreads(Answer):
    """What the recipient wrote of a page so far, and what was answered."""

    threads: list[ReviewThread]


class ReviewVerdictGiven(Answer):
    """The verdict as it counts now."""

    verdict: ReviewVerdict


class ReviewProblem(Problem):
    """Why a reader is not let in yet."""

    needs: list[Literal["passcode", "terms", "visit"]] = Field(
        description="What to ask them for; `visit`: whether to begin one, which is counted."
    )
    embargo: ReviewEmbargo | None = Field(description="The terms to accept, if there are any.")


class Asked(BaseModel):
    """A body that is sent to us."""

    model_config = ConfigDict(extra="forbid", strict=True, str_strip_whitespace=True)


Text = Annotated[
    str, Field(min_length=1, max_length=LONGEST, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")
]
Optional = Annotated[str, Field(max_length=LONGEST, pattern=r"^[^\x00]*$")]
Terms = Annotated[str, Field(max_length=10 * LONGEST, pattern=r"^[^\x00]*$")]
Name = Annotated[str, Field(max_length=255, pattern=r"^[^\x00]*$")]

# The highest that every reader of JSON reads exactly.
Id = Annotated[int, Field(ge=1, le=2**53 - 1)]


class ReviewVisitRequest(Asked):
    """What a reader says to be let in."""

    passcode: Name = Field("", repr=False)
    accept_terms: bool = Field(False, description="Whether they accept the embargo's terms.")
    name: Name = Field("", description="Theirs, if they accept terms.")
    outlet: Name = Field("", description="For whom they write, if they accept terms.")
    terms: Terms = Field(
        "", description="Those that they read: if there are others by now, they are asked for."
    )


class ReviewRemarkRequest(Asked):
    """A comment, or an answer in a thread."""

    page: Id
    text: Text
    block: Name | None = Field(None, description="The block's id; null for the whole page.")
    thread: Id | None = Field(None, description="The thread that it answers.")


class ReviewVerdictRequest(Asked):
    """A verdict on a draft as it was read."""

    page: Id
    says: Literal["approved", "changes_requested"]
    version: Name = Field(description="The `version` that was read.")
    text: Optional = Field("", description="Why; required with `changes_requested`.")
