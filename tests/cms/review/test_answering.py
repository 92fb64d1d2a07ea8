"""What reviewers answer, how editors see it, and what is marked as changed."""

import json

import lxml.html  # type: ignore[import-untyped]  # publishes no types
import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import Comment, CommentReply

from cms.review.marks import changes, fingerprint
from cms.review.models import Remark, Verdict
from cms.review.places import Place, place_of
from tests import factories
from tests.bodies import block, section
from tests.cms.review.reviewing import Reviewer, editor, share
from tests.full_pages import EVERY_TYPE, full_page, parent_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

FIRST, SECOND, THIRD = (f"{n}0000000-0000-4000-8000-000000000000" for n in range(1, 4))


def named(id, kind, value):
    return {**block(kind, value), "id": id}


@pytest.fixture
def draft(material):
    page = factories.StandardPageFactory(
        parent=material.section, title="Draft", slug="draft", live=False
    )
    page.body = [
        named(FIRST, "paragraph", "<p>Twelve states permit it.</p>"),
        named(SECOND, "heading", {"text": "Where", "level": "h2"}),
    ]
    page.save_revision()
    return page


def comments_in_editor(page):
    """What the editor's script is given, by the names of those who wrote it."""
    client = Client()
    client.force_login(editor())
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]), follow=True)
    (data,) = lxml.html.fromstring(response.content).xpath("//script[@id='comments-data']/text()")
    found = json.loads(data)
    names = {key: author["name"] for key, author in found["authors"].items()}
    return [
        (
            names[str(one["user"])],
            one["contentpath"],
            one["text"],
            [names[str(r["user"])] for r in one["replies"]],
        )
        for one in found["comments"]
    ]


def test_a_comment_stands_beside_its_block_under_the_reviewers_name(draft):
    _, token = share(draft)
    reader = Reviewer(token)
    reader.read()
    for where in (FIRST, SECOND, None):
        response = reader.post("comments/", page=draft.pk, block=where, text=f"On {where}")
        assert response.status_code == 201
    assert comments_in_editor(draft) == [
        ("Jo Lawyer", f"body.{FIRST}", f"On {FIRST}", []),
        ("Jo Lawyer", f"body.{SECOND}.text", f"On {SECOND}", []),
        ("Jo Lawyer", "title", "On None", []),
    ]


@pytest.mark.parametrize("model", EVERY_TYPE)
def test_every_block_has_a_place_in_the_editor(material, model):
    page = full_page(model, material)
    page.live = False
    parent_of(model, material).add_child(instance=page)
    page.save_revision()
    _, token = share(page)
    document = Reviewer(token).read()["document"]
    ids = fingerprint(document)["blocks"]
    latest = page.get_latest_revision_as_object()
    assert len(ids) > 20
    for id in ids:
        place = place_of(latest, id)
        assert place
        assert Comment(page=page, contentpath=place.path).has_valid_contentpath(latest), place


def test_editors_answer_and_resolve_and_the_reviewer_sees_it(draft):
    _, token = share(draft)
    reader = Reviewer(token)
    reader.read()
    reader.post("comments/", page=draft.pk, block=FIRST, text="Twelve?")
    comment = Comment.objects.get()
    bob = editor("bob", first_name="Bob", last_name="Editor")
    CommentReply.objects.create(comment=comment, user=bob, text="Thirteen.")
    (thread,) = reader.read()["review"]["threads"]
    assert (thread["block"], thread["text"], thread["resolved"]) == (FIRST, "Twelve?", False)
    (answer,) = thread["replies"]
    assert (answer["author"], answer["by_reviewer"], answer["text"]) == (
        "Bob Editor",
        False,
        "Thirteen.",
    )
    comment.resolved_at = comment.created_at
    comment.save()
    assert reader.read()["review"]["threads"][0]["resolved"] is True
    # What is said again is open again.
    assert (
        reader.post("comments/", page=draft.pk, thread=thread["id"], text="Sure?").status_code
        == 201
    )
    (thread,) = reader.read()["review"]["threads"]
    assert [(a["text"], a["by_reviewer"]) for a in thread["replies"]] == [
        ("Thirteen.", False),
        ("Sure?", True),
    ]
    assert thread["resolved"] is False
    assert comments_in_editor(draft) == [
        ("Jo Lawyer", f"body.{FIRST}", "Twelve?", ["Bob Editor", "Jo Lawyer"])
    ]


