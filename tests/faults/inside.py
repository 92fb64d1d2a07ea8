"""What is asked of the newsroom's own code, in a process of its own; the answer is JSON."""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from tests.browser.newsroom import NAME, PASSWORD


def fill(hook: str, pages: int) -> dict[str, Any]:
    """A site with so many pages, somebody who publishes, and an endpoint at `hook`."""
    from django.conf import settings
    from django.contrib.auth import get_user_model

    from api.changes.announce import Outcome, announce
    from api.webhooks.models import Endpoint
    from api.webhooks.queue import create_endpoint
    from tests import factories

    get_user_model().objects.create_superuser(NAME, "ada@example.org", PASSWORD)
    home = factories.make_site("localhost", settings.ENVIRONMENT.SITE_PORT).root_page
    made = factories.StandardPageFactory.create_batch(pages, parent=home)
    assert announce(60) is Outcome.ALL
    endpoint = Endpoint(name="receiver", url=hook)
    secret = create_endpoint(endpoint)
    return {
        "pages": [page.pk for page in made],
        "home": home.pk,
        "secret": secret.value,
        "uuid": endpoint.uuid.hex,
        "position": endpoint.position,
    }


def plan(home: int, seconds: float) -> dict[str, Any]:
    """A page that goes live in so many seconds."""
    from datetime import timedelta

    from django.utils import timezone
    from wagtail.models import Page

    from pages.models import StandardPage

    page = StandardPage(title="On time", slug=f"on-time-{timezone.now():%H%M%S%f}", live=False)
    Page.objects.get(pk=home).add_child(instance=page)
    page.go_live_at = timezone.now() + timedelta(seconds=seconds)
    page.save_revision().publish()
    return {"id": page.pk, "at": page.go_live_at.timestamp()}


def state() -> dict[str, Any]:
    """What is left to do, the log, and what is public."""
    from api.changes.models import Announced, Change
    from api.webhooks.models import Delivery

    return {
        "left": untold() + waiting(),
        "failed": Delivery.objects.filter(state="failed").count(),
        "log": list(Change.objects.order_by("id").values_list("id", "page_id", "path", "etag")),
        "public": dict(Announced.objects.values_list("page_id", "etag")),
    }


def hurry() -> None:
    """What the receiver has refused twice would wait for five minutes."""
    from django.utils import timezone

    from api.webhooks.models import Delivery

    Delivery.objects.filter(state="pending").update(due_at=timezone.now())


def endpoints(there: bool) -> None:
    """Whether anybody is told of changes; of what happens while not, nobody is told later either."""
    from django.utils import timezone

    from api.webhooks.models import Endpoint

    Endpoint.objects.update(disabled_at=None if there else timezone.now())


def change(number: int, step: int) -> None:
    """So many changes of as many pages as there are, each with a new title."""
    from pages.models import StandardPage

    ids = list(StandardPage.objects.order_by("pk").values_list("pk", flat=True))
    for part in range(-(-number // len(ids))):
        for pk in ids[: number - part * len(ids)]:
            StandardPage.objects.filter(pk=pk).update(title=f"Title {step}.{part}")
        # Each is to be told for itself.
        while untold():
            time.sleep(0.2)


def untold() -> int:
    """What is not in the log yet, or not made a delivery."""
    from api.changes.feed import end
    from api.documents.models import Unannounced
    from api.webhooks.models import Endpoint

    return Unannounced.objects.count() + end().seen - Endpoint.objects.get().position


def waiting() -> int:
    from api.webhooks.models import Delivery

    return Delivery.objects.filter(state="pending").count()


ACTS: list[Callable[..., Any]] = [fill, plan, state, hurry, endpoints, change, waiting]


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.development")
    django.setup()
    from django.core.management import call_command

    act, *words = sys.argv[1:]
    arguments = [json.loads(word) for word in words]
    if act == "fill":
        call_command("migrate", verbosity=0)
    found = {one.__name__: one for one in ACTS}[act](*arguments)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
