"""Pages of every type with everything in them, and one of each thing that pages refer to."""

import uuid
from dataclasses import dataclass
from datetime import date, time

from wagtail.models import Locale, Page, Site
from wagtail_footnotes.models import Footnote

from pages import models
from tests import factories
from tests.bodies import block, every_block, items, link, section

FIRST_NOTE = uuid.UUID("11111111-1111-4111-8111-111111111111")
SECOND_NOTE = uuid.UUID("22222222-2222-4222-8222-222222222222")
UNUSED_NOTE = uuid.UUID("33333333-3333-4333-8333-333333333333")


@dataclass
class Material:
    """One of everything that pages refer to, on one site."""

    site: Site
    section: models.SectionPage
    collection: models.ProfileIndexPage
    page: models.StandardPage
    paper: models.FactSheetPage
    release: models.PressReleasePage
    image: models.NewsImage
    document: models.NewsDocument
    organisation: models.Organisation
    person: models.Person
    topic: models.Topic
    contact: models.PressContact
    boilerplate: models.Boilerplate

    @property
    def home(self) -> models.HomePage:
        return self.site.root_page.specific

    def read_again(self) -> "Material":
        """The same, as it is in the database."""
        return Material(
            **{name: type(part).objects.get(pk=part.pk) for name, part in vars(self).items()}
        )


def make_material() -> Material:
    """A site with a section, a collection of profiles and a page of each linked type."""
    site = factories.make_site()
    image = factories.ImageFactory()
    section_page = factories.SectionPageFactory(
        parent=site.root_page, slug="news", share_image=image
    )
    organisation = factories.OrganisationFactory(logo=image)
    return Material(
        site=site,
        section=section_page,
        collection=factories.ProfileIndexPageFactory(parent=site.root_page),
        page=factories.StandardPageFactory(parent=site.root_page, share_image=image),
        paper=factories.FactSheetPageFactory(parent=section_page, body=[]),
        release=factories.PressReleasePageFactory(parent=section_page, body=[]),
        image=image,
        document=factories.DocumentFactory(),
        organisation=organisation,
        person=factories.PersonFactory(organisation=organisation, portrait=image),
        topic=factories.TopicFactory(),
        contact=factories.PressContactFactory(),
        boilerplate=factories.BoilerplateFactory(),
    )


def full_body(material: Material) -> list:
    """Each block once on the page and once in a section; the second footnote is mentioned first."""
    content = {
        "page": material.page,
        "document": material.document,
        "image": material.image,
        "person": material.person,
        "contact": material.contact,
        "boilerplate": material.boilerplate,
    }
    notes = "".join(
        f'<footnote id="{note}">{str(note)[:6]}</footnote>' for note in (SECOND_NOTE, FIRST_NOTE)
    )
    return [
        block("paragraph", f"<p>Noted{notes}.</p>"),
        *every_block(**content),
        section(every_block(**content)),
    ]


def full_page(model: type[models.NewsroomPage], material: Material) -> models.NewsroomPage:
    """A page with everything a page of its type can have, not saved yet."""
    slug = uuid.uuid4().hex[:12]
    page = model(
        title=f"A full {model.__name__}",
        slug=slug,
        seo_title="For search engines",
        search_description="What it is about",
        show_in_menus=True,
        summary="In short.",
        publication_date=date(2016, 10, 17),
        date_precision="month",
        share_image=material.image,
        canonical_url="https://first.example/",
        **_FIELDS[model](material),
    )
    locale = Locale.get_default()
    page.topics = [material.topic, factories.TopicFactory()]
    page.further_sections = [material.section]
    page.bylines = [
        models.Byline(person=material.person, sort_order=0),
        models.Byline(organisation=material.organisation, sort_order=1),
    ]
    page.related_pages = [
        models.RelatedPage(related_page=Page(pk=related.pk), sort_order=order)
        for order, related in enumerate((material.release, material.page))
    ]
    page.downloads = [models.Download(document=material.document, title="The paper", sort_order=0)]
    page.footnotes = [
        Footnote(uuid=note, text=f"<p>Note {note}</p>", locale=locale, sort_order=order)
        for order, note in enumerate((FIRST_NOTE, SECOND_NOTE, UNUSED_NOTE))
    ]
    if model is models.PressReleasePage:
        page.media_contacts = [models.MediaContact(contact=material.contact, sort_order=0)]
        page.signatories = [
            models.Signatory(name=name, rank="Sheriff", agency="Office", sort_order=order)
            for order, name in enumerate(("A. Adams", "B. Brown", "C. Clark"))
        ]
    return page


