"""The reference site: a frontend of its own, in Astro. Of Python it has nothing but its address."""

from pathlib import Path

# The built server: `make site`.
SERVER = Path(__file__).parent / "dist" / "server" / "entry.mjs"
