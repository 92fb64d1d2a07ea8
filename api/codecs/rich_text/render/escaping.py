"""How words, code and addresses are written in Markdown so that they mean only themselves."""

from __future__ import annotations

import re
from urllib.parse import quote

_ANYWHERE = re.compile(r"[\\`*_\[\]<|~]|&(?=[#A-Za-z])")
# What would begin a heading, a quotation, an item of a list, or underline a heading.
_AT_LINE_START = re.compile(r"^(\d{1,9}(?=[.)](?!\S))|(?=>|[-+=#](?![0-9A-Za-z])))")
_BACKTICKS = re.compile(r"`+")
_NOT_IN_ADDRESSES = re.compile(r"[\s<>`]")
_MARKUP_IN_ADDRESSES = re.compile(r"[\\()&]")


def escape_text(text: str, *, at_line_start: bool = True) -> str:
    """Words as they are, whatever they look like; a newline becomes a hard break."""
    lines = _ANYWHERE.sub(r"\\\g<0>", text).split("\n")
    first = 0 if at_line_start else 1
    lines[first:] = (_AT_LINE_START.sub(r"\1\\", line) for line in lines[first:])
    return "\\\n".join(lines)


def code_span(text: str) -> str:
    """Code between more backticks than it holds itself, line by line."""
    if "]:" in text:
        # Definitions are read before code is: in a link this would make one of the paragraph.
        return f"<code>{escape_text(text, at_line_start=False)}</code>"
    return "\\\n".join(_code_line(line) if line else line for line in text.split("\n"))


def link_target(url: str) -> str:
    """An address as it is written between the parentheses of a link."""
    encoded = _NOT_IN_ADDRESSES.sub(lambda match: quote(match[0], safe=""), url)
    return _MARKUP_IN_ADDRESSES.sub(r"\\\g<0>", encoded)


def _code_line(line: str) -> str:
    fence = "`" * (max(map(len, _BACKTICKS.findall(line)), default=0) + 1)
    padding = " " if line.startswith("`") or line.endswith("`") else ""
    return f"{fence}{padding}{line}{padding}{fence}"