def publish_below(parent: Page, page: models.NewsroomPage) -> models.NewsroomPage:
    """Saves a new page, publishes its first revision and reads it again."""
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def parent_of(model: type[models.NewsroomPage], material: Material) -> Page:
    """A page of the site below which pages of this type are made."""
    if model is models.HomePage:
        return material.home
    if model is models.ProfilePage:
        return material.collection
    return material.section


def _update(material: Material) -> list:
    return [
        block(
            "update",
            {
                "kind": "correction",
                "date": "2021-10-27",
                "text": "<p>Mended.</p>",
                "original_words": "Wrong",
                "corrected_words": "Right",
                "superseded_by": link(page=material.page.pk),
            },
        )
    ]


def _home(material: Material) -> dict:
    quote = next(b for b in full_body(material) if b["type"] == "quote")
    action = next(b for b in full_body(material) if b["type"] == "call_to_action")
    return {
        "headline": "We write",
        "introduction": "<p>Welcome, <b>all</b>.</p>",
        "quotations": [quote],
        "calls_to_action": [action],
        "body": full_body(material),
    }


def _introduced(material: Material) -> dict:
    return {
        "introduction": f'<p>See <a linktype="page" id="{material.page.pk}">this</a>.</p>',
        "body": full_body(material),
    }


def _release(material: Material) -> dict:
    return {
        "kind": "media_advisory",
        "deck": "A deck",
        "dateline_place": "SAN DIEGO",
        "issued_by": material.organisation,
        "updates": _update(material),
        "body": full_body(material),
        "boilerplate": material.boilerplate,
        "event_who": "Chiefs",
        "event_what": "A meeting",
        "event_date": date(2016, 11, 6),
        "event_starts": time(1, 30),
        "event_ends": time(9, 0),
        "event_time_zone": "America/Los_Angeles",
        "event_venue": "Hall",
        "event_address": "1 Street",
        "event_contact": material.contact,
        "supersedes": material.release,
        "letter_date": date(2016, 10, 1),
        "recipient": "The Secretary",
        "salutation": "Dear Secretary:",
    }


def _paper(material: Material) -> dict:
    source = {"title": "A report", "publisher": "An office", "url": "", "date": "2017"}
    return {
        "kind": "report",
        "kicker": "FORUM POLICY",
        "deck": "A deck",
        "key_facts": [block("fact", {"text": "A fact.", "source": source})],
        "updates": _update(material),
        "body": full_body(material),
        "sources": [block("source", source)],
        "note_numbering": "lower_roman",
        "pdf": material.document,
        "summary_of": material.paper,
        "follow_up_to": material.paper,
    }


def _profile(material: Material) -> dict:
    return {
        "person": material.person,
        "post": "Chief",
        "organisation": material.organisation,
        "place": "Lakeview",
        "country_of_origin": "Elsewhere",
        "portrait": material.image,
        "quotation": "In my words.",
        "body": full_body(material),
    }


_FIELDS = {
    models.HomePage: _home,
    models.SectionPage: _introduced,
    models.ProfileIndexPage: _introduced,
    models.StandardPage: lambda material: {"body": full_body(material)},
    models.PressReleasePage: _release,
    models.FactSheetPage: _paper,
    models.ProfilePage: _profile,
}

EVERY_TYPE = list(_FIELDS)


def full_settings(material: Material) -> models.NewsroomSettings:
    """The site's settings with everything in them, saved."""
    entry = {"text": "Read", "link": link(page=material.page.pk)}
    settings = models.NewsroomSettings.for_site(material.site)
    settings.name = "The Task Force"
    settings.tagline = [("line", "Learn more."), ("line", "Contact us.")]
    settings.description = "Who we are."
    settings.organisation = material.organisation
    settings.logo = settings.share_image = material.image
    settings.calls_to_action = [
        block(
            "call_to_action",
            {"title": "Act", "text": "", "button": "Go", "link": link(url="https://a.example/")},
        )
    ]
    settings.social_links = [
        block("account", {"network": "x", "label": "On X", "url": "https://x.example/a"})
    ]
    settings.header_navigation = [block("item", {**entry, "children": items(entry)})]
    settings.footer_navigation = [block("column", {"title": "More", "links": items(entry)})]
    settings.save()
    return settings
