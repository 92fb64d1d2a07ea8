"""Words as languages have them: a few that stand on every page, and many that hardly occur."""

from __future__ import annotations

from itertools import accumulate, product
from random import Random

# Those that a newsroom writes all the time, the most frequent first.
NEWS = [
    "police",
    "community",
    "officers",
    "public",
    "safety",
    "immigration",
    "federal",
    "state",
    "local",
    "law",
    "enforcement",
    "department",
    "agencies",
    "sheriff",
    "policy",
    "program",
    "report",
    "trust",
    "county",
    "city",
    "national",
    "programs",
    "chief",
    "border",
    "information",
    "task",
    "force",
    "violence",
    "crime",
    "victims",
    "witnesses",
    "families",
    "training",
    "agreement",
    "court",
    "decision",
    "congress",
    "senate",
    "secretary",
    "statement",
    "support",
    "leaders",
    "residents",
    "status",
    "authority",
    "custody",
    "detention",
    "release",
    "notice",
    "hearing",
    "judge",
    "warrant",
    "funding",
    "grant",
    "budget",
    "resources",
    "partnership",
    "cooperation",
    "jurisdiction",
    "language",
    "access",
    "interpreters",
    "youth",
    "school",
    "neighborhood",
    "outreach",
    "recruitment",
    "diversity",
    "career",
    "service",
    "veteran",
    "history",
    "data",
    "evidence",
    "research",
    "study",
    "survey",
    "percent",
    "figures",
    "analysis",
    "recommendation",
    "guideline",
    "practice",
]
RARE = 4000


def _rare() -> list[str]:
    """Words that could be names of places, in a fixed order without a pattern."""
    starts = [
        "bar",
        "cor",
        "dal",
        "fen",
        "gar",
        "hol",
        "kes",
        "lan",
        "mor",
        "nor",
        "pel",
        "quin",
        "ros",
        "sel",
        "tam",
        "vel",
        "wes",
        "yar",
    ]
    middles = ["a", "e", "i", "o", "u", "ar", "en", "il", "om", "un"]
    ends = [
        "bridge",
        "dale",
        "field",
        "ford",
        "haven",
        "ley",
        "mouth",
        "port",
        "ridge",
        "stead",
        "ton",
        "vale",
        "wick",
        "wood",
    ]
    words = ["".join(parts) for parts in product(starts, middles, ends, ("", "s"))]
    Random(1).shuffle(words)
    return words[:RARE]


WORDS = [*NEWS, *_rare()]
# The n-th word is met as often as 1/n: Zipf's law.
_UNTIL = list(accumulate(1 / rank for rank in range(2, len(WORDS) + 2)))

# To search for: in nearly every page, in some, in a few.
COMMON = WORDS[0:24:6]
SOME = WORDS[400:700:100]
FEW = WORDS[3600:3900:100]


def words(chance: Random, count: int) -> list[str]:
    """Words as often as they occur."""
    return chance.choices(WORDS, cum_weights=_UNTIL, k=count)


def title(chance: Random) -> str:
    """Five to nine words, the first in a capital."""
    return " ".join(words(chance, chance.randint(5, 9))).capitalize()


def sentences(chance: Random, count: int) -> str:
    """A number of sentences of 8 to 22 words."""
    found = (" ".join(words(chance, chance.randint(8, 22))).capitalize() for _ in range(count))
    return ". ".join(found) + "."
