"""What opens a draft is written down nowhere: not by the log, nor by pages and mails of errors."""

import io
import json
import logging
import logging.config
import sys
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.views.debug import get_exception_reporter_class

from api.views import preview
from cms.logs import redacted

LOGGING: Any = settings.LOGGING

TOKEN = "dlp_" + "a-_9" * 5 + ".b" * 20
REVIEW = "dlr_" + "Zz09" * 5


@pytest.fixture
def log():
    """What the handler of the settings writes, with its formatter."""
    stream = io.StringIO()
    said = dict(LOGGING["formatters"]["line"])
    line = logging.config.DictConfigurator({}).configure_formatter(said)
    handler = logging.StreamHandler(stream)
    handler.setFormatter(line)
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (TOKEN, "dlp_[secret]"),
        (REVIEW, "dlr_[secret]"),
        (f"GET /preview/?token={TOKEN}&x=1 and {REVIEW}", "GET /preview/?token=dlp_[secret]&x=1 and dlr_[secret]"),
        (f"%s/{TOKEN!r}", "%s/'dlp_[secret]'"),
        ("dlp_short", "dlp_short"),
        (f"dlx_{'a' * 30}", f"dlx_{'a' * 30}"),
    ],
)  # fmt: skip
def test_tokens_are_redacted(text, written):
    assert redacted(text) == written


def test_messages_arguments_and_tracebacks_hold_none(log):
    logger = logging.getLogger("dateline.test")
    try:
        raise ValueError(TOKEN)
    except ValueError:
        logger.exception("In the message %s", {"argument": REVIEW})
    written = log.getvalue()
    assert "dlp_[secret]" in written
    assert "dlr_[secret]" in written
    assert "ValueError" in written
    assert "Traceback" in written
    assert TOKEN not in written
    assert REVIEW not in written


def test_a_request_that_fails_leaves_none_in_the_log(log, monkeypatch):
    def fail(request):
        raise RuntimeError(f"Asked for {request.get_full_path()}")

    monkeypatch.setattr(preview, "_token", fail)
    client = Client(raise_request_exception=False)
    address = "/api/v2/page_preview/?content_type=pages.standardpage&token=" + TOKEN
    assert client.get(address, headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 500
    written = log.getvalue()
    assert "Asked for /api/v2/page_preview/" in written
    assert TOKEN not in written
    assert "dlp_[secret]" in written


@pytest.mark.parametrize("debug", [True, False])
def test_pages_and_mails_of_errors_hold_none(settings, debug):
    settings.DEBUG = debug
    request = RequestFactory().get("/preview/", {"token": TOKEN}, HTTP_AUTHORIZATION=TOKEN)
    try:
        raise ValueError(TOKEN)
    except ValueError:
        reporter_class: Any = get_exception_reporter_class(request)
        reporter = reporter_class(request, *sys.exc_info())
    for told in (reporter.get_traceback_html(), reporter.get_traceback_text()):
        assert "ValueError" in told
        assert TOKEN not in told


def test_no_logger_has_a_handler_of_its_own():
    """Such as Django gives the server of `runserver`, whose lines hold whole addresses."""
    loggers = LOGGING["loggers"]
    assert {"django", "django.server"} <= loggers.keys()
    assert not [name for name, said in loggers.items() if said.get("handlers")]
    assert not logging.getLogger("django.server").handlers
    assert json.dumps(LOGGING["handlers"]).count("formatter") == 1
