"""Portable Text as strings, for readers who asked for HTML or Markdown instead."""

from api.codecs.rich_text.render.html import to_html
from api.codecs.rich_text.render.markdown import to_markdown

__all__ = ["to_html", "to_markdown"]
