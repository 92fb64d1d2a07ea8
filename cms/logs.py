"""Lines of the log, and what Django tells of errors, without what opens a draft."""

from __future__ import annotations

import logging
import re

from django.utils.safestring import SafeString, mark_safe
from django.views.debug import ExceptionReporter

# Tokens of previews, of review links and of previews of the whole site.
SECRET = re.compile(r"(dl[prs]_)[\w.-]{16,}", re.ASCII)


def redacted(text: str) -> str:
    """The text, with `dlp_[secret]` for each token in it."""
    return SECRET.sub(r"\1[secret]", text)


class Formatter(logging.Formatter):
    """Redacts all that is written of a record: its message, its arguments and its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))


class Reporter(ExceptionReporter):
    """Redacts the page of an error while DEBUG is on, and the mails of any handler that sends them."""

    def get_traceback_html(self) -> SafeString:
        return mark_safe(redacted(super().get_traceback_html()))  # noqa: S308

    def get_traceback_text(self) -> SafeString:
        return mark_safe(redacted(super().get_traceback_text()))  # noqa: S308
