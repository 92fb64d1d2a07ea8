"""Reviewers' remarks, and the comments of Wagtail's editor that they are seen as.

The comment belongs to whoever made the link, who answers for it; the editor shows it under the
reviewer's name (`names_of_reviewers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.models import Comment, CommentReply, Page

from api.codecs.annotations import moment
from cms.review.links import note
from cms.review.mail import tell_maker
from cms.review.models import Remark, ReviewLink
from cms.review.places import place_of
from pages.models import NewsroomPage

# Where a comment on the whole page stands.
WHOLE = "title"


@transaction.atomic
def remark(link: ReviewLink, page: NewsroomPage, block: str, text: str) -> Remark:
    """Writes down what a reviewer says of a block, or of the whole if `block` is empty."""
    comment = _comment(link, page, block, text)
    made = Remark.objects.create(
        link=link, page_id=page.pk, block=block, text=text, comment=comment
    )
    _tell(link, page, text)
    return made


@transaction.atomic
def reply(thread: Remark, page: NewsroomPage, text: str) -> Remark:
    """Writes down a reviewer's answer in a thread of theirs, which is open again by that."""
    link, comment = thread.link, thread.comment
    made = Remark(link=link, page_id=page.pk, block=thread.block, text=text, thread=thread)
    if comment is None:
        # Its editor deleted it. What is written now is to be seen all the same.
        comment = _comment(link, page, thread.block, text)
        thread.comment = comment
        thread.save(update_fields=["comment"])
    else:
        made.reply = CommentReply.objects.create(comment=comment, user=link.maker, text=text)
        Comment.objects.filter(pk=comment.pk).update(resolved_at=None, resolved_by=None)
    made.save()
    _tell(link, page, text)
    return made


def threads_of(link: ReviewLink, page_ids: Sequence[int]) -> list[dict[str, Any]]:
    """A reviewer's threads on some pages, with editors' answers: as `ReviewThread` has it."""
    reviewers = Remark.objects.exclude(reply=None).values("reply")
    theirs = CommentReply.objects.exclude(pk__in=reviewers).select_related("user")
    found = (
        Remark.objects.filter(link=link, thread=None, page_id__in=page_ids)
        .select_related("comment")
        .prefetch_related("replies", Prefetch("comment__replies", queryset=theirs))
    )
    return [_thread(one, link) for one in found]


def _thread(top: Remark, link: ReviewLink) -> dict[str, Any]:
    comment: Any = top.comment
    answers = [_said(one, link.recipient, by_reviewer=True) for one in top.replies.all()]
    if comment is not None:
        answers += [
            _said(a, user_display_name(a.user), by_reviewer=False) for a in comment.replies.all()
        ]
    return {
        "id": top.pk,
        "page": top.page_id,
        "block": top.block or None,
        "text": top.text,
        "at": moment(top.created_at),
        "resolved": comment is None or comment.resolved_at is not None,
        "replies": sorted(answers, key=lambda answer: answer["at"]),
    }


def _said(one: Any, author: str, *, by_reviewer: bool) -> dict[str, Any]:
    return {
        "author": author,
        "by_reviewer": by_reviewer,
        "text": one.text,
        "at": moment(one.created_at),
    }


def names_of_reviewers(page: Page) -> tuple[dict[int, str], dict[int, str]]:
    """Whose a page's comments are, and the answers to them, by their ids: those of reviewers."""
    remarks = Remark.objects.filter(page_id=page.pk).select_related("link")
    found = list(remarks.values_list("comment_id", "reply_id", "link__recipient"))
    comments = {comment: name for comment, _, name in found if comment}
    return comments, {answer: name for _, answer, name in found if answer}


def _comment(link: ReviewLink, page: NewsroomPage, block: str, text: str) -> Comment:
    place = place_of(page, block) if block else None
    path, position = (place.path, place.position) if place else (WHOLE, "")
    return Comment.objects.create(
        page_id=page.pk, user=link.maker, text=text, contentpath=path, position=position
    )


def _tell(link: ReviewLink, page: NewsroomPage, text: str) -> None:
    note(link, "remark", page)
    tell_maker(link, page, f"{link.recipient} commented on {page.title}", text)
