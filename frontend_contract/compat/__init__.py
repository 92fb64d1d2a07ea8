"""Tells what changed between two OpenAPI documents of the delivery API, and whom it breaks.

Nobody here knows the frontends that read the API, so what breaks is told by rule, in words their
developers understand. What readers get may grow (they ignore members, kinds and values that they
do not know) but neither shrink nor become vaguer; what they send may be taken more widely, never
more narrowly. Titles, descriptions, examples and order are no part of the promise.
"""

from frontend_contract.compat.changes import Change, bump
from frontend_contract.compat.endpoints import compare

__all__ = ["Change", "bump", "compare"]
