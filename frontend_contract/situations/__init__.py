"""Examples of the contract: answers of the API to real requests, as files.

Frontends use them as fixtures, and we to see what a change of the code changes for them. They are
the same bytes on every machine: a newsroom of its own (`scratch`) is filled with content of its own
(`newsroom`), asked (`situations`) and thrown away.

To add an example of a page, add an `Example` to the module of its type (`releases`, `papers`,
`other_pages`); its name becomes that of the file. A new block goes into `full_body` (`bodies`).
"""

from frontend_contract.situations.newsroom import make_newsroom
from frontend_contract.situations.scratch import fixed_settings, scratch_newsroom
from frontend_contract.situations.situation import Situation, UnexpectedAnswer
from frontend_contract.situations.situations import (
    answers,
    ask_everything,
    every_situation,
)

__all__ = [
    "Situation",
    "UnexpectedAnswer",
    "answers",
    "ask_everything",
    "every_situation",
    "fixed_settings",
    "make_newsroom",
    "scratch_newsroom",
]
