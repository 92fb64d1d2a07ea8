"""The newsroom of the examples: an alliance of towns along a river that does not exist."""

from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.fields import StreamField
from wagtail.models import Collection, Locale, Page, Site
from wagtail.signal_handlers import disable_reference_index_auto_update

from frontend_contract.situations import hidden
from frontend_contract.situations.example import Example
from frontend_contract.situations.material import make_material
from frontend_contract.situations.other_pages import HOME, PAGES
from frontend_contract.situations.papers import PAPERS
from frontend_contract.situations.releases import RELEASES
from frontend_contract.situations.scratch import LANGUAGES, SITE_HOST
from pages.demo.stock import Stock
from pages.demo.stream import stream
from pages.models import NewsroomPage, NewsroomSettings

SCHOOL_HOST = "school.example.org"

# Parents before children.
EXAMPLES: list[Example] = [HOME, *PAGES, *hidden.HIDDEN, *RELEASES, *PAPERS]


def make_newsroom() -> Stock:
    """Fills an empty newsroom, migrated or not, and returns what is in it by name.

    All that shows in an answer has an id, a UUID and moments of its own, whatever the database
    held before. Raises ValueError where there are pages or sites already.
    """
    if Page.objects.filter(depth__gt=1).exists() or Site.objects.exists():
        raise ValueError("Examples are made in an empty newsroom; this one has pages or sites.")
    stock = Stock()
    # What pages use is counted at the end, for a task may run only once this has been committed.
    with disable_reference_index_auto_update():
        root = _make_roots()
        make_material(stock)
        for example in EXAMPLES:
            parent = stock.pages[example.parent] if example.parent else root
            stock.pages[example.name] = example.draft(parent)
        _make_sites(stock)
        for example in EXAMPLES:
            example.publish(stock)
        hidden.close(stock)
        hidden.delete(stock)
        alias, original = stock.pages["standard/alias"], stock.pages["standard/minimal"]
        Page.objects.filter(pk=alias.pk).update(alias_of=original.pk)
        _make_redirects(stock)
    call_command("rebuild_references_index", verbosity=0)
    return stock


def _make_roots() -> Page:
    """The languages and the roots of pages and collections, where there are none."""
    for code, _ in LANGUAGES:
        Locale.objects.get_or_create(language_code=code)
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    root = Page.get_first_root_node()
    return root or Page.add_root(
        instance=Page(title="Root", slug="root", locale=Locale.objects.get(language_code="en"))
    )


def _make_sites(stock: Stock) -> None:
    """The newsroom's own site with everything that a site can say, and one that says nothing."""
    site = Site.objects.create(
        pk=1, hostname=SITE_HOST, port=443, root_page=stock.pages[HOME.name], is_default_site=True
    )
    Site.objects.create(pk=2, hostname=SCHOOL_HOST, port=443, root_page=stock.pages["home/minimal"])
    settings = NewsroomSettings(
        site=site,
        name="River Towns Alliance",
        description="84 towns along one river warn each other of high water.",
        organisation=stock.organisations["alliance"],
        logo=stock.pictures["emblem"],
        share_image=stock.pictures["gauge"],
    )
    for name, content in _streams(stock.pages, stock).items():
        field = NewsroomSettings._meta.get_field(name)
        assert isinstance(field, StreamField)
        setattr(settings, name, stream(field.stream_block, content, f"settings.{name}"))
    settings.save()


def _streams(pages: dict[str, NewsroomPage], stock: Stock) -> dict[str, list]:
    """What the settings hold in lists; a link of each kind is among them."""
    about = {"text": "Who we are", "link": {"page": pages["standard/full"]}}
    return {
        "tagline": [("line", "One river."), ("line", "One warning.")],
        "calls_to_action": [
            (
                "call_to_action",
                {
                    "title": "Report high water",
                    "text": "Day and night.",
                    "button": "Call",
                    "link": {"phone": "+1 202 555 0142"},
                },
            )
        ],
        "social_links": [
            (
                "account",
                {
                    "network": "mastodon",
                    "label": "The alliance on Mastodon",
                    "url": "https://social.example.org/@rivertowns",
                },
            )
        ],
        "header_navigation": [
            (
                "item",
                {
                    "text": "News",
                    "link": {"page": pages["section/full"]},
                    "children": [
                        about,
                        # Every menu has an entry that nobody looked after.
                        {"text": "Retired", "link": {"page": pages["hidden/unpublished"]}},
                    ],
                },
            ),
            ("item", about),
        ],
        "footer_navigation": [
            (
                "column",
                {
                    "title": "More",
                    "links": [
                        {"text": "Handbook", "link": {"document": stock.documents["handbook"]}},
                        {"text": "Records", "link": {"url": "https://records.example.org/"}},
                        {"text": "Write", "link": {"email": "press@alliance.example.org"}},
                    ],
                },
            )
        ],
    }


def _make_redirects(stock: Stock) -> None:
    Redirect.objects.create(
        pk=1,
        old_path="/old-news",
        redirect_page=Page.objects.get(pk=stock.pages["section/full"].pk),
        is_permanent=True,
    )
    Redirect.objects.create(
        pk=2,
        old_path="/gauges",
        redirect_link="https://records.example.org/gauges/",
        is_permanent=False,
    )
