"""The webhook that tells the reference site which of the pages that it keeps are to be dropped."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone

from api.webhooks.addresses import Refused, check_address
from api.webhooks.models import Endpoint
from api.webhooks.queue import create_endpoint

NAME = "Reference site"
# What listens on every interface is on this machine too.
HERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "localhost": "127.0.0.1"}  # noqa: S104


def webhook_secret() -> str | None:
    """The secret that calls to the site are signed with, which is made where there is none yet.

    None where no worker runs here, or webhooks must not go to this machine: then nobody could tell the
    site, and it keeps nothing.
    """
    if not settings.ENVIRONMENT.WORKER:
        return None
    host = settings.ENVIRONMENT.HOST
    host = HERE.get(host, host)
    try:
        check_address(host, secure=False)
    except (Refused, ValueError):
        return None
    netloc = f"[{host}]" if ":" in host else host
    url = f"http://{netloc}:{settings.ENVIRONMENT.SITE_PORT}/-/revalidate"
    endpoint = Endpoint.objects.filter(name=NAME, about=Endpoint.About.TAGS).first()
    if endpoint is None:
        endpoint = Endpoint(name=NAME, url=url, about=Endpoint.About.TAGS)
        # The site has seen it: nobody else needs to.
        create_endpoint(endpoint, shown_at=timezone.now())
    elif endpoint.url != url:
        Endpoint.objects.filter(pk=endpoint.pk).update(url=url)
    return endpoint.signing_secrets()[0]
