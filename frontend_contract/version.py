"""Which version of the contract this code keeps, and where it is published."""

from pathlib import Path

HERE = Path(__file__).parent
PUBLISHED = HERE / "published"
RELEASED = HERE / "released" / "openapi.json"

API_ROOT = "/api/v2/"
VERSION_HEADER = "Dateline-Contract"


def contract_version() -> str:
    """The semantic version in `published/VERSION`."""
    return (PUBLISHED / "VERSION").read_text().strip()
