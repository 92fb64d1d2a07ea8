"""Searching pages. Each database runs these, and must find the same in the same order."""

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from wagtail.models import Page

from api.documents.models import Unread, Words
from api.documents.moments import Busy
from api.words.text import text_of
from api.words.tokens import words_of
from pages import models
from tests import bodies, factories
from tests.api import contract
from tests.api.tree import fresh

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v2/pages/"


@pytest.fixture
def papers():
    """What is found, and in which order: by title, words and date."""
    site = factories.make_site()

    def paper(title, text, day, **more):
        body = [bodies.block("paragraph", f"<p>{text}</p>")]
        return factories.StandardPageFactory(
            parent=site.root_page, title=title, publication_date=day, body=body, **more
        )

    paper("Hiring officers", "The sheriff’s <b>immi</b>gration unit hires.", "2016-01-01")
    paper("A report on detainers", "Officers were hired in 2016.", "2018-01-01")
    paper("Café Zürich", "Naïve coöperation, § 287(g), and O’Neill.", "2017-01-01")
    paper("Old news", "A hiring freeze for officers and detainers.", "2001-01-01")
    paper("New news", "Nothing of the kind, but for a detainer.", "2020-01-01")
    return site


def titles(client, search, more=""):
    response = client.get(
        ADDRESS, {"search": search, **dict(p.split("=") for p in more.split("&") if p)}
    )
    return [item["title"] for item in contract.pages(response)]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        # Titles first, then the newest; every form of a word.
        ("hiring", ["Hiring officers", "A report on detainers", "Old news"]),
        ("hired", ["Hiring officers", "A report on detainers", "Old news"]),
        ("HIRE", ["Hiring officers", "A report on detainers", "Old news"]),
        ("detainer", ["A report on detainers", "New news", "Old news"]),
        ("news", ["New news", "Old news"]),
        # All words, wherever they are; in the title all of them count.
        ("officers detainers", ["A report on detainers", "Old news"]),
        ("detainers hiring", ["A report on detainers", "Old news"]),
        ("hiring officers", ["Hiring officers", "A report on detainers", "Old news"]),
        # Letters are letters, with or without what stands on them.
        ("cafe zurich", ["Café Zürich"]),
        ("Naïve", ["Café Zürich"]),
        ("naive cooperation", ["Café Zürich"]),
        ("oneill", ["Café Zürich"]),
        ("O'Neill", ["Café Zürich"]),
        ("287(g)", ["Café Zürich"]),
        ("sheriff", ["Hiring officers"]),
        # Marks inside a word do not part it.
        ("immigration", ["Hiring officers"]),
        ("2016", ["A report on detainers"]),
        # What begins so.
        ("offic*", ["Hiring officers", "A report on detainers", "Old news"]),
        ("immi*", ["Hiring officers"]),
        ("immi", []),
        ("zür*", ["Café Zürich"]),
        # No syntax of any engine's.
        ("hiring OR news", []),
        ('"hiring"', ["Hiring officers", "A report on detainers", "Old news"]),
        ("hiring & | ! : ( ) - NOT '", []),
        ("NEAR(hiring)", []),
        ("title_words:hiring", []),
        ("=hire", ["Hiring officers", "A report on detainers", "Old news"]),
        ("", []),
        ("***", []),
        ("§", []),
        ("nothing whatsoever", []),
    ],
)
def test_what_is_found(client, papers, search, expected):
    assert titles(client, search) == expected


@pytest.mark.parametrize(
    ("search", "more", "expected"),
    [
        ("news café", "search_operator=or", ["New news", "Café Zürich", "Old news"]),
        ("hiring", "search_operator=and", ["Hiring officers", "A report on detainers", "Old news"]),
        ("hiring", "order=title", ["A report on detainers", "Hiring officers", "Old news"]),
        ("hiring", "order=-publication_date&limit=1", ["A report on detainers"]),
        ("hiring", "year=2018", ["A report on detainers"]),
        ("hiring", "limit=1&offset=1", ["A report on detainers"]),
        ("hiring", "limit=1&offset=2", ["Old news"]),
        ("hiring", "offset=3", []),
        ("hiring", "title=Old news", ["Old news"]),
    ],
)
def test_searches_go_with_the_other_parameters(client, papers, search, more, expected):
    assert titles(client, search, more) == expected


def test_snippets_show_where_it_is(client, papers):
    answer = client.get(f"{ADDRESS}?search=hired").json()

    snippets = answer["meta"]["snippets"]
    assert [snippet["id"] for snippet in snippets] == [item["id"] for item in answer["items"]]
    assert snippets[1]["runs"] == [
        {"text": "Officers were ", "match": False},
        {"text": "hired", "match": True},
        {"text": " in 2016. A summary.", "match": False},
    ]
    assert "snippets" not in client.get(ADDRESS).json()["meta"]


def test_a_snippet_is_a_piece_of_a_long_text(client, papers):
    text = "Before it. " * 200 + "A herring swims. " + "After it. " * 200
    factories.StandardPageFactory(
        parent=papers.root_page,
        title="Fish",
        body=[bodies.block("paragraph", f"<p>{text}</p>")],
    )

    (snippet,) = client.get(f"{ADDRESS}?search=herrings").json()["meta"]["snippets"]

    shown = "".join(run["text"] for run in snippet["runs"])
    assert len(shown) < 260
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert [run["text"] for run in snippet["runs"] if run["match"]] == ["herring"]


