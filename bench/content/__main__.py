"""`python -m bench.content SIZE FILE`: brings the database to SIZE pages, and says in FILE what is there.

The demo comes first: the site, its settings, people, pictures and files are its own. It runs in the
settings of the contestant that it is started with, and grows what an earlier call made.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import django

from cms.garbage import collected_rarely


@collected_rarely()
def main(size: int, file: Path) -> None:
    django.setup()
    from django.core.management import call_command

    from pages import demo
    from pages.models import HomePage

    call_command("migrate", interactive=False, verbosity=0)
    if not HomePage.objects.exists():
        demo.load()
    file.write_text(json.dumps(grow(size)))


def grow(size: int) -> dict[str, Any]:
    """Makes the pages that are missing. Returns what is there, by name.

    `pages` are `[id, frontend path, short type]` in the order they were made, `hub` is the id of
    the page that the first ones, `dependents`, link to; `session` is an editor's cookie.
    """
    from django.contrib.auth import get_user_model
    from wagtail.models import Page, Site

    from bench.content.bodies import Material
    from bench.content.rows import DEPENDENTS, Newsroom, add_pages
    from pages import models

    def ids(model: Any) -> list[int]:
        return list(model.objects.order_by("pk").values_list("pk", flat=True))

    home = Site.objects.get().root_page
    hub = _child(home, models.StandardPage, "Hub", "hub")
    newsroom = Newsroom(
        releases=_child(home, models.SectionPage, "Releases", "bench-releases"),
        papers=_child(home, models.SectionPage, "Papers", "bench-papers"),
        hub=hub.pk,
        topics=ids(models.Topic),
        organisations=ids(models.Organisation),
        material=Material(
            # As many as stock Wagtail can make renditions of while somebody waits.
            images=ids(models.NewsImage)[:8],
            people=ids(models.Person),
            documents=ids(models.NewsDocument),
            boilerplates=ids(models.Boilerplate),
            contacts=ids(models.PressContact),
        ),
    )
    parents = (newsroom.releases, newsroom.papers)
    there = sum(parent.get_children().count() for parent in parents)
    add_pages(newsroom, there, size)
    editor, _ = get_user_model().objects.get_or_create(
        username="bench", defaults={"is_superuser": True}
    )
    made = Page.objects.filter(path__startswith=newsroom.releases.path, depth=parents[0].depth + 1)
    made |= Page.objects.filter(path__startswith=newsroom.papers.path, depth=parents[1].depth + 1)
    short = {model: model.short_type() for model in (models.PressReleasePage, models.FactSheetPage)}
    rows = sorted(made, key=lambda page: int(page.slug.rpartition("-")[2]))
    return {
        "hub": hub.pk,
        "session": _signed_in(editor),
        "dependents": [page.pk for page in rows[:DEPENDENTS]],
        "topics": list(models.Topic.objects.order_by("pk").values_list("slug", flat=True)),
        "pages": [
            [
                page.pk,
                page.url_path.removeprefix(home.url_path.rstrip("/")),
                short[page.specific_class],
            ]
            for page in rows
        ],
    }


def _signed_in(editor: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(editor)
    return client.cookies["sessionid"].value


def _child(home: Any, model: Any, title: str, slug: str) -> Any:
    """The child of the front page with this slug, published the first time it is asked for."""
    page = model.objects.child_of(home).filter(slug=slug).first()
    if page is None:
        page = home.add_child(instance=model(title=title, slug=slug, live=False))
        page.save_revision().publish()
    return page


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
