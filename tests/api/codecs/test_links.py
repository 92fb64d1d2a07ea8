import pytest

from pages.blocks.links import LinkBlock
from tests import factories
from tests.api.codecs.encode import encode
from tests.bodies import link

pytestmark = pytest.mark.django_db

DEAD = {"type": "dead"}


@pytest.fixture
def page():
    site = factories.make_site()
    return factories.StandardPageFactory(parent=site.root_page, title="About", slug="about")


def test_a_link_to_a_page(page):
    assert encode(LinkBlock(), link(page=page.pk)) == {
        "type": "page",
        "id": page.pk,
        "uuid": str(page.uuid),
        "page_type": "standard",
        "title": "About",
        "url": "https://frontend.example/about/",
        "path": "/about/",
        "locale": "en",
    }


def test_a_link_to_a_file(settings):
    document = factories.DocumentFactory(title="The paper")
    answer = encode(LinkBlock(), link(document=document.pk))

    assert answer == {
        "type": "document",
        "id": document.pk,
        "title": "The paper",
        "url": settings.CMS_URL + document.url,
        "filename": document.filename,
        "file_size": 15,
        "mime_type": "application/pdf",
    }


@pytest.mark.parametrize(
    ("destination", "url"),
    [
        ({"url": "https://example.org/a?b=c#d"}, "https://example.org/a?b=c#d"),
        ({"url": "HTTP://example.org/"}, "HTTP://example.org/"),
        ({"email": "press@example.org"}, "mailto:press@example.org"),
        ({"phone": "+1 (202) 555-0100"}, "tel:+12025550100"),
        ({"phone": "030 / 123.45"}, "tel:03012345"),
        ({"phone": "+44 (0)20 7946 0000"}, "tel:+442079460000"),
    ],
)
def test_a_link_elsewhere(destination, url):
    assert encode(LinkBlock(), link(**destination)) == {"type": "external", "url": url}


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "java\nscript:alert(1)", "ftp://example.org/", "data:,x", "/a/"]
)
def test_an_address_that_no_reader_should_be_sent_to_is_dead(url):
    assert encode(LinkBlock(), link(url=url)) == DEAD


def test_a_link_to_what_was_deleted_is_dead(page):
    document = factories.DocumentFactory()
    targets = {"page": page.pk, "document": document.pk}
    page.delete()
    document.delete()

    for kind, pk in targets.items():
        assert encode(LinkBlock(), link(**{kind: pk})) == DEAD


def test_a_link_to_a_page_outside_every_site_is_dead(page):
    page.get_site().delete()

    assert encode(LinkBlock(), link(page=page.pk)) == DEAD


@pytest.mark.parametrize("value", [None, {}, link()])
def test_an_optional_link_left_empty_is_null(value):
    assert encode(LinkBlock(required=False), value) is None
