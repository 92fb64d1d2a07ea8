"""What is searched for, as conditions on entries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL
from rest_framework.request import Request
from wagtail.models import Page

from api.documents.models import Words
from api.errors import BadRequest
from api.words.tokens import STEM, stems_of, words_of
from pages.models import NewsroomPage

# Of characters in a search.
LONGEST_SEARCH = 250


@dataclass(frozen=True, slots=True)
class Sought:
    """A word that is looked for, with its stems; without any if what begins with it is meant."""

    word: str
    stems: frozenset[str]


@dataclass(frozen=True, slots=True)
class Query:
    """Words that are looked for, all of them or any."""

    words: tuple[Sought, ...]
    any: bool = False

    def anywhere(self) -> Q:
        """The condition for entries of pages that have them."""
        return self._found("vector", "words")

    def in_title(self) -> Q:
        """The condition for those that have them in their title."""
        return self._found("title_vector", "title_words")

    def _found(self, vector: str, column: str) -> Q:
        if not self.words:
            return Q(pk__in=[])
        table = Words._meta.db_table
        if connection.vendor == "postgresql":
            sql = f"SELECT page_id FROM {table} WHERE api_costly({vector}) @@ %s::tsquery"  # noqa: S608
            return Q(pk__in=RawSQL(sql, [self._written("'", " | ", " & ", ":*")]))  # noqa: S611
        sql = f"SELECT rowid FROM {table}_index WHERE {table}_index MATCH %s"  # noqa: S608
        wanted = self._written('"', " OR ", " AND ", "*")
        return Q(pk__in=RawSQL(sql, [f"{{{column}}} : ({wanted})"]))  # noqa: S611

    def _written(self, quote: str, either: str, both: str, begins: str) -> str:
        """In an engine's syntax. Words are letters and figures: nothing in them needs an escape."""

        def one(sought: Sought) -> str:
            forms = [sought.word, *(f"{STEM}{stem}" for stem in sought.stems)]
            if len(forms) == 1:
                return f"{quote}{sought.word}{quote}{begins}"
            return "(" + either.join(f"{quote}{form}{quote}" for form in forms) + ")"

        return (either if self.any else both).join(map(one, self.words))


def requested_query(request: Request) -> Query | None:
    """What `search=` and `search_operator=` ask for; None without a search.

    Raises BadRequest for an operator that there is not, or a text that is too long.
    """
    operator, text = requested_search(request)
    if text is None:
        return None
    found: dict[Sought, None] = {}
    for part in text.split():
        words = list(words_of(part))
        for number, word in enumerate(words, start=1):
            begins = part.endswith("*") and number == len(words)
            found[Sought(word, frozenset() if begins else frozenset(stems_of(word)))] = None
    return Query(tuple(found), any=operator == "or")


def requested_search(request: Request) -> tuple[str | None, str | None]:
    """The operator and the text of a search, as v2 has them. Raises BadRequest for odd ones."""
    operator = request.GET.get("search_operator")
    if operator not in ("and", "or", None):
        raise BadRequest("search_operator must be 'and' or 'or'")
    text = request.GET.get("search")
    if text is not None:
        if not getattr(settings, "WAGTAILAPI_SEARCH_ENABLED", True):
            raise BadRequest("search is disabled")
        if len(text) > LONGEST_SEARCH:
            raise BadRequest(f"search cannot be longer than {LONGEST_SEARCH} characters")
    return operator, text


@cache
def knows_all_pages() -> bool:
    """Whether all page types are the newsroom's: of others there are no documents to search."""
    others = (
        model
        for model in apps.get_models()
        if issubclass(model, Page) and model is not Page and not issubclass(model, NewsroomPage)
    )
    return next(others, None) is None
