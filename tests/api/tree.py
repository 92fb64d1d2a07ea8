"""A small newsroom: two sites, two languages, every type of page, and what must not be seen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    Locale,
    Page,
    PageViewRestriction,
    Site,
)

from pages import models
from tests import bodies, factories

MORNING = datetime(2018, 6, 1, 9, 30, tzinfo=UTC)


@dataclass
class Tree:
    """What `make_tree` made. `hidden` are pages that no public answer may show."""

    site: Site
    home: models.HomePage
    news: models.SectionPage
    facts: models.SectionPage
    release: models.PressReleasePage
    advisory: models.PressReleasePage
    statement: models.PressReleasePage
    sheet: models.FactSheetPage
    report: models.FactSheetPage
    people: models.ProfileIndexPage
    profile: models.ProfilePage
    about: models.StandardPage
    statute: models.StandardPage
    french_home: models.HomePage
    french_about: models.StandardPage
    alias: models.StandardPage
    other_site: Site
    other_page: models.StandardPage
    hidden: dict[str, models.NewsroomPage]
    image: models.NewsImage
    private_image: models.NewsImage
    document: models.NewsDocument
    private_document: models.NewsDocument
    person: models.Person
    ports: models.Topic
    fishing: models.Topic

    @property
    def public(self) -> list[models.NewsroomPage]:
        """The pages of the first site that anybody may read, in the order of the tree's making."""
        return [
            self.home,
            self.news,
            self.facts,
            self.release,
            self.advisory,
            self.statement,
            self.sheet,
            self.report,
            self.people,
            self.profile,
            self.about,
            self.statute,
            self.french_home,
            self.french_about,
            self.alias,
        ]


def fresh(page: models.NewsroomPage) -> Any:
    """A page as it is stored: for tests that change it, since a tree is shared by many."""
    return type(page).objects.get(pk=page.pk)


def make_tree() -> Tree:
    """Everything below, saved and indexed for search."""
    site = factories.make_site(title="Harbour Task Force")
    home = site.root_page.specific
    news = factories.SectionPageFactory(parent=home, title="News", slug="news")
    facts = factories.SectionPageFactory(parent=home, title="Facts", slug="facts")
    media = _media()
    person = factories.PersonFactory(name="Ada Quay", portrait=media["image"])
    ports, fishing = (factories.TopicFactory(name=name, slug=name) for name in ("ports", "fishing"))
    about = factories.StandardPageFactory(
        parent=home, title="About", slug="about", publication_date=date(2015, 1, 1)
    )
    kinds = models.PressReleasePage.Kind
    release = factories.PressReleasePageFactory(
        parent=news,
        title="Harbour dredging begins",
        slug="dredging",
        publication_date=date(2017, 1, 10),
        share_image=media["image"],
        body=_body(about, media, person),
    )
    release.topics.add(ports)
    release.save()
    models.Byline.objects.create(page=release, person=person, sort_order=0)
    advisory = factories.PressReleasePageFactory(
        parent=news,
        title="Advisory: harbour tour",
        slug="tour",
        kind=kinds.MEDIA_ADVISORY,
        publication_date=date(2017, 2, 1),
        supersedes=release,
    )
    advisory.topics.add(ports, fishing)
    advisory.save()
    statement = factories.PressReleasePageFactory(
        parent=news,
        title="Statement on quotas",
        slug="quotas",
        kind=kinds.STATEMENT,
        publication_date=date(2017, 2, 1),
    )
    sheet = factories.FactSheetPageFactory(
        parent=facts,
        title="Harbour facts",
        slug="harbour",
        publication_date=date(2016, 5, 1),
        body=[bodies.block("paragraph", "<p>Containers and cranes.</p>")],
    )
    sheet.further_sections.add(news)
    sheet.topics.add(ports)
    sheet.save()
    report = factories.FactSheetPageFactory(
        parent=facts,
        title="Fishing report",
        slug="fishing",
        kind=models.FactSheetPage.Kind.REPORT,
        publication_date=date(2018, 3, 4),
        summary_of=sheet,
    )
    people = factories.ProfileIndexPageFactory(parent=home, title="People", slug="people")
    profile = factories.ProfilePageFactory(
        parent=people, title="Ada Quay’s story", slug="ada", person=person, post="Pilot"
    )
    statute = factories.StandardPageFactory(
        parent=about, title="8 U.S.C. § 1373", slug="gesetz-über-häfen"
    )
    french = Locale.objects.create(language_code="fr")
    french_home = home.copy_for_translation(french)
    french_home.title, french_home.slug = "Groupe du port", "accueil"
    french_home.save_revision().publish()
    french_about = about.copy_for_translation(french)
    french_about.title, french_about.slug = "À propos", "à-propos"
    french_about.save_revision().publish()
    other_site = factories.make_site("other.example", default=False, title="Other", slug="other")
    other_page = factories.StandardPageFactory(
        parent=other_site.root_page, title="Elsewhere", slug="elsewhere"
    )
    alias = factories.StandardPageFactory(
        parent=home, title="About", slug="about-us", alias_of=about
    )
    tree = Tree(
        site=site,
        home=home,
        news=news,
        facts=facts,
        release=release,
        advisory=advisory,
        statement=statement,
        sheet=sheet,
        report=report,
        people=people,
        profile=profile,
        about=about,
        statute=statute,
        french_home=french_home.specific,
        french_about=french_about.specific,
        alias=alias,
        other_site=other_site,
        other_page=other_page,
        hidden=_hidden_pages(home, news),
        person=person,
        ports=ports,
        fishing=fishing,
        **media,
    )
    # What factories make was never published, whatever it says of itself.
    Page.objects.filter(live=True).update(first_published_at=MORNING, last_published_at=MORNING)
    call_command("update_index", verbosity=0)
    for name, value in vars(tree).items():
        if isinstance(value, models.NewsroomPage):
            setattr(tree, name, fresh(value))
    return tree


