"""How often Python looks for what nothing refers to any more."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# Where objects come in hundreds of thousands, looking for cycles among all of them at Python's own pace
# takes a quarter of the time: migrations define every model hundreds of times over.
RARELY = (100_000, 50, 100)


@contextmanager
def collected_rarely() -> Iterator[None]:
    """For work that makes very many objects, and ends."""
    before = gc.get_threshold()
    gc.set_threshold(*RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
