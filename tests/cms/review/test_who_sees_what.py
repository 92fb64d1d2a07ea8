"""Who may see what of a draft, and of a release under embargo: every cell is asked for."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.images.views.serve import generate_image_url
from wagtail.models import Collection, CollectionViewRestriction

from api.webhooks import queue
from api.webhooks.models import Delivery, Endpoint
from cms.review import links
from cms.review.models import ReviewLink
from pages import models
from tests import factories
from tests.bodies import block, items, picture
from tests.cms.review.reviewing import Reviewer, editor, share
from tests.cms.review.test_sharing import signed_in, somebody
from tests.telling import tell

pytestmark = [pytest.mark.django_db, pytest.mark.once]

MARK = "Xyzzy"
WHATS = ("page", "bundle page", "image", "file", "listing", "search", "sync", "webhook")
DRAFTS = ("page", "bundle page", "image", "file")
NOTHING: tuple[str, ...] = ()

# Who, under which circumstances, and what they see; all else they do not.
TABLE = [
    ("anonymous", "draft", NOTHING),
    ("anonymous", "embargo", NOTHING),
    ("other editor", "draft", NOTHING),
    # Editors see each other's files, as in the admin.
    ("other editor", "embargo", ("image", "file")),
    ("link holder", "draft", DRAFTS),
    ("link holder", "embargo", DRAFTS),
    ("expired", "draft", NOTHING),
    ("expired", "embargo", NOTHING),
    ("revoked", "draft", NOTHING),
    ("revoked", "embargo", NOTHING),
    ("renewed", "draft", NOTHING),
    ("renewed", "embargo", NOTHING),
    ("wrong passcode", "draft", NOTHING),
    ("wrong passcode", "embargo", NOTHING),
    ("wrong page", "draft", NOTHING),
    ("wrong page", "embargo", NOTHING),
    ("embargo reader before the terms", "embargo", NOTHING),
    ("embargo reader after the terms", "embargo", DRAFTS),
    ("embargo reader after the terms were changed", "embargo", NOTHING),
    ("admin", "draft", DRAFTS),
    ("admin", "embargo", DRAFTS),
]
# Of a release that was lifted and published, everybody sees everything.
LIFTED = [("anonymous", WHATS), ("other editor", WHATS), ("wrong page", WHATS)]


@dataclass
class Newsroom:
    """Two drafts that go together, with a picture and a file of their own, and a page beside them."""

    page: Any
    other: Any
    outside: Any
    image: Any
    document: Any

    def under_embargo(self) -> None:
        for page in (self.page, self.other):
            factories.EmbargoFactory(page=page)
            page.get_latest_revision().publish(user=editor())


@dataclass
class Actor:
    """Somebody, with what they have: a session, headers to send along, and addresses of files."""

    client: Client = field(default_factory=Client)
    headers: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, list[str]] = field(default_factory=lambda: {"image": [], "file": []})

    def finds(self, *addresses: str, mark: str = MARK) -> bool:
        """Whether an answer to one of these has it in it."""
        return any(mark in self.ask(address) for address in addresses)

    def ask(self, address: str) -> str:
        response = self.client.get(address, headers=self.headers)
        return response.getvalue().decode(errors="replace") if response.status_code == 200 else ""

    def gets(self, kind: str) -> bool:
        """Whether one of the addresses of a picture or file gives it."""
        found = [self.client.get(a, headers=self.headers) for a in self.addresses[kind]]
        return any(response.status_code == 200 for response in found)


@pytest.fixture
def newsroom(material):
    queue.create_endpoint(Endpoint(name="one", url="http://127.0.0.1:1/hook"))
    queue.create_endpoint(Endpoint(name="tags", url="http://127.0.0.1:1/tags", about="tags"))
    image = factories.ImageFactory(
        title=f"{MARK} picture",
        description=f"{MARK} seen",
        file=factories.picture_file("xyzzy.jpg"),
    )
    document = factories.DocumentFactory(title=f"{MARK} paper")

    def draft(name: str, **values: Any) -> Any:
        return factories.PressReleasePageFactory(
            parent=material.section, live=False, title=f"{MARK} {name}", slug=name, **values
        )

    page, other = draft("page"), draft("other")
    outside = draft("outside", deck="Beside")
    outside.title = "Outside"
    for one in (page, other):
        one.share_image = image
        one.downloads = [models.Download(document=document)]
        one.body = [
            block("image", picture(image)),
            block("related_pages", {"title": "", "pages": items(page.pk, other.pk)}),
        ]
    for one in (page, other, outside):
        one.save_revision()
    return Newsroom(page, other, outside, image, document)


def private(newsroom: Newsroom) -> None:
    """The draft's files wait for it in a collection that is open to no group."""
    collection = Collection.get_first_root_node().add_child(name="Later")
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    )
    for file in (newsroom.image, newsroom.document):
        file.collection = collection
        file.save()


def public_addresses(newsroom: Newsroom) -> dict[str, list[str]]:
    """Where anybody would look for the files."""
    image, document = newsroom.image, newsroom.document
    return {
        "image": [generate_image_url(image, "width-320|format-jpeg"), image.file.url],
        "file": [reverse("wagtaildocs_serve", args=[document.pk, document.filename])],
    }


