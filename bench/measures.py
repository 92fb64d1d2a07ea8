"""What is measured: for each measure, which questions each contestant is asked."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlencode

from bench.asking import LONG, Client, Question, WrongAnswer
from bench.content.vocabulary import COMMON, FEW
from bench.databases import Database
from bench.reading import LIMIT, Copies, copy, walk

PAGES = "/api/v2/pages/"
STOCK = "/stock/api/v2/pages/"
HTML = "rich_text_format=html"
# A parameter that changes nothing, of which v2 says that it goes around caches: so it does here.
ANEW = "&_=1"
# How many pages are asked for, at random.
SAMPLE = 500
STOCK_TRIED = 5
# Copies of answers that are no single page have numbers from here.
NOT_PAGES = 1_000_000_000


@dataclass(frozen=True)
class Measure:
    """Questions by contestant. `missing` says why one that should be there has none.

    `weight` is how much longer than others it is measured, because its ratios have to be exact.
    """

    name: str
    title: str
    questions: Mapping[str, Sequence[Question]]
    missing: Mapping[str, str] = field(default_factory=dict)
    weight: int = 1


def prepare(
    client: Client, there: Mapping[str, Any], database: Database, files: Path
) -> list[Measure]:
    """Reads the whole product, copies it for the others, and says what each is to be asked."""
    paths = {pk: path for pk, path, _ in there["pages"]}
    sample = Random(2).sample(sorted(paths), min(SAMPLE, len(paths)))
    releases = _list("press_release", fields="*", order="-publication_date")
    deepest = walk(client, releases)[-1]
    walk(client, _list("fact_sheet", fields="*", order="-publication_date"))
    filtered = _list(
        "press_release", kind="statement", published_from="2010-01-01", order="-publication_date"
    )
    others = {
        "list": [releases],
        "deep": [deepest],
        "list_anew": [releases + ANEW],
        "deep_anew": [deepest + ANEW],
        "filtered": [filtered],
        "search": [f"{PAGES}?{urlencode({'search': word, 'limit': LIMIT})}" for word in COMMON],
        "search_rare": [f"{PAGES}?{urlencode({'search': word, 'limit': LIMIT})}" for word in FEW],
        "site": ["/api/v2/site/"],
    }
    numbers = {
        name: range(NOT_PAGES + 100 * place, NOT_PAGES + 100 * place + len(addresses))
        for place, (name, addresses) in enumerate(others.items())
    }
    routes = {NOT_PAGES + 1000 + pk: _route(paths[pk]) for pk in sample}
    copied = {pk: f"{PAGES}{pk}/" for pk in sorted(paths)} | routes
    for name, addresses in others.items():
        copied |= dict(zip(numbers[name], addresses, strict=True))
    copies = Copies(files, copied.keys() - (paths.keys() - set(sample)))
    copy(database, copies, client, copied)

    def copied_as(which: Sequence[int]) -> dict[str, list[Question]]:
        return {
            "bare": [Question(f"/bench/bare/{number}") for number in which],
            "nginx": [Question(f"/{number}") for number in which],
        }

    def several(name: str, title: str, **stock: list[Question]) -> Measure:
        questions = [Question(address) for address in others[name]]
        return Measure(name, title, {"product": questions, **copied_as(numbers[name]), **stock})

    def stock_list(offset: int = 0) -> dict[str, list[Question]]:
        query = {"type": "pages.PressReleasePage", "fields": "*", "order": "-publication_date"}
        address = f"{STOCK}?{urlencode(query)}&limit={LIMIT}&offset={offset}&{HTML}"
        return {"stock": [Question(address)], "stock_resolved": [Question(address)]}

    def stock_search(words: Sequence[str]) -> list[Question]:
        return [Question(f"{STOCK}?search={word}&limit={LIMIT}") for word in words]

    last = sum(kind == "press_release" for _, _, kind in there["pages"]) - LIMIT
    stock_details = [Question(f"{STOCK}{pk}/?{HTML}") for pk in sample]
    stock_filtered = "type=pages.PressReleasePage&kind=statement&order=-publication_date"
    return [
        Measure(
            "detail",
            "detail",
            {
                "product": [Question(f"{PAGES}{pk}/") for pk in sample],
                **copied_as(sample),
                "stock": stock_details,
                "stock_resolved": stock_details,
            },
            weight=2,
        ),
        _not_modified(sample, copies),
        Measure(
            "find",
            "find (302)",
            {
                "product": [_find(PAGES, paths[pk]) for pk in sample],
                "stock": [_find(STOCK, paths[pk]) for pk in sample],
            },
        ),
        Measure(
            "route",
            "route; stock: find, then detail",
            {
                "product": [Question(_route(paths[pk])) for pk in sample],
                **copied_as(list(routes)),
                "stock": [_find(STOCK, paths[pk], follow=True) for pk in sample],
            },
        ),
        several("list", "list of 20 full", **stock_list()),
        several("deep", "deepest page of that list", **stock_list(max(last, 0))),
        several("list_anew", "that list, put together anew"),
        several("deep_anew", "its deepest page, put together anew"),
        several(
            "filtered",
            "filtered list of 20",
            stock=[Question(f"{STOCK}?{stock_filtered}&limit={LIMIT}")],
        ),
        several("search", "search, common words", stock=stock_search(COMMON)),
        several("search_rare", "search, rare words", stock=stock_search(FEW)),
        several("site", "site"),
    ]


def check(measures: Sequence[Measure], clients: Mapping[str, Client]) -> int:
    """Asks what will be measured, and holds copies against the product's answers, byte for byte.

    Stock Wagtail is asked for some: what it keeps, renditions, is shared by many. Where it takes long,
    for one, and for none that it does not answer in time. Returns how many copies were compared.
    Raises WrongAnswer for one that differs.
    """
    compared = 0
    for measure in measures:
        for place, question in enumerate(measure.questions.get("product", [])):
            answer = clients["product"].ask(question)
            for name in ("bare", "nginx"):
                if name in clients and measure.questions.get(name):
                    copied = measure.questions[name][place]
                    if clients[name].ask(copied).body != answer.body:
                        raise WrongAnswer(f"{name}: {copied.path} is not {question.path}")
                    compared += 1
        for name in ("stock", "stock_resolved"):
            for question in measure.questions.get(name, [])[:STOCK_TRIED]:
                began = time.monotonic()
                with suppress(TimeoutError):
                    clients[name].ask(question)
                if time.monotonic() - began > LONG:
                    clients[name].renew()
                    break
    return compared


def with_nginx_etags(measures: Sequence[Measure], client: Client) -> None:
    """nginx has entity tags of its own."""
    for measure in measures:
        questions = measure.questions.get("nginx")
        if measure.name == "not_modified" and isinstance(questions, list):
            questions[:] = [
                Question(
                    question.path,
                    {"If-None-Match": client.ask(Question(question.path)).etag},
                    status=304,
                )
                for question in questions
            ]


def _not_modified(sample: Sequence[int], copies: Copies) -> Measure:
    def known(path: str, etag: str) -> Question:
        return Question(path, {"If-None-Match": etag}, status=304)

    questions = {
        "bare": [known(f"/bench/bare/{pk}", copies.etags[pk]) for pk in sample],
        "nginx": [Question(f"/{pk}") for pk in sample],
    }
    missing = {}
    if all(copies.product_etags[pk] for pk in sample):
        questions["product"] = [known(f"{PAGES}{pk}/", copies.product_etags[pk]) for pk in sample]
    else:
        missing["product"] = "the product gives no ETag"
    return Measure("not_modified", "304", questions, missing, weight=2)


def _list(page_type: str, **parameters: str) -> str:
    return f"{PAGES}?{urlencode({'type': page_type, **parameters, 'limit': LIMIT})}"


def _route(path: str) -> str:
    return f"/api/v2/route/?{urlencode({'path': path})}"


def _find(base: str, path: str, *, follow: bool = False) -> Question:
    query = urlencode({"html_path": path}) + (f"&{HTML}" if follow else "")
    return Question(f"{base}find/?{query}", status=200 if follow else 302, follow=follow)
