"""Mail for a newsroom that has no mail server."""

import sys
from typing import Any

from django.core.mail.backends.console import EmailBackend


class PrintedMail(EmailBackend):
    """Prints mail to standard error, where the log is: standard output belongs to commands."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, stream=sys.stderr, **kwargs)
