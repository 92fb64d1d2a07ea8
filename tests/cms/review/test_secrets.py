"""Tokens, hashes, tickets and passcodes are in no log, error page, answer or audit text."""

import json
import logging

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.log import AdminEmailHandler
from wagtail.models import ModelLogEntry, PageLogEntry

from cms.logs import Formatter, Reporter
from cms.review import drafts, entry, links
from cms.review.models import ReviewLink, Visit
from tests import factories
from tests.cms.review.reviewing import ADDRESS, Reviewer, editor, share
from tests.cms.review.test_sharing import signed_in, token_in, values

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PASSCODE = "open sesame"


class Everything(logging.Handler):
    """All that is logged, as our log writes it."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.setFormatter(Formatter("{name} {message}", style="{"))
        self.lines: list[str] = []

    def emit(self, record):
        self.lines.append(self.format(record))


@pytest.fixture
def log(caplog):
    """Every line, also of what is the client's affair and not logged."""
    for name in ("", "django.request"):
        caplog.set_level(logging.DEBUG, name)
    handler, root = Everything(), logging.getLogger()
    root.addHandler(handler)
    yield handler.lines
    root.removeHandler(handler)


@pytest.fixture
def draft(material):
    page = factories.StandardPageFactory(
        parent=material.section, title="Draft", slug="draft", live=False
    )
    page.save_revision()
    return page


def test_a_whole_review_leaves_no_secret_behind(draft, log):
    admin = signed_in(editor())
    place = reverse("review:share", args=[draft.pk])
    token = token_in(admin.post(place, values(passcode=PASSCODE)))
    reader = Reviewer(token)
    answers = [reader.get(), reader.enter(passcode="wrong one")]
    answers += [reader.enter(passcode=PASSCODE), reader.get(), reader.get("text/")]
    version = answers[3].json()["review"]["version"]
    answers += [
        reader.post("comments/", page=draft.pk, text="Twelve?"),
        reader.post("comments/", text=""),
        reader.post("verdict/", page=draft.pk, says="approved", version="another"),
        reader.post("verdict/", page=draft.pk, says="approved", version=version),
        Client().get(f"{ADDRESS}?token={token}"),
        Client().get(f"/api/v2/{token}/"),
        Client().get(f"/review/{token}/"),
    ]
    link = ReviewLink.objects.get()
    renewed = token_in(admin.post(place, {"act": "renew", "link": link.pk}))
    links.end([link], ReviewLink.Ended.REVOKED)
    answers += [Reviewer(renewed).get(), reader.get()]
    assert [answer.status_code for answer in answers] == [
        *(401, 403, 201, 200, 200, 201, 400, 409, 201, 400, 404, 404, 410, 404)
    ]
    link.refresh_from_db()
    hashes = [link.token_hash, link.passcode, *Visit.objects.values_list("ticket_hash", flat=True)]
    tickets = {answers[2].json()["visit"]}
    audit = json.dumps(
        [entry.data for model in (PageLogEntry, ModelLogEntry) for entry in model.objects.all()]
    )
    bodies = "".join(a.text for a in answers) + "".join(str(a.headers) for a in answers)
    # The ticket is in the answers that give it, and the address in the page that showed it.
    for where, text in (("log", "\n".join(log)), ("audit", audit)):
        for secret in (token, renewed, PASSCODE, "wrong one", *filter(None, hashes), *tickets):
            assert secret not in text, where
            assert secret[4:] not in text, where
    for secret in (token, renewed, PASSCODE, "wrong one", *filter(None, hashes)):
        assert secret not in bodies
    assert any("wrong passcode" in line for line in log)
    assert sum("dlr_[secret]" in line for line in log) == 2
    assert len(log) > 10


def test_a_passcode_that_cannot_be_checked_is_not_told(draft, rf, monkeypatch):
    _, token = share(draft, passcode=PASSCODE)

    def breaks(passcode, hashed):
        raise RuntimeError(passcode)

    monkeypatch.setattr(entry, "check_password", breaks)
    with pytest.raises(RuntimeError) as caught:
        Reviewer(token).enter(passcode=PASSCODE)
    reporter = Reporter(rf.post(ADDRESS), RuntimeError, caught.value, caught.tb)
    ours = [one for one in reporter.get_traceback_frames() if "/cms/review/" in one["filename"]]
    ours = [one for one in ours if "/tests/" not in one["filename"]]
    assert {one["function"] for one in ours} >= {"post", "try_passcode", "_is_right"}
    assert PASSCODE not in str([one["vars"] for one in ours])
    assert PASSCODE not in str(caught.value)


@pytest.mark.parametrize("debug", [False, True])
def test_what_breaks_tells_no_token(draft, log, monkeypatch, settings, debug):
    settings.DEBUG = debug
    _, token = share(draft, passcode=PASSCODE)
    reader = Reviewer(token)
    reader.enter(passcode=PASSCODE)

    def breaks(link):
        raise RuntimeError(f"broken for {token}")

    monkeypatch.setattr(drafts, "pages_of", breaks)
    reader.client.raise_request_exception = False
    response = reader.get()
    assert response.status_code == 500
    said = response.text + "\n".join(log)
    assert token not in said
    assert "broken for dlr_[secret]" in said
    if not debug:
        # What is only told to developers may have the ticket: DEBUG is for one's own machine.
        assert reader.ticket not in said


def test_an_error_mail_says_nothing_either(draft, rf):
    _, token = share(draft)
    request = rf.post(ADDRESS, headers={"Authorization": f"Bearer {token}"})
    try:
        raise RuntimeError(token)
    except RuntimeError as error:
        reporter = Reporter(request, RuntimeError, error, None)
    assert token not in reporter.get_traceback_text()
    assert token not in reporter.get_traceback_html()
    assert "dlr_[secret]" in reporter.get_traceback_text()


def test_the_passcode_of_a_form_that_breaks_is_not_told(draft, monkeypatch, settings):
    settings.ADMINS = [("Operator", "operator@newsroom.example")]
    admin = signed_in(editor())
    admin.raise_request_exception = False

    def breaks(*args, **values):
        raise RuntimeError("broken")

    monkeypatch.setattr(links, "new_token", breaks)
    mails = AdminEmailHandler(include_html=True)
    request_log = logging.getLogger("django.request")
    request_log.addHandler(mails)
    try:
        response = admin.post(reverse("review:share", args=[draft.pk]), values(passcode=PASSCODE))
    finally:
        request_log.removeHandler(mails)
    assert response.status_code == 500
    (message,) = mail.outbox
    said = message.message().as_string()
    assert "Jo Lawyer" in said
    assert PASSCODE not in said + response.text