# Freshness ------------------------------------------------------------------------------------------


def test_what_is_changed_is_found_by_what_it_is_now(client, tree):
    people = models.Person.objects.filter(pk=tree.person.pk)
    assert titles(client, "wharfinger") == []

    people.update(name="Ada Wharfinger")

    assert "Harbour dredging begins" in titles(client, "wharfinger")
    people.update(name="Ada Lighterman")
    assert titles(client, "wharfinger") == []
    assert "Harbour dredging begins" in titles(client, "lighterman")


def test_what_is_not_public_is_not_found(client, tree):
    assert titles(client, "quotas") == ["Statement on quotas"]
    fresh(tree.statement).unpublish()
    assert titles(client, "quotas") == []
    fresh(tree.statement).save_revision().publish()
    assert titles(client, "quotas") == ["Statement on quotas"]
    fresh(tree.news).delete()
    assert titles(client, "quotas") == []
    assert not Words.objects.filter(page_id=tree.statement.pk).exists()


def test_pages_of_another_site_are_not_found(client, tree):
    assert titles(client, "elsewhere") == []
    assert titles(client, "elsewhere", "site=other.example") == ["Elsewhere"]


def test_a_reader_waits_for_some_pages_to_be_read_and_not_for_all(client, tree, monkeypatch):
    monkeypatch.setattr("api.search.catching_up.AT_ONCE", 3)
    Page.objects.update(title=Concat("title", Value(" once more")))
    titles(client, "harbour")
    pending = Unread.objects.count()
    assert pending > 6
    for _ in range(pending):
        titles(client, "harbour")
    assert not Unread.objects.exists()


def test_words_are_those_that_readers_read(client, tree):
    """Neither addresses nor names of kinds, nor what another page is called."""
    words = Words.objects.in_bulk() if titles(client, "harbour") else {}
    release = words[tree.release.pk]

    found = set(words_of(release.text))
    assert {"ada", "quay"} <= found
    assert not {"https", "paragraph", "portable", "png", "true", "none", "avif"} & found
    assert tree.about.title.lower() not in found - set(words_of(str(tree.release.body)))


def test_every_word_on_the_page_is_among_them():
    document = {
        "type": "standard",
        "title": "Title",
        "meta": {"slug": "slug"},
        "body": [
            {
                "type": "paragraph",
                "text": [
                    {
                        "_type": "block",
                        "style": "normal",
                        "children": [
                            {"_type": "footnote", "footnote": "b0"},
                            {"_type": "span", "text": "im", "marks": ["em"]},
                            {"_type": "span", "text": "print", "marks": []},
                        ],
                    }
                ],
            },
            {"type": "related", "pages": [{"type": "page", "title": "Another"}]},
        ],
    }
    assert text_of(document).split() == ["imprint"]


def test_a_search_does_not_wait_for_whoever_writes(client, tree, monkeypatch):
    def busy():
        raise Busy

    for module in ("api.search.catching_up", "api.documents.store"):
        monkeypatch.setattr(f"{module}.holding_writers", busy)
    Page.objects.filter(pk=tree.statement.pk).update(title="Quotas now")
    assert Unread.objects.exists()

    assert client.get(f"{ADDRESS}?search=harbour").status_code == 200
    assert Unread.objects.exists()


def test_what_was_taken_out_is_in_no_snippet(client, papers):
    """However long it takes until the page is read anew."""
    page = models.StandardPage.objects.get(title="A report on detainers")
    assert titles(client, "hired") == ["Hiring officers", page.title, "Old news"]
    # As long as somebody else writes, nobody reads it.
    with pytest.MonkeyPatch.context() as patched:
        for module in ("api.search.catching_up", "api.documents.store"):
            patched.setattr(f"{module}.holding_writers", _busy)
        page.body = [bodies.block("paragraph", "<p>Nothing.</p>")]
        page.save()
        answer = client.get(ADDRESS, {"search": "hired"}).json()
        assert page.title in [item["title"] for item in answer["items"]]
        assert page.pk not in [snippet["id"] for snippet in answer["meta"]["snippets"]]
        assert len(answer["meta"]["snippets"]) == 2


def _busy(*_):
    raise Busy


@pytest.mark.parametrize(
    "more",
    [
        "site=frontend.example:443",
        "order=seo_title,title",
        "order=title",
        "order=-seo_title,-title",
    ],
)
def test_however_a_search_is_asked_it_finds_the_same(client, papers, more):
    """Forms of words, too, which only the index of words knows."""
    found = titles(client, "hired", more)
    assert sorted(found) == ["A report on detainers", "Hiring officers", "Old news"]
    if "order=-" in more:
        assert found == sorted(found, reverse=True)


def test_a_page_that_cannot_be_encoded_breaks_no_search(client, papers, monkeypatch):
    from api.documents import store

    page = models.StandardPage.objects.get(title="Old news")
    made = store.documents_of

    def broken(ids, *args):
        if page.pk in ids:
            raise ValueError("its property")
        return made(ids, *args)

    monkeypatch.setattr("api.documents.store.documents_of", broken)
    Page.objects.filter(pk=page.pk).update(title="Old words")
    other = models.StandardPage.objects.get(title="New news")
    other.title = "Newest words"
    other.save()
    assert titles(client, "newest") == ["Newest words"]
