"""Streams in forms are validated by one thread at a time.

To save a draft, Wagtail (8.0) makes blocks optional while it validates them, and a block is one
object for all threads of a process. Two drafts at a time would note what the other one changed as
what to go back to, and leave blocks optional for good; what is published meanwhile would go
unchecked. Whoever reads `required` of a block waits for `BLOCKS` as well.
"""

from threading import RLock
from typing import Any

from wagtail.blocks import BlockField

BLOCKS = RLock()


class StreamFormField(BlockField):
    """A stream in a form of the admin."""

    def clean(self, value: Any) -> Any:
        with BLOCKS:
            return super().clean(value)