def test_what_a_reviewer_wrote_outlives_the_editors_comment(draft):
    _, token = share(draft)
    reader = Reviewer(token)
    reader.read()
    reader.post("comments/", page=draft.pk, block=FIRST, text="Twelve?")
    comment = Comment.objects.get()
    comment.log_delete(page_revision=draft.latest_revision, user=editor())
    comment.delete()
    (thread,) = reader.read()["review"]["threads"]
    assert (thread["text"], thread["resolved"]) == ("Twelve?", True)
    assert comments_in_editor(draft) == []
    reader.post("comments/", page=draft.pk, thread=thread["id"], text="It is wrong.")
    assert comments_in_editor(draft) == [("Jo Lawyer", f"body.{FIRST}", "It is wrong.", [])]
    assert reader.read()["review"]["threads"][0]["resolved"] is False


def test_a_comment_that_a_save_swallows_comes_back(draft):
    """Wagtail's form deletes what came while it was being saved."""
    _, token = share(draft)
    reader = Reviewer(token)
    reader.read()
    being_saved = draft.get_latest_revision_as_object()
    assert not being_saved.wagtail_admin_comments.all()
    reader.post("comments/", page=draft.pk, block=FIRST, text="Twelve?")
    being_saved.save()
    assert not Comment.objects.exists()
    assert reader.read()["review"]["threads"][0]["resolved"] is False
    assert comments_in_editor(draft) == [("Jo Lawyer", f"body.{FIRST}", "Twelve?", [])]
    assert len(comments_in_editor(draft)) == 1


def test_a_comment_whose_block_is_gone_is_on_the_whole(draft):
    _, fixed = share(draft, shows="revision")
    _, latest = share(draft, recipient="Kim")
    readers = [Reviewer(fixed), Reviewer(latest)]
    for reader in readers:
        reader.read()
    readers[1].post("comments/", page=draft.pk, block=FIRST, text="Before")
    draft.body = [named(THIRD, "paragraph", "<p>Another.</p>")]
    draft.save_revision()
    readers[0].post("comments/", page=draft.pk, block=FIRST, text="Of what was shared")
    assert comments_in_editor(draft) == [
        ("Kim", "title", "Before", []),
        ("Jo Lawyer", "title", "Of what was shared", []),
    ]


def test_what_is_approved_is_all_that_editors_write_and_nothing_else(draft):
    _, token = share(draft)
    reader = Reviewer(token)
    version = reader.read()["review"]["version"]
    section = draft.get_parent().specific
    section.title = "Another section"
    section.save_revision().publish()
    assert reader.read()["review"]["version"] == version
    for name in ("seo_title", "search_description", "slug"):
        setattr(draft, name, "otherwise")
        draft.save_revision()
        changed = reader.comes_again().read()["review"]
        assert changed["version"] != version
        assert changed["changes"]["members"] == [name]
        version = changed["version"]


def test_reviewers_see_their_own_threads_alone(draft):
    (_, one), (_, other) = share(draft), share(draft, recipient="Kim")
    first, second = Reviewer(one), Reviewer(other)
    first.read()
    second.read()
    first.post("comments/", page=draft.pk, text="Between us")
    assert second.read()["review"]["threads"] == []
    thread = Remark.objects.get().pk
    assert second.post("comments/", page=draft.pk, thread=thread, text="Hm").status_code == 404


def test_the_maker_is_told(draft, django_capture_on_commit_callbacks):
    _, token = share(draft)
    reader = Reviewer(token)
    version = reader.read()["review"]["version"]
    with django_capture_on_commit_callbacks(execute=True):
        reader.post("comments/", page=draft.pk, text="Twelve?")
        reader.post(
            "verdict/", page=draft.pk, says="changes_requested", version=version, text="Count"
        )
    subjects = [message.subject for message in mail.outbox]
    assert subjects == ["Jo Lawyer commented on Draft", "Jo Lawyer asks for changes to Draft"]
    assert all(message.to == ["ada@newsroom.example"] for message in mail.outbox)
    assert f"/admin/pages/{draft.pk}/edit/" in mail.outbox[0].body
    assert token not in str([message.body for message in mail.outbox])


def test_no_comments_where_none_are_welcome(draft):
    _, token = share(draft, comments_welcome=False)
    reader = Reviewer(token)
    reader.read()
    assert reader.post("comments/", page=draft.pk, text="Hm").status_code == 403
    assert not Comment.objects.exists()


