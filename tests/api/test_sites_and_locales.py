"""Two sites in two languages in one installation: who has which pages, and where links lead."""

from copy import copy

import pytest
from django.test import Client, override_settings
from wagtail.models import Locale, Site

from tests import factories
from tests.api.answers import live, preview, without_envelope
from tests.bodies import block, items, link
from tests.kept import keep

pytestmark = pytest.mark.django_db

API = "/api/v2"
LANGUAGES = [("en", "English"), ("fr", "French")]


class Sites:
    """`news` is at https://news.example, `data` at http://data.example:8080; each in en and fr."""

    def __init__(self):
        self.french = Locale.objects.create(language_code="fr")
        self.news = factories.make_site("news.example")
        self.data = factories.make_site("data.example", 8080, default=False)
        self.pages = {}
        for name, site in (("news", self.news), ("data", self.data)):
            home = site.root_page.specific
            french_home = self.translate(home, f"{name}-accueil")
            about = factories.StandardPageFactory(
                parent=home, title=f"About {name}", slug="about", share_image=None
            )
            self.pages |= {
                f"{name} home": home,
                f"{name} accueil": french_home,
                f"{name} about": about,
                f"{name} à propos": self.translate(about, "a-propos"),
            }

    def translate(self, page, slug):
        translation = page.copy_for_translation(self.french)
        translation.title, translation.slug = f"{page.title} en français", slug
        translation.save_revision().publish()
        return type(page).objects.get(pk=translation.pk)

    def read_again(self):
        """The same, with pages as they are in the database."""
        again = copy(self)
        again.pages = {
            name: type(page).objects.get(pk=page.pk) for name, page in self.pages.items()
        }
        return again

    def ids(self, *names):
        return {self.pages[name].pk for name in names}


# Where each page is, as frontends link to it.
ADDRESSES = {
    "news home": "https://news.example/",
    "news accueil": "https://news.example/fr/",
    "news about": "https://news.example/about/",
    "news à propos": "https://news.example/fr/a-propos/",
    "data home": "http://data.example:8080/",
    "data accueil": "http://data.example:8080/fr/",
    "data about": "http://data.example:8080/about/",
    "data à propos": "http://data.example:8080/fr/a-propos/",
}


@pytest.fixture(autouse=True)
def languages(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
    settings.ALLOWED_HOSTS = ["*"]


@pytest.fixture(scope="module")
def _sites(django_db_setup, django_db_blocker):
    with override_settings(LANGUAGES=LANGUAGES, WAGTAIL_CONTENT_LANGUAGES=LANGUAGES):
        yield from keep(Sites, django_db_blocker)


@pytest.fixture
def sites(_sites, languages, db):
    Site.clear_site_root_paths_cache()
    return _sites.read_again()


def listed(query, **headers):
    response = Client(headers=headers).get(f"{API}/pages/?limit=20&{query}")
    assert response.status_code == 200, response.content
    answer = response.json()
    assert answer["meta"]["total_count"] == len(answer["items"])
    return {item["id"] for item in answer["items"]}


@pytest.mark.parametrize("source", ["news about", "data à propos"])
def test_links_lead_to_the_right_host_and_language(client, sites, source):
    targets = [sites.pages[name] for name in ADDRESSES]
    rich = "".join(f'<p><a linktype="page" id="{page.pk}">Words</a></p>' for page in targets)
    page = sites.pages[source]
    page.body = [
        block("paragraph", rich),
        block("related_pages", {"title": "", "pages": items(*(page.pk for page in targets))}),
        *(
            block("call_to_action", {"title": "Act", "button": "Go", "link": link(page=target.pk)})
            for target in targets
        ),
    ]
    page.save_revision().publish()
    query = {"site": "data.example"} if source.startswith("data") else {}

    paragraph, related, *actions = live(client, page, **query)["body"]

    marks = [node["markDefs"][0] for node in paragraph["value"]]
    assert [mark["href"] for mark in marks] == list(ADDRESSES.values())
    for found in (
        [mark["page"] for mark in marks],
        related["value"]["pages"],
        [action["value"]["link"] for action in actions],
    ):
        assert [card["url"] for card in found] == list(ADDRESSES.values())
        assert [card["path"] for card in found] == ["/", "/fr/", "/about/", "/fr/a-propos/"] * 2
        assert [card["locale"] for card in found] == ["en", "fr", "en", "fr"] * 2


def test_pages_say_where_they_are(client, sites):
    for name, address in ADDRESSES.items():
        query = {"site": "data.example"} if name.startswith("data") else {}
        meta = live(client, sites.pages[name], **query)["meta"]
        assert meta["html_url"] == address
        assert meta["locale"] == ("fr" if "/fr/" in address else "en")


def test_breadcrumbs_stay_within_the_language(client, sites):
    answer = live(client, sites.pages["data à propos"], site="data.example")

    assert [crumb["url"] for crumb in answer["breadcrumbs"]] == [ADDRESSES["data accueil"]]
    assert answer["meta"]["parent"]["id"] == sites.pages["data accueil"].pk


def test_drafts_are_previewed_where_their_page_is(client, sites):
    page = sites.pages["data à propos"]
    page.title = "Revu"
    revision = page.save_revision()

    draft = preview(client, revision.as_object())
    revision.publish()

    assert draft["meta"]["html_url"] == ADDRESSES["data à propos"]
    assert without_envelope(draft) == without_envelope(live(client, page, site="data.example"))


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["news home", "news accueil", "news about", "news à propos"]),
        ("site=data.example", ["data home", "data accueil", "data about", "data à propos"]),
        ("site=data.example:8080&locale=fr", ["data accueil", "data à propos"]),
        ("locale=fr", ["news accueil", "news à propos"]),
        ("locale=fr&type=standard", ["news à propos"]),
        ("locale=en&slug=about", ["news about"]),
        ("child_of=root", ["news about"]),
        ("child_of=root&site=data.example", ["data about"]),
        ("translation_of=root", ["news accueil"]),
        ("translation_of=root&site=data.example", ["data accueil"]),
    ],
)
def test_listings_are_those_of_a_site_and_a_language(sites, query, names):
    assert listed(query) == sites.ids(*names)


