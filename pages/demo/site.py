"""The site that the demo lives on: its address, and what it says of itself on every page."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import CommandError
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from pages.demo.stock import Stock
from pages.demo.stream import stream
from pages.models import HomePage, NewsroomSettings
from pages.snippets.base import NewsroomSnippet

WELCOME = "Welcome to your new Wagtail site!"
NAME = "Law Enforcement Immigration Task Force"


class SiteInUse(CommandError):
    """The database holds content of its own, which the demo must not touch."""


def untouched_site() -> Site:
    """The site as Wagtail's migrations made it. Raises SiteInUse if anything was made since."""
    sites = list(Site.objects.all())
    if len(sites) != 1 or not is_welcome(sites[0].root_page):
        raise SiteInUse(
            "The demo content can be loaded only where Wagtail's welcome page, as Wagtail made it, "
            "is the whole site."
        )
    others = Page.objects.exclude(depth=1).exclude(pk=sites[0].root_page_id)
    if (count := others.count()) > 0:
        raise SiteInUse(f"The demo content needs a database without pages; this has {count}.")
    for snippet in NewsroomSnippet.__subclasses__():
        if snippet.objects.exists():
            names = snippet._meta.verbose_name_plural
            raise SiteInUse(
                f"The demo content needs a database without snippets; this has {names}."
            )
    return sites[0]


def is_welcome(page: Page) -> bool:
    """Whether it is the page that Wagtail's migrations made, as they made it."""
    return (
        page.specific_class is Page
        and page.title == page.draft_title == WELCOME
        and page.latest_revision_id is None
    )


def clear_of_welcome_page(site: Site) -> Page:
    """Deletes the welcome page. Returns the root of the tree, where the home page goes."""
    welcome = site.root_page
    root = welcome.get_parent()
    # Deleting a site's root page deletes the site.
    site.root_page = root
    site.save()
    welcome.delete()
    root.refresh_from_db()
    return root


def furnish(site: Site, home: HomePage, stock: Stock) -> None:
    """Lets the site show `home`, at the frontend's address, and fills in its settings."""
    site.root_page = home
    site.hostname, site.port = host_and_port(settings.FRONTEND_URL)
    site.site_name = NAME
    site.save()

    newsroom = NewsroomSettings.for_site(site)
    newsroom.name = NAME
    newsroom.description = "A demonstration site: papers, releases and profiles."
    newsroom.organisation = stock.organisations["task-force"]
    newsroom.logo = stock.pictures["task-force-logo"]
    newsroom.share_image = stock.pictures["road"]
    for name, content in streams(stock).items():
        field = newsroom._meta.get_field(name)
        assert isinstance(field, StreamField)
        setattr(newsroom, name, stream(field.stream_block, content, f"settings.{name}"))
    newsroom.full_clean()
    newsroom.save()


def host_and_port(url: str) -> tuple[str, int]:
    """Where a Wagtail site has to be for its pages' addresses to begin with `url`."""
    address = urlsplit(url)
    return address.hostname or "", address.port or {"http": 80, "https": 443}[address.scheme]


def streams(stock: Stock) -> dict[str, list]:
    """What the settings hold in lists: tagline, calls to action, accounts and menus."""

    def entry(page: str, text: str = "") -> dict:
        return {"text": text or stock.pages[page].title, "link": {"page": stock.pages[page]}}

    return {
        "tagline": [
            ("line", "Learn more. Contact Us."),
            ("line", "Share questions. Get more information. Get involved."),
        ],
        "calls_to_action": [
            (
                "call_to_action",
                {
                    "title": "Get involved",
                    "text": "Share questions. Get more information.",
                    "button": "Contact us",
                    "link": {"page": stock.pages["contact"]},
                },
            )
        ],
        "social_links": [
            ("account", {"network": network, "label": label, "url": f"https://example.org/{path}"})
            for network, label, path in [
                ("youtube", "The task force on YouTube (sample)", "youtube"),
                ("bluesky", "The task force on Bluesky (sample)", "bluesky"),
                ("linkedin", "The task force on LinkedIn (sample)", "linkedin"),
            ]
        ],
        "header_navigation": [
            ("item", entry("news")),
            (
                "item",
                entry("path")
                | {
                    "children": [
                        entry("detainers-report", "The report"),
                        entry("profiles", "Profiles"),
                    ]
                },
            ),
            ("item", entry("about")),
            ("item", entry("contact")),
        ],
        "footer_navigation": [
            (
                "column",
                {
                    "title": "Read",
                    "links": [entry("news"), entry("path"), entry("profiles", "Profiles")],
                },
            ),
            (
                "column",
                {
                    "title": "The site",
                    "links": [
                        entry("about"),
                        entry("contact"),
                        {
                            "text": "National Immigration Forum",
                            "link": {"url": "https://immigrationforum.org/"},
                        },
                        {
                            "text": "The report (PDF)",
                            "link": {"document": stock.documents["report"]},
                        },
                    ],
                },
            ),
        ],
    }
