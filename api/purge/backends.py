"""Backends of Wagtail's frontend cache that know tags, raise what went wrong, and end in time."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit, urlunsplit

import requests
from wagtail.contrib.frontend_cache import backends as wagtails

# Seconds for all that one purge asks: its lease is over later.
TIMEOUT = 15.0
# Of an answer, in octets.
MOST_READ = 20_000
# Answers of a cache that wants to be left alone.
LATER = (429, 503)
# A cache that does not have what it is to drop may say so.
ABSENT = 404


class Refusal(Exception):
    """A cache does not drop what it was told to, and why."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a cache said last: its text only as far as it was read."""

    status: int
    headers: Mapping[str, str]
    text: str


class Calls(wagtails.BaseBackend):
    """Requests to a cache. `answered` is the last answer; how many tags and addresses fit in one
    request say the others."""

    answered: Answered | None = None
    TAGS_AT_ONCE: ClassVar[int] = 0
    URLS_AT_ONCE: ClassVar[int] = 30

    def __init__(self, params: dict[str, Any]) -> None:
        self.deadline = time.monotonic() + TIMEOUT
        self.session = requests.Session()
        super().__init__(params)

    def call(self, method: str, url: str, fine: Collection[int] = (), **kwargs: Any) -> str:
        """Gives the text of the answer. Raises Refusal for any answer but 2xx and those that are fine
        besides, and requests.RequestException if there is none."""
        with self.session.request(
            method, url, timeout=self._left(), allow_redirects=False, stream=True, **kwargs
        ) as answer:
            read = b""
            for part in answer.iter_content(1024):
                read += part
                self._left()
                if len(read) > MOST_READ:
                    break
            text = read.decode("utf-8", "replace")
            self.answered = Answered(answer.status_code, answer.headers, text)
        if not 200 <= answer.status_code < 300 and answer.status_code not in fine:
            raise Refusal(f"It answered {answer.status_code}.")
        return text

    def purge_batch(self, urls: Sequence[str]) -> None:
        """Each address though another is refused. Raises Refusal for the first of those in the end."""
        refusals = []
        for url in urls:
            try:
                self.purge(url)
            except Refusal as refusal:
                if self.answered and self.answered.status in LATER:
                    raise
                refusals.append(f"{url}: {refusal}")
        if refusals:
            raise Refusal(f"{len(refusals)} of {len(urls)} were refused. {refusals[0]}")

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise requests.Timeout(f"It took longer than {TIMEOUT:g} seconds.")
        return left


class HTTPBackend(Calls, wagtails.HTTPBackend):
    """Wagtail's own: a `PURGE` for each address, to nginx, Squid or Varnish at `LOCATION`."""

    def purge(self, url: str) -> None:
        parts = urlsplit(url)
        where = (self.cache_scheme, self.cache_netloc, parts.path, parts.query, "")
        self.call("PURGE", urlunsplit(where), {ABSENT}, headers={"Host": parts.netloc})


class VarnishBackend(HTTPBackend):
    """Tags besides, by `BAN` with a pattern for `Cache-Tag`, as docs/varnish.vcl understands it."""

    # Varnish reads headers of 8 kB; a tag is 50 octets long at most, but for few.
    TAGS_AT_ONCE = 100

    def purge_tags(self, tags: Sequence[str]) -> None:
        pattern = "|".join(re.escape(tag) for tag in tags)
        where = (self.cache_scheme, self.cache_netloc, "/", "", "")
        self.call("BAN", urlunsplit(where), headers={"Cache-Tag": f"(^|,)({pattern})(,|$)"})


class CloudflareBackend(Calls, wagtails.CloudflareBackend):
    """Wagtail's own, with its parameters, and tags besides."""

    # As many in one request as its rules let.
    purge_batch = wagtails.CloudflareBackend.purge_batch

    TAGS_AT_ONCE = 100
    URLS_AT_ONCE = CHUNK_SIZE = 100

    def purge_tags(self, tags: Sequence[str]) -> None:
        self._purge({"tags": list(tags)})

    def _purge_urls(self, urls: Sequence[str]) -> None:
        self._purge({"files": list(urls)})

    def _purge(self, what: dict[str, list[str]]) -> None:
        if self.cloudflare_token:
            headers = {"Authorization": f"Bearer {self.cloudflare_token}"}
        else:
            headers = {
                "X-Auth-Email": self.cloudflare_email,
                "X-Auth-Key": self.cloudflare_api_key,
            }
        text = self.call("POST", self.cloudflare_purge_endpoint_url, json=what, headers=headers)
        try:
            done = json.loads(text).get("success")
        except (ValueError, AttributeError):
            raise Refusal("Its answer is not Cloudflare's.") from None
        if done is not True:
            raise Refusal("It did not purge.")


class FastlyBackend(Calls):
    """`SERVICE_ID` and `TOKEN`, one that may purge; `SOFT` marks as stale what else is dropped."""

    API = "https://api.fastly.com"
    TAGS_AT_ONCE = 256

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.service, self.token = params["SERVICE_ID"], params["TOKEN"]
        self.soft = bool(params.get("SOFT"))

    def purge_tags(self, tags: Sequence[str]) -> None:
        self._purge(f"service/{self.service}/purge", {"surrogate_keys": list(tags)})

    def purge(self, url: str) -> None:
        parts = urlsplit(url)
        self._purge("purge/" + urlunsplit(("", *parts[1:4], "")).removeprefix("//"))

    def _purge(self, what: str, body: Any = None) -> None:
        headers = {"Fastly-Key": self.token, "Accept": "application/json"}
        if self.soft:
            headers["Fastly-Soft-Purge"] = "1"
        self.call("POST", f"{self.API}/{what}", headers=headers, json=body)
