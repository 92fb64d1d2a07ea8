"""Examples of the contract: a draft under review, and what its reviewer answers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from wagtail.fields import StreamField
from wagtail.models import CommentReply

from api.codecs.annotations import moment
from cms.review import drafts, entry, links, threads, verdicts
from cms.review.api import VISIT_HEADER
from cms.review.drafts import Draft
from cms.review.marks import fingerprint
from cms.review.models import Remark, ReviewLink, Verdict, Visit
from frontend_contract.situations.situation import Situation
from pages.demo.identity import stable_uuid
from pages.demo.stream import stream
from pages.models import PressReleasePage, SectionPage

# Of a page that only reviewers know of.
DRAFT = 991
SHARED, BACK, FAR = (
    datetime(2019, 7, 1, 9, tzinfo=UTC),
    datetime(2019, 7, 2, 15, 30, tzinfo=UTC),
    datetime(2099, 12, 31, tzinfo=UTC),
)
TICKET = "ticket-of-the-visit"
BODY: list[tuple[str, Any]] = [
    ("paragraph", "Every town along the river will have two sirens by June."),
    ("heading", {"text": "What it costs", "level": "h2"}),
    ("paragraph", "The second siren of a town costs as much as its first."),
    ("callout", {"kind": "note", "title": "", "text": "Figures are to be checked."}),
]
# Names where in the first body each block is, so that it keeps its id.
LATER = [1, (0, "Every town along the river will have two sirens by May."), 2]


def _reviewed() -> tuple[Any, dict[str, str]]:
    """The request of somebody who comes again, after what they said was taken up."""
    page, link, token = _shared("draft")
    page.body = _body()
    page.save_revision()
    draft = _draft(link)
    visit, _ = entry.begin(link)
    entry.saw(visit, page.pk, fingerprint(draft.document))
    text = "May, not June. See my comment."
    verdicts.give(link, page.pk, draft.version, Verdict.Says.CHANGES, text)
    remark = threads.remark(link, page, page.body[0].id, "It is May: the council has decided.")
    assert remark.comment is not None
    answer = CommentReply.objects.create(comment=remark.comment, user=link.maker, text="Thank you!")
    Visit.objects.filter(link=link).update(begun_at=SHARED, seen_at=SHARED)
    Verdict.objects.filter(link=link).update(at=SHARED)
    Remark.objects.filter(link=link).update(created_at=SHARED)
    CommentReply.objects.filter(pk=answer.pk).update(created_at=BACK)
    page.body = _body(LATER)
    page.save_revision()
    return None, _headers(token)


def _commenting() -> tuple[Any, dict[str, str]]:
    page, link, token = _shared("comment")
    _, ticket = entry.begin(link)
    body = {"page": page.pk, "block": page.body[0].id, "text": "Both banks?"}
    return body, _headers(token, ticket)


def _approving() -> tuple[Any, dict[str, str]]:
    page, link, token = _shared("verdict")
    _, ticket = entry.begin(link)
    body = {"page": page.pk, "says": "approved", "version": _draft(link).version}
    return body, _headers(token, ticket)


def _without_passcode() -> tuple[Any, dict[str, str]]:
    *_, token = _shared("passcode", passcode="open sesame")
    return {}, _headers(token)


def _with_passcode() -> tuple[Any, dict[str, str]]:
    *_, token = _shared("visit", passcode="open sesame")
    return {"passcode": "open sesame"}, _headers(token)


def _limited() -> tuple[Any, dict[str, str]]:
    *_, token = _shared("limited", max_visits=2)
    return None, _headers(token)


def _shared(
    name: str, passcode: str = "", **values: Any
) -> tuple[PressReleasePage, ReviewLink, str]:
    """A draft, a link to it, and the link's token."""
    page = PressReleasePage.objects.filter(pk=DRAFT).first() or _made()
    users: Any = get_user_model().objects
    maker, _ = users.get_or_create(username="ines", first_name="Ines", last_name="Valdane")
    uuid = stable_uuid(f"review {name}")
    link = ReviewLink(uuid=uuid, recipient="Noor Haddad", expires_at=FAR, **values)
    link.passcode = make_password(passcode) if passcode else ""
    token = links.make(link, [page], maker=maker)
    return page.get_latest_revision_as_object(), link, token


def _made() -> PressReleasePage:
    section = SectionPage.objects.get(slug="news")
    page = PressReleasePage(
        pk=DRAFT,
        uuid=stable_uuid("page review/draft"),
        translation_key=stable_uuid("translations review/draft"),
        title="A second siren for every town",
        slug="a-second-siren-for-every-town",
        publication_date=date(2019, 7, 9),
        body=_body(),
        live=False,
    )
    section.add_child(instance=page)
    page.save_revision()
    return page


def _body(order: list[Any] | None = None) -> Any:
    """The first body, or one with its blocks in another order and with other words."""
    field = PressReleasePage._meta.get_field("body")
    assert isinstance(field, StreamField)
    body = stream(field.stream_block, BODY, "review/draft.body")
    if order is None:
        return body
    raw, places = list(body.raw_data), []
    for place in order:
        at, text = place if isinstance(place, tuple) else (place, None)
        places.append({**raw[at], **({"value": f"<p>{text}</p>"} if text else {})})
    return field.stream_block.to_python(places)


def _draft(link: ReviewLink) -> Draft:
    pages = drafts.pages_of(link)
    return drafts.encode(link, pages, pages[0])


def _headers(token: str, ticket: str = "") -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", **({VISIT_HEADER: ticket} if ticket else {})}


def _tidy(answer: Any) -> None:
    """When it was asked for, and how many threads a database had before, is another matter."""
    state = answer.get("review", answer)
    if "visit" in state:
        state["visit"] = TICKET
    for number, thread in enumerate(state.get("threads", []), 1):
        thread["id"] = number
    if "review" not in answer:
        for said in (*state.get("threads", []), state.get("verdict")):
            if said:
                said["at"] = moment(BACK)


REVIEWS = [
    Situation(
        "review/draft",
        "/api/v2/review/",
        "Review",
        "A draft that was changed since its reviewer commented and asked for changes.",
        sent=_reviewed,
        tidy=_tidy,
    ),
    Situation(
        "review/comment",
        "/api/v2/review/comments/",
        "ReviewedThreads",
        "A comment on a block.",
        201,
        "POST",
        sent=_commenting,
        tidy=_tidy,
    ),
    Situation(
        "review/verdict",
        "/api/v2/review/verdict/",
        "ReviewVerdictGiven",
        "An approval.",
        201,
        "POST",
        sent=_approving,
        tidy=_tidy,
    ),
    Situation(
        "review/visit",
        "/api/v2/review/visit/",
        "ReviewVisit",
        "A visit that began with the passcode.",
        201,
        "POST",
        sent=_with_passcode,
        tidy=_tidy,
    ),
    Situation(
        "review/passcode_needed",
        "/api/v2/review/visit/",
        "ReviewProblem",
        "A link that asks for a passcode, and was told none.",
        401,
        "POST",
        sent=_without_passcode,
    ),
    Situation(
        "review/visit_needed",
        "/api/v2/review/text/",
        "ReviewProblem",
        "A link whose visits are limited, before its reader has said that they come.",
        401,
        sent=_limited,
    ),
]
