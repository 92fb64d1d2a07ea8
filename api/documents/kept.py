"""Answers to listings, kept until anything is touched.

Whoever keeps one holds all writers for a moment. What was touched until then is known, the last of
it is noted with the answer, and whatever is touched later gets a higher number: as long as no higher
one is there for all to see, the answer is what would be put together anew.
"""

from __future__ import annotations

from django.db import DatabaseError
from django.db.models import Q, Sum

from api.documents.models import KeptListing
from api.documents.moments import Busy, Moment, holding_writers
from api.documents.store import watched_since

# Milliseconds to wait for those who are writing: another reader will try again.
PATIENCE = 1
# Of all that is kept. What does not fit is put together each time, until something is touched.
MOST_OCTETS = 64 * 2**20


def keep(listing: KeptListing, began: Moment) -> None:
    """Keeps an answer of what was so when it was begun, unless something was touched since."""
    try:
        with holding_writers(PATIENCE):
            if not watched_since(began) or began.anything_since():
                return
            listing.touched_id = began.touched_id
            there = KeptListing.objects.all()
            there.filter(~Q(touched_id=listing.touched_id) | Q(key=listing.key)).delete()
            if (there.aggregate(n=Sum("octets"))["n"] or 0) + listing.octets <= MOST_OCTETS:
                listing.save(force_insert=True)
    except (Busy, DatabaseError):
        # Somebody writes, or has kept the same a moment ago.
        return
