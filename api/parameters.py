"""Parameters of requests, and what may be in them."""

from __future__ import annotations

from wagtail.api.v2.utils import parse_boolean

from api.errors import BadRequest

LARGEST_NUMBER = 2**31 - 1
# Of characters in a parameter: below what Python counts to and what databases take in one query.
LONGEST_PARAMETER = 4000


def true_or_false(text: str, name: str) -> bool:
    """A boolean from a parameter, as v2 writes it. Raises BadRequest for anything else."""
    try:
        return parse_boolean(text)
    except ValueError as error:
        raise BadRequest(f"{name} must be true or false") from error


def whole_number(text: str, name: str) -> int:
    """A number from a parameter. Raises BadRequest for anything else, also for one too large."""
    if not (text.isascii() and text.isdigit()):
        raise BadRequest(f"{name} must be a positive integer")
    number = int(text)
    if number > LARGEST_NUMBER:
        raise BadRequest(f"{name} cannot be higher than {LARGEST_NUMBER}")
    return number
