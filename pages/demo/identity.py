"""Names that stay the same on every machine: of pages, snippets, blocks and notes."""

import uuid

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://example.org/dateline/demo")


def stable_uuid(name: str) -> uuid.UUID:
    """The UUID of what is called `name` in the demo, such as "page home"."""
    return uuid.uuid5(NAMESPACE, name)
