"""Comments in the editor, also of people who have no account.

A function registered for the hook `name_comment_authors` takes a page and gives two dicts: names by
the ids of comments, and by those of replies. Such are shown under that name instead of their user's.
"""

from __future__ import annotations

from typing import Any

from wagtail import hooks
from wagtail.admin.panels import CommentPanel


class NamedCommentPanel(CommentPanel):
    """Wagtail's, with the names of those who have no account."""

    class BoundPanel(CommentPanel.BoundPanel):
        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            if self.instance.pk:
                name_authors(context["comments_data"], self.instance)
            return context


def name_authors(data: dict[str, Any], page: Any) -> None:
    """Puts names to comments and replies, in what the editor's script is given of them."""
    for function in hooks.get_hooks("name_comment_authors"):
        comments, replies = function(page)
        for comment in data["comments"]:
            _name(comment, comments, data["authors"])
            for reply in comment["replies"]:
                _name(reply, replies, data["authors"])


def _name(one: dict[str, Any], names: dict[int, str], authors: dict[str, Any]) -> None:
    if (name := names.get(one["pk"])) is not None:
        # The script finds authors by this, and takes nobody who is not signed in for one's own.
        one["user"] = f"named {name}"
        authors[one["user"]] = {"name": name, "avatar_url": ""}