def test_a_verdict_is_about_what_was_read(draft):
    _, token = share(draft)
    reader = Reviewer(token)
    version = reader.read()["review"]["version"]
    draft.title = "Otherwise"
    draft.save_revision()
    late = reader.post("verdict/", page=draft.pk, says="approved", version=version)
    assert late.status_code == 409
    assert not Verdict.objects.exists()
    version = reader.read()["review"]["version"]
    assert (
        reader.post(
            "verdict/", page=draft.pk, says="changes_requested", version=version
        ).status_code
        == 400
    )
    given = reader.post("verdict/", page=draft.pk, says="approved", version=version)
    assert given.json()["verdict"]["current"] is True
    draft.title = "Again"
    draft.save_revision()
    assert reader.read()["review"]["verdict"]["current"] is False


def test_what_changed_since_the_last_visit_is_marked(draft):
    _, token = share(draft)
    reader = Reviewer(token)
    assert reader.read()["review"]["changes"] is None
    draft.title = "Another"
    draft.body = [
        named(THIRD, "paragraph", "<p>New.</p>"),
        named(FIRST, "paragraph", "<p>Thirteen states permit it.</p>"),
    ]
    draft.save_revision()
    # Still the first visit: nothing was seen before it.
    assert reader.read()["review"]["changes"] is None
    draft.title = "Draft"
    draft.save_revision()
    found = reader.comes_again().read()["review"]["changes"]
    assert found["members"] == ["title"]
    assert found["blocks"] == found["removed"] == []


def _document(*body, **more):
    return {"title": "T", "body": list(body), **more}


def _block(id, text="", kind="paragraph"):
    return {"id": id, "type": kind, "value": text}


A, B, C, D = (_block(id) for id in "abcd")


@pytest.mark.parametrize(
    ("before", "now", "blocks", "removed", "members"),
    [
        ([A, B], [A, B], {}, [], []),
        ([A, B], [A, B, C], {"c": "added"}, [], []),
        ([A, B, C], [A, C], {}, ["b"], []),
        ([A, B], [A, _block("b", "other")], {"b": "changed"}, [], []),
        ([A, B, C, D], [D, A, B, C], {"d": "moved"}, [], []),
        ([A, B, C, D], [B, C, D, A], {"a": "moved"}, [], []),
        (
            [A, B, C],
            [C, _block("b", "other"), D],
            {"b": "changed", "d": "added", "c": "moved"},
            ["a"],
            [],
        ),
        ([], [A], {"a": "added"}, [], []),
        ([A], [], {}, ["a"], []),
    ],
)
def test_changes_by_block(before, now, blocks, removed, members):
    found = changes(fingerprint(_document(*before)), fingerprint(_document(*now)))
    assert found["blocks"] == blocks
    assert [one["id"] for one in found["removed"]] == removed
    assert found["members"] == members


def test_changes_within_sections():
    def document(*content, more=()):
        inner = {"id": "s", "type": "section", "value": {"title": "S", "content": list(content)}}
        return fingerprint(_document(inner, *more))

    assert changes(document(A, B), document(A, B, C))["blocks"] == {"s": "changed", "c": "added"}
    moved = changes(document(A, B), document(A, more=[B]))
    assert moved["blocks"] == {"s": "changed", "b": "moved"}


def test_a_section_is_a_block_and_so_is_what_is_in_it(material, draft):
    draft.body = [{**section([named(FIRST, "quote", {})]), "id": SECOND}]
    assert place_of(draft, SECOND) == Place(f"body.{SECOND}.title")
    within = place_of(draft, FIRST)
    assert within
    assert within.path.startswith(f"body.{SECOND}.content.{FIRST}.")
    assert place_of(draft, THIRD) is None


@pytest.mark.parametrize(
    ("source", "position"),
    [
        ('<p data-block-key="abc12">Naïve 🚢 <b>words</b></p><p>More</p>', [("abc12", 0, 14)]),
        ("<p>Written by hand</p>", []),
        ("", []),
    ],
)
def test_a_comment_on_a_paragraph_marks_all_of_it(draft, source, position):
    draft.body = [named(FIRST, "paragraph", source)]
    place = place_of(draft, FIRST)
    assert place
    assert [tuple(one.values()) for one in json.loads(place.position)] == position
