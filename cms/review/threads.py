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
from wagtail.models import Comment, CommentReply, Page, PageLogEntry

from api.codecs.annotations import moment
from cms.review.links import note
from cms.review.mail import tell_maker
from cms.review.models import Remark, ReviewLink
from cms.review.places import Place, place_of
from pages.models import NewsroomPage

# Where a comment on the whole page stands.
WHOLE = "title"


@transaction.atomic
def remark(link: ReviewLink, page: NewsroomPage, block: str, text: str) -> Remark:
    """Writes down what a reviewer says of a block, or of the whole if `block` is empty."""
    made = Remark(link=link, page_id=page.pk, block=block, text=text)
    _show(made, link.maker)
    _tell(link, page.pk, text)
    return made


@transaction.atomic
def reply(thread: Remark, text: str) -> Remark:
    """Writes down a reviewer's answer in a thread of theirs, which is open again by that."""
    link = thread.link
    made = Remark(link=link, page_id=thread.page_id, block=thread.block, text=text, thread=thread)
    if thread.comment is None:
        # Its editor deleted it. What is written now is to be seen all the same.
        _show(made, link.maker)
        thread.comment, thread.number = made.comment, made.number
        made.comment = None
        made.save()
        thread.save(update_fields=["comment", "number"])
    else:
        answer = CommentReply.objects.create(comment=thread.comment, user=link.maker, text=text)
        made.reply, made.number = answer, answer.pk
        made.save()
        still = Comment.objects.filter(pk=thread.comment.pk)
        still.update(resolved_at=None, resolved_by=None)
    _tell(link, thread.page_id, text)
    return made


@transaction.atomic
def show_again(page: NewsroomPage, user: Any) -> bool:
    """Brings back comments of reviewers that nobody deleted, to where the editor can show them.

    Wagtail's form deletes those that came while it was being saved, and hides those whose block is gone;
    and with whoever made a link, the comments go that were theirs: `user` answers for them from then on.
    Gives whether there were any.
    """
    tops = Remark.objects.filter(page_id=page.pk, thread=None)
    known = list(tops.select_related("comment", "link__maker"))
    if not known:
        return False
    deleted = _deleted(page.pk)
    draft = page.get_latest_revision_as_object()
    changed = False
    for one in known:
        if one.comment is None:
            if one.number not in deleted:
                _show(one, one.link.maker or user)
                changed = True
        elif not one.comment.resolved_at and not one.comment.has_valid_contentpath(draft):
            Comment.objects.filter(pk=one.comment.pk).update(contentpath=WHOLE, position="")
            changed = True
    return changed


def _deleted(page_id: int) -> set[int]:
    """The comments that somebody deleted, by Wagtail's own log."""
    entries = PageLogEntry.objects.filter(page=page_id, action="wagtail.comments.delete")
    return {entry.data["comment"]["id"] for entry in entries}


def threads_of(link: ReviewLink, page_ids: Sequence[int]) -> list[dict[str, Any]]:
    """A reviewer's threads on some pages, with editors' answers: as `ReviewThread` has it.

    One is resolved if an editor says so, or has deleted it.
    """
    reviewers = Remark.objects.exclude(reply=None).values("reply")
    theirs = CommentReply.objects.exclude(pk__in=reviewers).select_related("user")
    found = (
        Remark.objects.filter(link=link, thread=None, page_id__in=page_ids)
        .select_related("comment")
        .prefetch_related("replies", Prefetch("comment__replies", queryset=theirs))
    )
    deleted = {page: _deleted(page) for page in {one.page_id for one in found}}
    return [_thread(one, link, deleted[one.page_id]) for one in found]


def _thread(top: Remark, link: ReviewLink, deleted: set[int]) -> dict[str, Any]:
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
        "resolved": top.number in deleted if comment is None else comment.resolved_at is not None,
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


def _show(made: Remark, user: Any) -> None:
    """Makes the comment that a remark is seen as, in the draft that editors have, and saves it.

    Its reviewer's answers, if it had any, are shown with it again.
    """
    page = made.page.specific
    latest = page.get_latest_revision_as_object()
    place = (place_of(latest, made.block) if made.block else None) or Place(WHOLE)
    comment = Comment.objects.create(
        page_id=page.pk,
        user=user,
        text=made.text,
        contentpath=place.path,
        position=place.position,
    )
    made.comment, made.number = comment, comment.pk
    made.save()
    for answer in made.replies.filter(reply=None):
        shown = CommentReply.objects.create(comment=comment, user=user, text=answer.text)
        answer.reply, answer.number = shown, shown.pk
        answer.save(update_fields=["reply", "number"])


def _tell(link: ReviewLink, page_id: int, text: str) -> None:
    page = Page.objects.get(pk=page_id)
    note(link, "remark", page)
    tell_maker(link, page, f"{link.recipient} commented on {page.get_admin_display_title()}", text)
