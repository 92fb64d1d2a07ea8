"""Which links readers are given."""

import pytest

from api.codecs.rich_text.links import LinkReference, dead_link, plain_link, read_link
from tests.api.codecs.rich_text.samples import read_one, spans

ALLOWED = [
    ("https://example.org/a?b=c#d", "external"),
    ("http://example.org", "external"),
    ("HTTPS://EXAMPLE.ORG", "external"),
    ("https://example.org/a b", "external"),
    ("https://exämple.org/é", "external"),
    ("/news/2026/", "external"),
    ("/", "external"),
    ("mailto:desk@example.org?subject=Hello%20you", "email"),
    ("tel:+12025550100", "phone"),
    ("#part-two", "anchor"),
]

HOSTILE = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "\x00javascript:alert(1)",
    "\x01javascript:alert(1)",
    "\x1fjavascript:alert(1)",
    "java\nscript:alert(1)",
    "java\tscript:alert(1)",
    "java\r\nscript:alert(1)",
    "j\na\nv\na\ns\nc\nr\ni\np\nt:alert(1)",
    "javascript\t:alert(1)",
    "javascript\n://https://example.org/%0aalert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A;avascript&#58;alert(1)",
    "javascript&colon;alert(1)",
    "jav&Tab;ascript:alert(1)",
    "javascript&NewLine;:alert(1)",
    "javascript:https://example.org",
    "\N{FULLWIDTH LATIN SMALL LETTER J}avascript:alert(1)",
    "\N{ZERO WIDTH SPACE}javascript:alert(1)",
    "\N{NO-BREAK SPACE}javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==",
    "vbscript:msgbox(1)",
    " \tvb\nscript:msgbox(1)",
    "file:///etc/passwd",
    "ftp://example.org",
    "blob:https://example.org/1",
    "view-source:https://example.org",
    "intent://example.org#Intent;end",
    "//example.org",
    "/\\example.org",
    "/\t/example.org",
    "/\n\\example.org",
    "\\\\example.org",
    "https:example.org",
    "https:/example.org",
    "https:///example.org",
    "https:\\\\example.org",
    "https://",
    "https://?",
    "http://#",
    "mailto:",
    "tel:",
    "news/2026",
    "?page=2",
    ":",
    "",
    " ",
]


@pytest.mark.parametrize(("href", "kind"), ALLOWED)
def test_allowed_addresses_are_given_with_their_kind(href, kind):
    assert read_link({"href": href}) == LinkReference(kind, href=href)


@pytest.mark.parametrize("href", HOSTILE)
def test_any_other_address_is_dead_and_nobody_is_asked(href):
    def refuse(*arguments: object) -> object:
        raise AssertionError(f"asked for {arguments}")

    quoted = href.replace('"', "&quot;").replace("<", "&lt;")
    block = read_one(f'<p><a href="{quoted}">words</a></p>', link=refuse)

    assert block["markDefs"] == [dead_link("b0m0")]
    assert spans(block) == [("words", ["dead"])]


def test_what_browsers_ignore_in_an_address_is_not_handed_on():
    assert read_link({"href": " \thttps://exa\nmple.org/\r\n "}) == LinkReference(
        "external", href="https://example.org/"
    )


@pytest.mark.parametrize("kind", ["page", "document"])
def test_pages_and_documents_are_referred_to_by_id(kind):
    for id_ in (1, 3, 2**63 - 1):
        assert read_link({"linktype": kind, "id": str(id_)}) == LinkReference(kind, id=id_)


@pytest.mark.parametrize(
    "id_", [None, "", "x", "-1", "0", "1.5", "1_0", " 3", "\u0663", str(2**63)]
)
def test_an_id_that_no_database_takes_is_dead(id_):
    attributes = {"linktype": "page"} if id_ is None else {"linktype": "page", "id": id_}

    assert read_link(attributes) is None


def test_an_anchor_without_an_address_is_dead():
    assert read_link({}) is None
    assert read_link({"name": "here"}) is None


def test_the_address_beside_a_link_type_does_not_count():
    assert read_link({"linktype": "page", "id": "x", "href": "https://example.org"}) is None


def test_a_plain_link_is_ready_to_be_shown():
    reference = LinkReference("email", href="mailto:desk@example.org")

    assert plain_link(reference, "b0m0") == {
        "_type": "link",
        "_key": "b0m0",
        "kind": "email",
        "href": "mailto:desk@example.org",
        "page": None,
        "document": None,
    }
