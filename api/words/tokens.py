"""From a text to its words, and from a word to its stem."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

import snowballstemmer
from django.conf import settings

# Marks a stem among the words, where no word can have it.
STEM = "="
# Of characters in a word: databases do not index longer ones.
LONGEST_WORD = 100

_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"['’ʼ]s\b", re.IGNORECASE)
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")


def words_of(text: str) -> Iterator[str]:
    """The words of a text in their order: small letters without accents, and figures."""
    plain = _APOSTROPHE.sub("", _POSSESSIVE.sub("", text))
    for match in _WORD.finditer(_fold(plain)):
        yield match[0][:LONGEST_WORD]


def tokens_of(text: str, language: str) -> str:
    """What a text is found by: its words and, marked, their stems, each once, with blanks between."""
    found: dict[str, None] = {}
    for word in words_of(text):
        found[word] = None
        found[STEM + stem(word, language)] = None
    return " ".join(found)


def stems_of(word: str) -> set[str]:
    """What a word that is looked for may be a form of, in the languages of the newsroom."""
    return {stem(word, code) for code, _ in settings.WAGTAIL_CONTENT_LANGUAGES}


@lru_cache(maxsize=50_000)
def stem(word: str, language: str) -> str:
    """What the forms of a word have in common; the word itself where nothing is known."""
    stemmer = _stemmer(language.partition("-")[0])
    return stemmer.stemWord(word) if stemmer else word


@cache
def _stemmer(language: str) -> snowballstemmer.stemmer | None:
    name = _ALGORITHMS.get(language)
    return snowballstemmer.stemmer(name) if name else None


def _fold(text: str) -> str:
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


# Snowball's algorithms by the code of their language.
_ALGORITHMS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
    "yi": "yiddish",
}
