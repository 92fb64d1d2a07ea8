"""Invariant 3: what is not public appears in no public answer, whoever asks and however."""

import re
from urllib.parse import quote, unquote

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, override_settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.images.views.serve import generate_image_url
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction

from api.changes.announce import Outcome, announce
from api.rich_text_format import FORMATS
from frontend_contract.situations.drafts import preview_of
from tests.api.answers import all_blocks
from tests.api.hidden import MARK, REASONS, make_secrets, unhide
from tests.kept import keep

pytestmark = pytest.mark.django_db

API = "/api/v2"
LANGUAGES = [("en", "English"), ("fr", "French"), ("de", "German")]
NO_SUCH_ID = 10**6


@pytest.fixture(scope="module")
def secrets(django_db_setup, django_db_blocker):
    """The newsroom of secrets, for the whole module."""
    languages = override_settings(LANGUAGES=LANGUAGES, WAGTAIL_CONTENT_LANGUAGES=LANGUAGES)
    with languages:
        yield from keep(make_secrets, django_db_blocker)


@pytest.fixture
def insider(db):
    """An editor with every right, signed in, who has passed every password too."""
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("insider"))
    session = client.session
    for kind, name in ((PageViewRestriction, "page"), (CollectionViewRestriction, "collection")):
        passed = list(kind.objects.values_list("pk", flat=True))
        session[f"passed_{name}_view_restrictions"] = passed
    session.save()
    return client


# The walk ---------------------------------------------------------------------------------------


