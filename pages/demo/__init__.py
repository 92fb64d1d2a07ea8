"""Demo content: a site with every kind of page and block, made through the models.

A page is an `Item`; the papers, releases and profiles stand in files of their own. To add one,
copy the most similar and name it in `PAPERS`, `RELEASES` or `PROFILES`. A text can refer to any
other page, person, picture or file by its name in the stock.

The content is loaded once. The home page's UUID is the mark that it was: whatever editors change
or delete afterwards stays as they left it.
"""

from io import TextIOBase

from django.core.management.base import OutputWrapper
from django.db import transaction
from wagtail.models import Site

from pages.demo import files, front, pictures, profiles, site, snippets, video
from pages.demo.identity import stable_uuid
from pages.demo.papers import PAPERS
from pages.demo.releases import RELEASES
from pages.demo.site import SiteInUse
from pages.demo.stock import Stock
from pages.models import HomePage

__all__ = ["ITEMS", "SiteInUse", "load"]

# Parents before children. They are published in this order too.
ITEMS = [
    front.HOME,
    front.NEWS,
    front.PATH,
    front.ABOUT,
    front.CONTACT,
    profiles.INDEX,
    *profiles.PROFILES,
    *PAPERS,
    *RELEASES,
]


@transaction.atomic
def load(stdout: OutputWrapper | TextIOBase | None = None) -> None:
    """Fills a database that has just been migrated; does nothing where that was done before.

    Says on `stdout` what was made. Raises SiteInUse, having changed nothing, where there is
    other content.
    """
    # Whoever loads at the same time waits here, and then finds the home page.
    list(Site.objects.select_for_update())
    if HomePage.objects.filter(uuid=stable_uuid("page home")).exists():
        return
    place = site.untouched_site()

    stock = Stock(pictures=pictures.draw_all(), documents=files.write_all())
    snippets.make_all(stock)
    video.remember()
    root = site.clear_of_welcome_page(place)
    for item in ITEMS:
        parent = stock.pages[item.parent] if item.parent else root
        stock.pages[item.name] = item.draft(parent)
    site.furnish(place, stock.pages["home"], stock)
    for item in ITEMS:
        item.publish(stock)
    if stdout is not None:
        stdout.write(f"Loaded the demo content: {len(ITEMS)} pages.\n")