def test_the_host_of_a_request_is_its_site(sites):
    assert listed("", host="data.example:8080") == listed("site=data.example")
    assert listed("", host="news.example") == listed("")
    assert listed("", host="cms.example") == listed("")


def test_translations_of_a_page_are_listed_from_either_side(sites):
    english, french = sites.pages["news about"], sites.pages["news à propos"]

    assert listed(f"translation_of={english.pk}") == {french.pk}
    assert listed(f"translation_of={french.pk}") == {english.pk}
    assert listed(f"translation_of={french.pk}&locale=fr") == set()


@pytest.mark.parametrize("query", ["locale=de", "site=nowhere.example"])
def test_unknown_languages_and_sites_are_not_found(client, sites, query):
    assert client.get(f"{API}/pages/?{query}").status_code == 404


def test_a_page_of_one_site_is_no_parent_on_the_other(client, sites):
    home = sites.pages["data home"]

    assert client.get(f"{API}/pages/?child_of={home.pk}").status_code == 400
    assert listed(f"child_of={home.pk}&site=data.example") == sites.ids("data about")


def test_pages_link_to_their_translations(client, sites):
    (french,) = live(client, sites.pages["news about"])["translations"]
    (english,) = live(client, sites.pages["news à propos"])["translations"]

    assert (french["url"], french["locale"]) == (ADDRESSES["news à propos"], "fr")
    assert (english["url"], english["locale"]) == (ADDRESSES["news about"], "en")
    sites.pages["news à propos"].unpublish()
    assert live(client, sites.pages["news about"])["translations"] == []


@pytest.mark.parametrize("name", ADDRESSES)
def test_every_address_finds_its_page(client, sites, name):
    host, _, path = ADDRESSES[name].partition("//")[2].partition("/")
    query = {"site": host}

    routed = client.get(f"{API}/route/", {**query, "path": f"/{path}"}).json()
    found = client.get(f"{API}/pages/find/", {**query, "html_path": f"/{path}"}, follow=True)

    assert routed["page"]["id"] == sites.pages[name].pk
    assert found.json()["id"] == sites.pages[name].pk
    assert f"site={host.partition(':')[0]}" in found.redirect_chain[0][0]


@pytest.mark.parametrize("path", ["/a-propos/", "/fr/about/", "/en/about/", "/de/", "/accueil/"])
def test_a_path_in_the_wrong_language_is_nothing(client, sites, path):
    assert client.get(f"{API}/route/", {"path": path}).status_code == 404
    assert client.get(f"{API}/pages/find/", {"html_path": path}).status_code == 404