def listings(secrets):
    """Listings of pages with every filter, order and way to search for the mark."""
    kinds = ("press_release", "fact_sheet", "section", "standard", "profile", "home")
    some = [secrets.linking["login"]["release"], secrets.site.root_page, secrets.public[1]]
    hidden = secrets.hidden[:: len(secrets.hidden) // 8]
    queries = [
        "",
        "fields=*",
        *(f"fields=*&limit=20&offset={offset}" for offset in (0, 20, 40)),
        *(f"fields=*&limit=5&rich_text_format={name}" for name in FORMATS),
        *(f"fields=*&limit=5&type={kind}" for kind in kinds),
        "type=wagtailcore.Page&fields=*&limit=5",
        "type=pages.PressReleasePage,pages.FactSheetPage&fields=*",
        *(f"limit=5&order={sign}{name}" for sign in ("", "-") for name in ("title", "id", "slug")),
        *(f"limit=5&order={name}" for name in ("first_published_at", "publication_date")),
        "kind=press_release,fact_sheet",
        f"topic={secrets.topic.slug}&limit=5&fields=*",
        *(f"person={person.pk}&fields=*" for person in secrets.people),
        "published_from=2000-01-01&limit=5",
        "published_until=2100-01-01&limit=5",
        *(f"locale={code}&fields=*" for code in ("en", "fr", "de")),
        *(f"site={site.hostname}&limit=5" for site in (secrets.site, secrets.other_site)),
        *(f"search={words}&limit=5" for words in (MARK, f"{MARK} body", "body", "linking")),
        f"search={MARK}&search_operator=and",
        f"search={MARK}&order=title",
        f"search={MARK}&type=press_release",
        f"search={MARK}&topic={secrets.topic.slug}",
        "show_in_menus=false&limit=5",
    ]
    for name in ("section", "child_of", "descendant_of", "ancestor_of", "translation_of"):
        queries += [f"{name}={page.pk}&limit=5" for page in (*some, *hidden)]
    for page in hidden:
        queries += [
            f"slug={page.slug}",
            f"title={quote(page.title)}",
            f"type=press_release&supersedes={page.pk}",
            f"type=fact_sheet&summary_of={page.pk}&fields=*",
            f"alias_of={page.pk}",
        ]
    return [f"{API}/pages/?{query}" for query in queries]


def path_of(page):
    """The path that a page has on its site, or would have."""
    return "/" + page.url_path.strip("/").partition("/")[2] + "/"


def pages_one_by_one(secrets):
    """The detail, find and route of every page, by id, by path and by percent-encoded path."""
    everything = (*secrets.public, *secrets.hidden)
    addresses = [f"pages/{page.pk}/" for page in everything]
    addresses += [f"pages/find/?id={page.pk}" for page in everything]
    paths = [path_of(page) for page in everything]
    for page in secrets.hidden[::3]:
        path = path_of(page)
        encoded = "".join(f"%{ord(letter):02x}" if letter != "/" else "/" for letter in path)
        paths += [path.rstrip("/"), encoded, f"/{page.locale.language_code}{path}"]
    addresses += [f"pages/find/?html_path={quote(path)}" for path in paths]
    addresses += [f"route/?path={quote(path)}" for path in paths]
    for page in secrets.public[::4]:
        addresses += [f"pages/{page.pk}/?rich_text_format={name}" for name in FORMATS]
        addresses += [f"pages/{page.pk}/?fields={names}" for names in ("*", "_,body", "_,parent")]
    return [f"{API}/{address}" for address in addresses]


def everything_else(secrets):
    """The site, the files, the redirects and what is wrong to ask."""
    hosts = (secrets.site.hostname, secrets.other_site.hostname)
    addresses = [f"site/?site={host}&rich_text_format={name}" for host in hosts for name in FORMATS]
    for kind, files in (("images", secrets.images), ("documents", secrets.documents)):
        queries = ("", "fields=*", f"search={MARK}", "order=-title", "limit=1&offset=1")
        addresses += [f"{kind}/?{query}" for query in queries]
        addresses += [f"{kind}/?title={quote(file.title)}" for file in files]
        addresses += [f"{kind}/{file.pk}/" for file in files]
        addresses += [f"{kind}/find/?id={file.pk}" for file in files]
    addresses += [
        f"redirects/?{query}" for query in ("", "fields=*", "order=-id", "is_permanent=0")
    ]
    for redirect in secrets.redirects[::3]:
        addresses += [
            f"redirects/{redirect.pk}/",
            f"redirects/find/?html_path={redirect.old_path}",
            f"route/?path={redirect.old_path}",
        ]
    addresses += [f"{kind}/?format=api" for kind in ("pages", "images", "documents", "redirects")]
    addresses += [
        f"page_preview/?content_type=pages.{kind}&token=id={page.pk}:1:x"
        for page in secrets.hidden[:5]
        for kind in ("standardpage", page._meta.model_name)
    ]
    return [f"{API}/{address}" for address in addresses]


def every_address(secrets):
    return [*listings(secrets), *pages_one_by_one(secrets), *everything_else(secrets)]


def leaks(response):
    """Whether the mark is anywhere in an answer: its body or its headers, encoded or not."""
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    text = f"{headers}\n{response.content.decode()}".lower()
    return MARK.lower() in text or MARK.lower() in unquote(text)


@pytest.mark.once
def test_the_mark_is_in_no_answer_to_anybody(secrets, insider):
    reader = Client()
    checked = answered = 0
    for number, address in enumerate(every_address(secrets)):
        response = reader.get(address)
        assert response.status_code < 500, address
        assert not leaks(response), address
        checked += 1
        answered += response.status_code == 200
        # Who asks is read by the same code at every address.
        if number % 4 == 0 or "format=api" in address:
            inside = insider.get(address)
            assert not leaks(inside), address
            assert inside.status_code == response.status_code, address
            if "format=api" not in address:  # a page for people, which says who is signed in
                assert inside.content == response.content, address
            checked += 1
    assert checked > 950
    assert answered > 350


@pytest.mark.once
def test_the_walk_would_notice(secrets, monkeypatch):
    """Control: with nothing hidden, everything hidden is found, in answers for public pages too."""
    unhide(monkeypatch)
    reader = Client()
    details = [f"{API}/pages/{page.pk}/" for page in secrets.public]
    others = [f"{API}/site/", f"{API}/images/", f"{API}/documents/", f"{API}/redirects/?limit=20"]
    others += [f"{API}/pages/?search={MARK}", f"{API}/route/?path=/{MARK.lower()}-old-1"]
    found = {address: reader.get(address) for address in (*details, *others)}

    leaking = {address for address in found if leaks(found[address])}
    dull = (*secrets.public[1:3], secrets.linking["relatives"]["drafted"])
    assert found.keys() - leaking == {f"{API}/pages/{page.pk}/" for page in dull}
    text = "".join(response.content.decode() for response in found.values())
    outside = [page for page in secrets.hidden if page.get_url_parts() is None]
    for thing in (*secrets.hidden, *secrets.images, *secrets.documents):
        assert thing.title in text or thing in outside or "German" in str(thing), thing
    assert len(leaking) > 45


# What is said instead -------------------------------------------------------------------------


def answer_for(page):
    return Client().get(f"{API}/pages/{page.pk}/").json()


def marks(document):
    """Every link's mark in the rich text of an answer."""
    if isinstance(document, dict):
        found = list(document.get("markDefs", []))
        return found + marks(list(document.values()))
    return [mark for part in document for mark in marks(part)] if isinstance(document, list) else []


@pytest.mark.parametrize("reason", REASONS)
def test_links_to_what_is_hidden_are_typed_as_dead(secrets, reason):
    pages = {kind: answer_for(page) for kind, page in secrets.linking[reason].items()}
    dead = {"type": "dead"}

    for answer in pages.values():
        found = marks(answer)
        assert len(found) > 10
        assert {mark["_type"] for mark in found} == {"dead_link"}
        spans = answer["body"][0]["value"][0]["children"]
        assert [span["text"] for span in spans if span["marks"]] == ["To a page", "to a file"]
        assert answer["related_pages"] == [dead, dead]
        assert answer["downloads"] == [{"document": dead, "title": ""}]
        assert answer["further_sections"] == [dead]
        assert answer["share_image"] is None
        assert answer["translations"] == []
        (author,) = answer["bylines"]
        assert (author["profile"], author["portrait"], author["organisation"]["logo"]) == (
            None,
        ) * 3
        blocks = all_blocks(answer)
        links = [b["value"]["link"] for b in blocks if b["type"] == "call_to_action"]
        assert links[:2] == [dead, dead]
        cards = [b["value"]["pages"] for b in blocks if b["type"] == "related_pages"]
        assert cards == [[dead] * 5, [dead], [dead]]
        incomplete = [b["value"]["block"] for b in blocks if b["type"] == "incomplete"]
        assert sorted(incomplete) == ["gallery", "gallery", "image", "image"]
        (transcript, _) = [b["value"]["transcript"] for b in blocks if b["type"] == "embed"]
        assert transcript == dead
    release, paper = pages["release"], pages["paper"]
    assert release["supersedes"] == paper["summary_of"] == paper["follow_up_to"] == dead
    assert release["superseded_by"] == paper["has_summary"] == paper["followed_up_by"] == []
    assert release["updates"][0]["value"]["superseded_by"] == paper["pdf"] == dead
    assert pages["profile"]["portrait"] is None


def test_relatives_that_are_hidden_are_left_out(secrets):
    child, alias, drafted = map(answer_for, secrets.linking["relatives"].values())

    assert child["meta"]["parent"] is None
    assert [crumb["title"] for crumb in child["breadcrumbs"]] == ["Home", "News"]
    assert alias["meta"]["alias_of"] is None
    assert (alias["title"], drafted["title"]) == ("Original", "Being edited")
    site = Client().get(f"{API}/site/").json()
    assert [(locale["code"], locale["home"] is None) for locale in site["locales"]] == [
        ("en", False),
        ("de", True),
        ("fr", False),
    ]
    assert (site["logo"], site["share_image"], site["organisation"]["logo"]) == (None, None, None)


@pytest.mark.once
def test_counts_are_those_of_a_newsroom_without_anything_hidden(secrets):
    addresses = [
        address
        for address in (*listings(secrets), *everything_else(secrets))
        if "?" in address
        and "find" not in address
        and not re.search("rich_text_format|format=api", address)
    ]

    def counts():
        answers = {address: Client().get(address).json() for address in addresses}
        return {
            address: answer["meta"]["total_count"]
            for address, answer in answers.items()
            if "total_count" in answer.get("meta", {})
        }

    with_hidden = counts()
    Redirect.objects.all().delete()
    child = secrets.linking["relatives"]["child"]
    for page in secrets.hidden:
        # What Wagtail takes down with its parent or with its original stays as it is.
        if not child.is_descendant_of(page) and not page.aliases.exists():
            Page.objects.filter(pk=page.pk).delete()
    assert counts() == with_hidden
    assert sum(with_hidden.values()) > 500


def test_changes_tell_nothing_of_what_was_never_public(secrets):
    """Neither when everything is told, nor when more is hidden, nor in drafts that nobody published."""
    reader, told = Client(), 0
    assert announce(60) is Outcome.ALL
    drafted = Page.objects.get(pk=secrets.public[1].pk).specific
    drafted.title = MARK
    drafted.save_revision()
    hidden = Page.objects.get(pk=secrets.hidden[0].pk).specific
    hidden.title = f"{MARK} once more"
    hidden.save()
    for site in (secrets.site, secrets.other_site):
        answer = reader.get(f"{API}/changes/?documents=true&site={site.hostname}")
        assert answer.status_code == 200
        assert not leaks(answer)
        told += len(answer.json()["items"])
    assert told >= len(secrets.public)


def test_searching_for_what_is_hidden_finds_nothing(secrets):
    searches = [
        address
        for address in every_address(secrets)
        if f"search={MARK}" in address and " " not in address
    ]

    assert len(searches) > 5
    for address in searches:
        answer = Client().get(address).json()
        assert (answer["meta"]["total_count"], answer["items"]) == (0, []), address


@pytest.mark.parametrize("reason", REASONS)
def test_a_draft_tells_no_more_of_what_is_hidden_than_its_page(secrets, reason):
    for page in secrets.linking[reason].values():
        draft = type(page).objects.get(pk=page.pk)
        token = preview_of(draft).token
        query = {"content_type": draft.get_content_type_str(), "token": token}
        response = Client().get(f"{API}/page_preview/", query)
        assert response.status_code == 200
        assert not leaks(response)


def test_what_is_hidden_cannot_be_told_from_what_never_was(secrets):
    hidden = [page for page in secrets.hidden if not page.first_published_at or page.live]
    checked = 0
    for page in hidden:
        for address in (
            "pages/{}/",
            "pages/find/?id={}",
            "pages/?child_of={}",
            "pages/?section={}",
        ):
            there = Client().get(f"{API}/{address.format(page.pk)}")
            nowhere = Client().get(f"{API}/{address.format(NO_SUCH_ID)}")
            assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
            assert there.status_code in (400, 404)
            checked += 1
    assert checked > 100


def test_files_of_private_collections_are_not_handed_out(secrets):
    for image, document in zip(secrets.images, secrets.documents, strict=True):
        assert Client().get(generate_image_url(image, "width-100|format-webp")).status_code == 404
        assert Client().get(image.file.url).status_code == 404
        refused = Client().get(document.url)
        assert refused.status_code in (302, 200)  # a form for the password
        assert b"PDF" not in refused.content
    assert len(secrets.images) == 4
