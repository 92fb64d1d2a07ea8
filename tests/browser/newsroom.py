"""A newsroom in a process of its own, as editors meet it: `python -m tests.browser.newsroom`.

A browser asks for many things at the same time, and they all read and write one database. So it is
a file, of which the tests have made the tables where others among them need a database as well, and
the servers are those of `manage.py run`.
"""

import os
from typing import Any

import django

NAME, PASSWORD = "ada", "quay-side-7-cranes"
# Of links to a draft, without and with a passcode.
TOKEN, LOCKED, PASSCODE = "dlr_for-jo", "dlr_for-kim", "nine-cranes"


def fill() -> None:
    """A site at the reader's address, with a page of every type and somebody to edit them."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.contrib.auth.models import Group
    from wagtail.embeds.embeds import get_embed_hash
    from wagtail.embeds.models import Embed

    from tests import bodies, factories

    editor = get_user_model().objects.create_user(NAME, "ada@example.org", PASSWORD)
    editor.groups.add(Group.objects.get(name="Moderators"))

    home = factories.make_site("localhost", settings.ENVIRONMENT.SITE_PORT).root_page
    news = factories.SectionPageFactory(parent=home, title="News", slug="news")
    people = factories.ProfileIndexPageFactory(parent=home, title="People", slug="people")
    person = factories.PersonFactory(name="Jordan Reyes")
    page = factories.StandardPageFactory(parent=home, title="About", slug="about")
    body = bodies.every_block(
        page=page,
        document=factories.DocumentFactory(),
        image=factories.ImageFactory(),
        person=person,
        contact=factories.PressContactFactory(),
        boilerplate=factories.BoilerplateFactory(),
    )
    # What the provider would say if it were asked.
    for video in (block["value"]["media"] for block in body if block["type"] == "embed"):
        Embed.objects.create(url=video, hash=get_embed_hash(video), type="video", html="<p></p>")
    factories.PressReleasePageFactory(parent=news, title="Release", slug="release", body=body)
    factories.FactSheetPageFactory(parent=news, title="Facts", slug="facts", body=body)
    factories.ProfilePageFactory(parent=people, title="Jordan", slug="jordan", person=person)
    prose = [
        bodies.block("paragraph", '<p data-block-key="quay1">Twelve cranes stand at the quay.</p>')
    ]
    for title in ("For review", "For Friday"):
        draft = factories.PressReleasePageFactory(parent=news, title=title, live=False, body=prose)
        draft.save_revision(user=editor)
    factories.EmbargoFactory(page=draft, time_zone="America/New_York", set_by=editor)
    share(
        factories.PressReleasePageFactory(parent=news, title="Draft", live=False, body=body), editor
    )


def share(draft: Any, maker: Any) -> None:
    """Links whose tokens the tests know."""
    from datetime import timedelta

    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from cms.review import links
    from cms.review.models import ReviewLink
    from cms.review.tokens import hash_of

    draft.save_revision()
    for token, passcode in ((TOKEN, ""), (LOCKED, PASSCODE)):
        link = ReviewLink(recipient="Jo", expires_at=timezone.now() + timedelta(days=1))
        link.passcode = make_password(passcode) if passcode else ""
        links.make(link, [draft], maker=maker)
        ReviewLink.objects.filter(pk=link.pk).update(token_hash=hash_of(token))


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    fill()
    call_command("run")


if __name__ == "__main__":
    main()
