"""What each difference means: for answers, which readers get, and for parameters, which they send.

Both are judged here, side by side, since the same difference often means the opposite: what is
taken more widely helps senders, what is answered more widely breaks readers.
"""

from __future__ import annotations

from collections.abc import Mapping

# Kind of difference: whether it breaks, and in which words. Braces stand for details.
Verdicts = Mapping[str, tuple[bool, str]]

ANSWERS: Verdicts = {
    "removed": (True, "was removed: consumers that read it find nothing"),
    "added": (False, "is new: consumers that do not know it ignore it"),
    "added required": (False, "is new: consumers that do not know it ignore it"),
    "optional": (True, "became optional: consumers that rely on it being there break"),
    "required": (False, "is always there now: consumers need no longer ask whether it is"),
    "nullable": (True, "became nullable: consumers that read it as {before} break"),
    "not null": (False, "is never null any more: consumers need no longer ask whether it is"),
    "type": (
        True,
        "changed from {before} to {after}: consumers that read it as {before} break",
    ),
    "fraction": (
        True,
        "may have a fraction now: consumers that read it as a whole number break",
    ),
    "whole": (False, "is always a whole number now: consumers that read it as a number go on"),
    "format": (
        True,
        "changed its format from {before} to {after}: consumers that parse it break",
    ),
    "format given": (
        True,
        "must have the format {after} now: what is published may no longer fit and be withheld",
    ),
    "format gone": (
        True,
        "need no longer have the format {before}: consumers that parse it break",
    ),
    "value removed": (
        True,
        "narrowed, it is never {values} any more: consumers that look for it find nothing",
    ),
    "value added": (False, "may be {values} now: consumers treat it as a value they do not know"),
    "values closed": (
        True,
        "is one of {values} now: what is published may no longer fit and be withheld",
    ),
    "values open": (
        True,
        "may hold anything now, not only {values}: consumers that tell these apart break",
    ),
    "kind removed": (
        True,
        "has no {values} any more: consumers that show it find nothing",
    ),
    "kind added": (
        False,
        "may be {values} now: consumers show a kind that they do not know as nothing",
    ),
    "kind added untold": (
        True,
        "may be {values} now, with nothing that tells it apart: consumers that read what "
        "it was before break",
    ),
    "became a union": (
        True,
        "became one of several kinds: consumers that read it as {before} break",
    ),
    "became plain": (
        True,
        "is always {after} now: consumers that look for its other kinds find nothing",
    ),
    "told apart": (False, "says its kind in {after} now: consumers can tell kinds apart by it"),
    "told otherwise": (
        True,
        "says its kind in {after} now, no longer in {before}: consumers that tell kinds apart "
        "break",
    ),
    "another": (
        True,
        "became {after}, which does not promise all that {before} did: consumers that read it as "
        "{before} break",
    ),
    "superset": (False, "became {after}: consumers that read it as {before} still can"),
    "may be empty": (
        True,
        "may be empty now: consumers that take its first item break",
    ),
    "loosened": (
        True,
        "loosened its {keyword} from {before} to {after}: consumers that rely on it break",
    ),
    "tightened": (
        True,
        "tightened its {keyword} from {before} to {after}: what is published may no longer fit "
        "and be withheld",
    ),
    "changed": (
        True,
        "changed its {keyword} from {before} to {after}: consumers that rely on it break",
    ),
    "opened": (
        True,
        "may have members of any name now: consumers whose types list them all break",
    ),
    "closed": (False, "has no members but those listed now: consumers can list them all"),
}

PARAMETERS: Verdicts = {
    "removed": (True, "was removed: requests that send it are refused"),
    "added": (False, "is new and may be left out: requests without it are answered as before"),
    "added required": (True, "is new and required: requests without it are refused"),
    "optional": (False, "became optional: requests may leave it out"),
    "required": (True, "became required: requests without it are refused"),
    "nullable": (False, "may be null now: requests that send {before} are answered as before"),
    "not null": (True, "may not be null any more: requests that send null are refused"),
    "type": (True, "changed from {before} to {after}: requests that send {before} are refused"),
    "fraction": (False, "may have a fraction now: whole numbers are taken as before"),
    "whole": (True, "must be a whole number now: requests that send a fraction are refused"),
    "format": (
        True,
        "changed its format from {before} to {after}: requests in the old format are refused",
    ),
    "format given": (True, "must have the format {after} now: other requests are refused"),
    "format gone": (False, "need no longer have the format {before}: more requests are taken"),
    "value removed": (True, "narrowed, it takes no {values}: requests that send it are refused"),
    "value added": (False, "takes {values} too: requests may send it"),
    "values closed": (True, "narrowed, it takes only {values}: other requests are refused"),
    "values open": (False, "takes more than {values}: requests may send other values"),
    "kind removed": (True, "narrowed, it takes no {values}: requests that send it are refused"),
    "kind added": (False, "takes {values} too: requests may send it"),
    "kind added untold": (False, "takes {values} too: requests may send it"),
    "became a union": (False, "takes more than {before}: requests may send {after}"),
    "became plain": (True, "narrowed, it takes only {after}: other requests are refused"),
    "told apart": (False, "says its kind in {after}: requests may tell it"),
    "told otherwise": (
        True,
        "says its kind in {after} now, no longer in {before}: requests that say it there are "
        "refused",
    ),
    "another": (True, "became {after}: requests that send {before} are refused"),
    "superset": (False, "became {after}: requests that send {before} are answered as before"),
    "may be empty": (False, "may be empty now: requests may send no item"),
    "loosened": (
        False,
        "loosened its {keyword} from {before} to {after}: more requests are taken",
    ),
    "tightened": (
        True,
        "tightened its {keyword} from {before} to {after}: requests outside it are refused",
    ),
    "changed": (
        True,
        "changed its {keyword} from {before} to {after}: requests made for the old are refused",
    ),
    "opened": (False, "takes members of any name: requests may send them"),
    "closed": (True, "takes no members but those listed: requests with others are refused"),
}