def _media() -> dict[str, Any]:
    private = Collection.get_first_root_node().add_child(name="Private")
    CollectionViewRestriction.objects.create(
        collection=private, restriction_type=CollectionViewRestriction.LOGIN
    )
    image = factories.ImageFactory(title="Cranes at dusk")
    image.tags.add("cranes", "dusk")
    document = factories.DocumentFactory(title="Dredging plan")
    document.tags.add("plans")
    return {
        "image": image,
        "private_image": factories.ImageFactory(title="Secret picture", collection=private),
        "document": document,
        "private_document": factories.DocumentFactory(title="Secret paper", collection=private),
    }


def _body(page, media, person) -> list[dict[str, Any]]:
    blocks = bodies.every_block(
        page=page,
        document=media["document"],
        image=media["image"],
        person=person,
        contact=factories.PressContactFactory(),
        boilerplate=factories.BoilerplateFactory(),
    )
    return [bodies.section(blocks)]


def _hidden_pages(home, news) -> dict[str, models.NewsroomPage]:
    """Pages that are not public, each for a reason of its own; their titles begin with “Hidden”."""
    page, now = factories.StandardPageFactory, timezone.now()
    draft = factories.PressReleasePageFactory(
        parent=news, title="Hidden draft", slug="draft", live=False
    )
    unpublished = page(parent=home, title="Hidden unpublished", slug="unpublished")
    fresh(unpublished).save_revision().publish()
    fresh(unpublished).unpublish()
    expired = page(
        parent=home,
        title="Hidden expired",
        slug="expired",
        expire_at=now - timedelta(minutes=1),
    )
    private = page(parent=home, title="Hidden private", slug="private")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.PASSWORD, password="tide"
    )
    below = page(parent=private, title="Hidden below", slug="below")
    return {
        "draft": draft,
        "unpublished": unpublished,
        "expired": expired,
        "private": private,
        "below": below,
    }
