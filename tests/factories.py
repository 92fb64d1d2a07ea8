"""Real models for tests: pages, snippets, pictures and files with sensible defaults."""

import io
import uuid
from datetime import date, timedelta

import factory.django
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.declarations import LazyFunction, Sequence, SubFactory
from PIL import Image as PillowImage
from wagtail.models import Collection, Locale, Page, Site

from pages import models


def picture_file(name="picture.jpg", size=(640, 480), colour=(60, 90, 160)):
    """A small picture."""
    buffer = io.BytesIO()
    PillowImage.new("RGB", size, colour).save(buffer, "PNG" if name.endswith("png") else "JPEG")
    return ContentFile(buffer.getvalue(), name=name)


class ImageFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.NewsImage

    title = Sequence("Picture {}".format)
    description = "A blue rectangle"
    credit = "Staff"
    file = LazyFunction(picture_file)


class DocumentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.NewsDocument

    title = Sequence("File {}".format)
    file = LazyFunction(lambda: ContentFile(b"%PDF-1.4 sample", name="paper.pdf"))
    file_size = 15


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Organisation

    name = Sequence("Organisation {}".format)


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Person

    name = Sequence("Person {}".format)
    post = "Chief of Police"
    organisation = SubFactory(OrganisationFactory)
    portrait = SubFactory(ImageFactory)


class TopicFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Topic

    name = Sequence("Topic {}".format)
    slug = Sequence("topic-{}".format)


class PressContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PressContact

    name = Sequence("Contact {}".format)
    email = "press@example.org"


class BoilerplateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Boilerplate

    name = Sequence("Boilerplate {}".format)
    title = "About us"
    text = "<p>We are an organisation.</p>"


class PageFactory(factory.django.DjangoModelFactory):
    """A live page below `parent`."""

    class Meta:
        abstract = True

    title = Sequence("Page {}".format)
    slug = LazyFunction(lambda: uuid.uuid4().hex[:12])
    publication_date = date(2016, 10, 17)
    summary = "A summary."

    @classmethod
    def _create(cls, model_class, *args, parent, **kwargs):
        return parent.add_child(instance=model_class(**kwargs))


class HomePageFactory(PageFactory):
    class Meta:
        model = models.HomePage


class SectionPageFactory(PageFactory):
    class Meta:
        model = models.SectionPage


class StandardPageFactory(PageFactory):
    class Meta:
        model = models.StandardPage


class PressReleasePageFactory(PageFactory):
    class Meta:
        model = models.PressReleasePage


class FactSheetPageFactory(PageFactory):
    class Meta:
        model = models.FactSheetPage


class ProfileIndexPageFactory(PageFactory):
    class Meta:
        model = models.ProfileIndexPage


class ProfilePageFactory(PageFactory):
    class Meta:
        model = models.ProfilePage


class EmbargoFactory(factory.django.DjangoModelFactory):
    """An embargo of a page for another hour."""

    class Meta:
        model = models.Embargo

    until = LazyFunction(lambda: timezone.now() + timedelta(hours=1))
    time_zone = "UTC"
    terms = "Until then, publish none of it."
    set_at = LazyFunction(timezone.now)


def make_roots() -> None:
    """What Wagtail's migrations leave, where a test before has emptied the database."""
    Locale.objects.get_or_create(language_code="en")
    if Page.get_first_root_node() is None:
        Page.add_root(title="Root", slug="root")
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")


def make_site(hostname="frontend.example", port=443, *, default=True, **home):
    """A site with a front page of its own; `https://frontend.example` unless told otherwise."""
    root = HomePageFactory(parent=Page.get_first_root_node(), **{"title": "Home", **home})
    if default:
        Site.objects.all().delete()
    return Site.objects.create(
        hostname=hostname, port=port, root_page=root, is_default_site=default, site_name=hostname
    )