def test_a_translation_shows_the_snippets_that_it_names(client, sites):
    """One row for all languages, unless an editor chooses another for a language."""
    topic, english, french = (
        factories.TopicFactory(slug="ports"),
        factories.BoilerplateFactory(title="About us"),
        factories.BoilerplateFactory(title="À propos"),
    )
    section = factories.SectionPageFactory(parent=sites.pages["news home"], slug="news")
    sites.translate(section, "actualites")
    release = factories.PressReleasePageFactory(parent=section, boilerplate=english)
    release.topics.set([topic])
    release.save()
    translated = sites.translate(release, "dragage")

    assert live(client, translated)["topics"] == live(client, release)["topics"]
    assert live(client, translated)["boilerplate"]["id"] == english.pk
    assert listed("topic=ports&site=news.example") == {release.pk, translated.pk}

    translated.boilerplate = french
    translated.save_revision().publish()

    assert live(client, translated)["boilerplate"]["title"] == "À propos"
    assert live(client, release)["boilerplate"]["title"] == "About us"


def test_a_site_tells_of_its_languages(client, sites):
    answer = client.get(f"{API}/site/", {"site": "data.example"}).json()

    assert (answer["hostname"], answer["url"]) == ("data.example", "http://data.example:8080")
    assert [
        (locale["code"], locale["name"], locale["is_default"], locale["home"]["url"])
        for locale in answer["locales"]
    ] == [
        ("en", "English", True, ADDRESSES["data home"]),
        ("fr", "French", False, ADDRESSES["data accueil"]),
    ]


def test_a_site_may_be_a_part_of_another(client, sites):
    section = factories.SectionPageFactory(parent=sites.pages["news home"], slug="press")
    page = factories.StandardPageFactory(parent=section, slug="kit")
    Site.objects.create(hostname="press.example", port=443, root_page=section)

    answer = live(client, page, site="press.example")

    assert answer["meta"]["html_url"] == "https://press.example/kit/"


# Aliases ------------------------------------------------------------------------------------


def test_an_alias_is_a_page_of_its_own_that_names_its_original(client, sites):
    original, section = sites.pages["news about"], sites.pages["news home"]
    alias = original.create_alias(parent=section, update_slug="about-us")

    answer = live(client, alias)

    assert answer["meta"]["html_url"] == "https://news.example/about-us/"
    assert answer["meta"]["alias_of"]["id"] == original.pk
    assert answer["meta"]["alias_of"]["meta"]["html_url"] == ADDRESSES["news about"]
    assert answer["uuid"] not in {str(original.uuid), live(client, original)["uuid"]}
    assert answer["translations"] == []


def test_an_alias_follows_what_is_published_and_stays_the_same_page(client, sites):
    original = sites.pages["news about"]
    alias = original.create_alias(parent=sites.pages["data home"], update_slug="about-news")
    before = live(client, alias, site="data.example")

    original.title = "About us, again"
    original.body = [block("paragraph", "<p>Anew</p>")]
    original.save_revision().publish()

    answer = live(client, alias, site="data.example")
    assert answer["title"] == "About us, again"
    assert answer["body"] == live(client, original)["body"] != before["body"]
    for name in ("id", "uuid"):
        assert answer[name] == before[name]
    assert answer["meta"]["html_url"] == "http://data.example:8080/about-news/"


def test_a_translation_may_be_an_alias_until_it_is_translated(client, sites):
    page = factories.StandardPageFactory(parent=sites.pages["news home"], title="New", slug="new")
    alias = page.copy_for_translation(sites.french, alias=True)

    answer = live(client, alias)

    assert answer["meta"]["html_url"] == "https://news.example/fr/new/"
    assert answer["meta"]["alias_of"]["id"] == page.pk
    assert [other["id"] for other in answer["translations"]] == [page.pk]


def test_a_copy_is_a_page_of_its_own(client, sites):
    original = sites.pages["news about"]
    original.save_revision().publish()
    copy = original.copy(update_attrs={"slug": "copy", "title": "A copy"})

    copy.get_latest_revision().publish()

    assert live(client, copy)["title"] == "A copy"
    assert live(client, copy)["uuid"] != live(client, original)["uuid"] == str(original.uuid)
