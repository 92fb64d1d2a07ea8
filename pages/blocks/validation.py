"""Streams in forms are validated by one thread at a time.

To save a draft, Wagtail (8.0) makes blocks optional while it validates them, and a block is one
object for all threads of a process. Two drafts at a time would note what the other one changed as
what to go back to, and leave blocks optional for good; what is published meanwhile would go
unchecked. Whoever reads `required` of a block waits for `BLOCKS` as well.
"""

from collections.abc import Iterator, Mapping
from threading import RLock
from typing import Any

from wagtail.blocks import BlockField, StreamValue
from wagtail.blocks.list_block import ListValue
from wagtail.embeds.blocks import EmbedValue

BLOCKS = RLock()


class StreamFormField(BlockField):
    """A stream in a form of the admin."""

    def clean(self, value: Any) -> Any:
        # What is at an address is asked of others, and kept. Who did so while all wait would let them
        # wait for seconds; and for good, where one waits that has just kept the same.
        for embed in embeds_in(value):
            _ = embed.html
        with BLOCKS:
            return super().clean(value)


def embeds_in(value: Any) -> Iterator[EmbedValue]:
    """All embeds in a value of a block, however deep."""
    if isinstance(value, EmbedValue):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from embeds_in(member)
    elif isinstance(value, StreamValue):
        for child in value:
            yield from embeds_in(child.value)
    elif isinstance(value, ListValue):
        for item in value:
            yield from embeds_in(item)