def read_by(reader: Reviewer, newsroom: Newsroom) -> Actor:
    """What somebody has who reads by a link, from what they were shown."""
    actor = Actor(reader.client)
    response = reader.get()
    if response.status_code == 200:
        answer = response.json()
        reader.ticket = answer["review"]["visit"]
        document = answer["document"]
        shown = document["share_image"]
        if shown:
            actor.addresses["image"].append(_path(shown["url"]))
        actor.addresses["file"] += [_path(one["url"]) for one in _files(document)]
    actor.headers = reader.headers()
    return actor


def _files(document: Any) -> list[dict[str, Any]]:
    return [one.get("document", one) for one in document["downloads"]]


def _path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def make(who: str, newsroom: Newsroom) -> Actor:
    """Somebody of the table."""
    drafts = (newsroom.page, newsroom.other)
    actor = Actor()
    if who == "admin":
        actor = Actor(signed_in(editor("boss")))
    elif who == "other editor":
        elsewhere = factories.SectionPageFactory(parent=newsroom.page.get_parent())
        actor = Actor(signed_in(somebody("other", elsewhere)))
    elif who in ("link holder", "expired", "revoked", "renewed"):
        link, token = share(*drafts)
        actor = read_by(Reviewer(token), newsroom)
        assert actor.addresses["image"]
        assert actor.addresses["file"]
        if who == "expired":
            past = timezone.now() - timedelta(seconds=1)
            ReviewLink.objects.filter(pk=link.pk).update(expires_at=past)
        elif who == "revoked":
            links.end([link], ReviewLink.Ended.REVOKED)
        elif who == "renewed":
            links.renew(link, editor())
    elif who == "wrong passcode":
        _, token = share(*drafts, passcode="open sesame")
        reader = Reviewer(token)
        assert reader.enter(passcode="wrong").status_code == 403
        actor = read_by(reader, newsroom)
    elif who == "wrong page":
        _, token = share(newsroom.outside)
        actor = read_by(Reviewer(token), newsroom)
    elif who.startswith("embargo reader"):
        _, token = share(*drafts, purpose=ReviewLink.Purpose.EMBARGO)
        reader = Reviewer(token)
        assert reader.get().json()["needs"] == ["terms"]
        if "after" in who:
            said = {"accept_terms": True, "name": "Kim", "outlet": "The Courier"}
            assert reader.enter(**said).status_code == 201
        actor = read_by(reader, newsroom)
        if "changed" in who:
            models.Embargo.objects.update(terms="Otherwise")
    for kind, found in public_addresses(newsroom).items():
        actor.addresses[kind] += found
    return actor


def sees(actor: Actor, newsroom: Newsroom, what: str) -> bool:
    """Whether somebody gets at it in any way there is."""
    page, other = newsroom.page, newsroom.other
    match what:
        case "page" | "bundle page":
            one = page if what == "page" else other
            return actor.finds(
                f"/api/v2/pages/{one.pk}/",
                f"/api/v2/route/?path=/news/{one.slug}/",
                f"/api/v2/pages/find/?id={one.pk}",
                f"/api/v2/review/?page={one.pk}",
                "/api/v2/review/" if what == "page" else "/api/v2/pages/",
                reverse("wagtailadmin_pages:edit", args=[one.pk]),
                mark=f"{MARK} {one.slug}",
            )
        case "image":
            chosen = reverse("wagtailimages:edit", args=[newsroom.image.pk])
            listed = actor.finds(f"/api/v2/images/{newsroom.image.pk}/", "/api/v2/images/", chosen)
            return actor.gets("image") or listed
        case "file":
            chosen = reverse("wagtaildocs:edit", args=[newsroom.document.pk])
            number = newsroom.document.pk
            listed = actor.finds(f"/api/v2/documents/{number}/", "/api/v2/documents/", chosen)
            return actor.gets("file") or listed
        case "listing":
            parent = page.get_parent().pk
            return actor.finds(
                "/api/v2/pages/?fields=*&type=press_release",
                f"/api/v2/pages/?child_of={parent}",
                "/api/v2/pages/?facets=kind,section&fields=_,title",
                f"/api/v2/pages/?slug={page.slug}",
            )
        case "search":
            found = json.loads(actor.ask(f"/api/v2/pages/?search={MARK}"))
            return bool(found["meta"]["total_count"])
        case "sync":
            return actor.finds("/api/v2/changes/?documents=true", mark=f'"id":{page.pk},')
        case "webhook":
            # Tags are numbers of what was touched, and say nothing of it.
            told = Delivery.objects.values_list("payload", flat=True)
            words = (MARK, str(page.uuid), f"/news/{page.slug}/")
            return any(word in payload for payload in told for word in words)
    raise LookupError(what)


@pytest.mark.parametrize(("who", "when", "seen"), TABLE)
def test_who_sees_what(newsroom, who, when, seen):
    if when == "draft":
        private(newsroom)
    else:
        newsroom.under_embargo()
    tell()
    actor = make(who, newsroom)
    tell()
    assert {what: sees(actor, newsroom, what) for what in WHATS} == {
        what: what in seen for what in WHATS
    }


@pytest.mark.parametrize(("who", "seen"), LIFTED)
def test_what_is_lifted_is_for_everybody(newsroom, who, seen):
    newsroom.under_embargo()
    tell()
    actor = make(who, newsroom)
    models.Embargo.objects.update(lifted_at=timezone.now())
    models.EmbargoedFile.objects.all().delete()
    for page in (newsroom.page, newsroom.other):
        page.get_latest_revision().publish()
    tell()
    assert {what: sees(actor, newsroom, what) for what in WHATS} == dict.fromkeys(seen, True)
