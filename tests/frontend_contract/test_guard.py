"""A change that breaks frontends does not go out without a major version and a word about it."""

import json
import re
import subprocess
from copy import deepcopy

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from api.codecs.pages import any_page, page_models
from frontend_contract.compat import Change, compare
from frontend_contract.live import components_in, documents_by_component
from frontend_contract.management.commands import contract
from frontend_contract.policy import NoVersion, violations
from frontend_contract.version import PUBLISHED, RELEASED, contract_version
from tests import factories
from tests.bodies import block

PUBLISHED_NOW = json.loads((PUBLISHED / "openapi.json").read_bytes())

BREAKING = Change(True, "press_release.deck", "was removed: …", "PressReleasePage")
ADDITION = Change(False, "press_release.tone", "is new: …", "PressReleasePage")


# What may become of the contract ------------------------------------------------------------------


def without_deck(document):
    for name in ("PressReleasePage", "PressReleasePagePart"):
        schema = document["components"]["schemas"][name]
        del schema["properties"]["deck"]
        schema["required"] = [each for each in schema.get("required", []) if each != "deck"]


def nullable_deck(document):
    for name in ("PressReleasePage", "PressReleasePagePart"):
        properties = document["components"]["schemas"][name]["properties"]
        properties["deck"] = {"anyOf": [{"type": "string"}, {"type": "null"}]}


def without_quotes(document):
    schemas = document["components"]["schemas"]
    for name in ("Block", "ContentBlock", "HomePageQuotationsBlock"):
        union = schemas[name]
        if union["discriminator"]["mapping"].pop("quote", None):
            union["oneOf"].remove({"$ref": "#/components/schemas/QuoteBlock"})
    del schemas["QuoteBlock"], schemas["QuoteValue"]


def with_speeches(document):
    """As `README.md` adds a page type."""
    schemas = document["components"]["schemas"]
    for name in ("", "Part"):
        schema = deepcopy(schemas[f"StandardPage{name}"])
        schema["properties"]["type"]["const"] = "speech"
        schemas[f"SpeechPage{name}"] = schema
    speech = "#/components/schemas/SpeechPage"
    schemas["Page"]["oneOf"].append({"$ref": speech})
    schemas["Page"]["discriminator"]["mapping"]["speech"] = speech
    schemas["PagePart"]["anyOf"].append({"$ref": f"{speech}Part"})
    parameters = document["paths"]["/api/v2/pages/"]["get"]["parameters"]
    type_ = next(parameter for parameter in parameters if parameter["name"] == "type")
    type_["schema"]["items"]["enum"].append("speech")


def with_verdicts(document):
    """As `README.md` adds a block."""
    schemas = document["components"]["schemas"]
    schemas["VerdictBlock"] = deepcopy(schemas["HeadingBlock"])
    schemas["VerdictBlock"]["properties"]["type"]["const"] = "verdict"
    verdict = "#/components/schemas/VerdictBlock"
    for name in ("Block", "ContentBlock"):
        schemas[name]["oneOf"].append({"$ref": verdict})
        schemas[name]["discriminator"]["mapping"]["verdict"] = verdict


def with_tone(document):
    for name in ("PressReleasePage", "PressReleasePagePart"):
        schema = document["components"]["schemas"][name]
        schema["properties"]["tone"] = {"type": "string"}
    document["components"]["schemas"]["PressReleasePage"]["required"].append("tone")


def without_deck_in_listings(document):
    del document["components"]["schemas"]["PressReleasePagePart"]["properties"]["deck"]


def with_other_items(document):
    listing = document["components"]["schemas"]["ImageListing"]
    listing["properties"]["items"]["items"] = {"$ref": "#/components/schemas/DocumentItemPart"}


def listing_less_unasked(document):
    _fields_of_pages(document)["schema"]["default"].remove("title")


def listing_more_unasked(document):
    _fields_of_pages(document)["schema"]["default"].append("summary")


def _fields_of_pages(document):
    parameters = document["paths"]["/api/v2/pages/"]["get"]["parameters"]
    return next(parameter for parameter in parameters if parameter["name"] == "fields")


def under_another_name(document):
    document["paths"]["/api/v2/pages/"]["get"]["operationId"] = "pages_listing"


def for_the_initiated(document):
    document["security"] = [{"token": []}]


def with_a_token(document):
    document["paths"]["/api/v2/site/"]["get"]["security"].append({"token": []})


def with_a_token_alone(document):
    document["paths"]["/api/v2/site/"]["get"]["security"] = [{"token": []}]


def without_topic_filter(document):
    operation = document["paths"]["/api/v2/pages/"]["get"]
    operation["parameters"] = [
        parameter for parameter in operation["parameters"] if parameter["name"] != "topic"
    ]


def after(change):
    document = deepcopy(PUBLISHED_NOW)
    change(document)
    return document


@pytest.mark.once
@pytest.mark.parametrize(
    ("change", "places"),
    [
        (without_deck, ["press_release.deck"]),
        (nullable_deck, ["press_release.deck"]),
        (without_topic_filter, ["GET /api/v2/pages/ ?topic"]),
        (without_deck_in_listings, ["PressReleasePagePart.deck"]),
        (with_other_items, ["ImageListing.items[]"]),
        (listing_less_unasked, ["GET /api/v2/pages/ ?fields"]),
        (under_another_name, ["GET /api/v2/pages/"]),
        (for_the_initiated, ["the API"]),
        (with_a_token_alone, ["GET /api/v2/site/"]),
        (
            without_quotes,
            ["Block", "ContentBlock", "HomePageQuotationsBlock", "QuoteBlock", "QuoteValue"],
        ),
    ],
)
def test_breaks_of_the_published_contract_are_told_once(change, places):
    found = compare(PUBLISHED_NOW, after(change))

    assert [each.place for each in found] == places
    assert all(each.breaking for each in found)


@pytest.mark.once
@pytest.mark.parametrize(
    "change", [with_speeches, with_verdicts, with_tone, listing_more_unasked, with_a_token]
)
def test_what_developers_add_every_day_breaks_nothing(change):
    found = compare(PUBLISHED_NOW, after(change))

    assert found
    assert not [each for each in found if each.breaking]


# Versions -----------------------------------------------------------------------------------------


@pytest.mark.once
@pytest.mark.parametrize(
    ("changes", "version", "changelog", "said"),
    [
        ([], "1.4.2", "", []),
        ([], "1.4.3", "## 1.4.3\n\nWords.", []),
        ([ADDITION], "1.5.0", "## 1.5.0\n\nA tone.", []),
        ([BREAKING, ADDITION], "2.0.0", "# All\n\n## 2.0.0 (soon)\n\nNo deck.\n\n## 1.4.2\n", []),
        ([ADDITION], "1.4.2", "", ["1 addition: published/VERSION must be at least 1.5.0"]),
        ([ADDITION], "1.4.3", "## 1.4.3\n\nA tone.", ["must be at least 1.5.0, and says 1.4.3"]),
        (
            [BREAKING, BREAKING, ADDITION],
            "1.5.0",
            "",
            [
                "2 breaking changes and 1 addition: published/VERSION must be at least 2.0.0",
                "## 1.5",
            ],
        ),
        ([BREAKING], "2.0.0", "## 2.0.0\n\n## 1.4.2\n\nWords.", ["nothing below a heading"]),
        ([BREAKING], "2.0.0", "## 2.0.01\n\nWords.", ["nothing below a heading"]),
    ],
)
def test_version_and_changelog_say_what_changed(changes, version, changelog, said):
    found = violations(changes, "1.4.2", version, changelog)

    assert len(found) == len(said)
    for sentence, part in zip(found, said, strict=True):
        assert part in sentence


@pytest.mark.once
@pytest.mark.parametrize("version", ["1.4", "v1.5.0", "1.05.0", "", "1.4.1", "0.9.0"])
def test_odd_versions_are_refused(version):
    with pytest.raises(NoVersion):
        violations([], "1.4.2", version, "")


# The command --------------------------------------------------------------------------------------


@pytest.fixture
def released(tmp_path, monkeypatch):
    """Says what was released last, in place of what was; gives the file that says so."""

    def release(document):
        path = tmp_path / "openapi.json"
        path.write_text(json.dumps(document))
        monkeypatch.setattr(contract, "RELEASED", path)
        return path

    return release


@pytest.mark.django_db
def test_diff_counts_the_live_documents_that_a_break_touches(released, capsys):
    home = factories.make_site().root_page
    quote = {"quotation": "So.", "person": None, "name": "A. Adams", "post": "", "organisation": ""}
    for number in range(3):
        body = [block("quote", quote)] if number else [block("paragraph", "<p>Words.</p>")]
        factories.PressReleasePageFactory(parent=home, body=body)
    factories.PressReleasePageFactory(parent=home, live=False)
    before = after(with_tone)
    value = before["components"]["schemas"]["QuoteValue"]
    value["properties"]["loud"] = {"type": "boolean"}
    value["required"].append("loud")
    released(before)

    with pytest.raises(CommandError, match=r"2 breaking changes: .* at least 2\.0\.0"):
        call_command("contract", "diff")

    lines = capsys.readouterr().out.splitlines()
    assert lines == [
        "breaking  press_release.tone: was removed: consumers that read it find nothing "
        "(3 live documents)",
        "breaking  quote.value.loud: was removed: consumers that read it find nothing "
        "(2 live documents)",
        f"2 changes since {contract_version()}.",
    ]


@pytest.mark.django_db
def test_blocks_of_a_kind_that_is_no_more_are_counted_as_they_are_stored(released, capsys):
    home = factories.make_site().root_page
    nested = block("section", {"title": "A part", "content": [block("verdict", {"text": "So"})]})
    page = factories.StandardPageFactory(parent=home, body=[])
    type(page).objects.filter(pk=page.pk).update(body=json.dumps([nested]))
    released(after(with_verdicts))

    with pytest.raises(CommandError):
        call_command("contract", "diff")

    assert 'has no "verdict" any more' in (told := capsys.readouterr().out)
    assert told.count("(1 live document)") == 3  # of both unions, and of the component


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["Image", "PageMeta", "SiteLocale", "PressReleasePage"])
def test_what_cannot_be_counted_is_not_said_to_be_nothing(released, capsys, name):
    home = factories.make_site().root_page
    factories.PressReleasePageFactory(parent=home, share_image=factories.ImageFactory())
    before = json.dumps(PUBLISHED_NOW)
    old = f"Old{name}"
    before = before.replace(f'schemas/{name}"', f'schemas/{old}"').replace(
        f'"{name}": {{', f'"{old}": {{'
    )
    released(json.loads(before))

    with pytest.raises(CommandError):
        call_command("contract", "diff")

    told = [line for line in capsys.readouterr().out.splitlines() if line.startswith("breaking")]
    assert told
    assert not [line for line in told if "(0 live documents)" in line]


@pytest.mark.once
@pytest.mark.parametrize("action", ["diff", "check"])
def test_without_a_released_contract_nothing_is_taken_for_fine(monkeypatch, tmp_path, action):
    monkeypatch.setattr(contract, "RELEASED", tmp_path / "openapi.json")
    files = {"openapi.json": json.dumps(PUBLISHED_NOW).encode()}
    monkeypatch.setattr("frontend_contract.build.published_files", lambda: files)
    monkeypatch.setattr("frontend_contract.build.differences", lambda wanted: [])

    with pytest.raises(CommandError, match="is missing"):
        call_command("contract", action)


@pytest.mark.once
def test_what_is_released_has_a_version_that_the_changelog_knows():
    version = json.loads(RELEASED.read_bytes())["info"]["version"]

    assert f"\n## {version}\n" in (PUBLISHED / "CHANGELOG.md").read_text()


@pytest.mark.once
def test_diff_works_without_a_database(released, monkeypatch, capsys):
    def broken(schemas):
        raise OperationalError("no server")

    monkeypatch.setattr(contract, "documents_by_component", broken)
    released(after(with_tone))

    with pytest.raises(CommandError):
        call_command("contract", "diff")

    told = capsys.readouterr()
    assert "(live documents not counted)" in told.out
    assert "The live documents cannot be counted: no server" in told.err


@pytest.mark.once
def test_additions_are_told_and_nothing_is_counted_for_them(released, capsys, monkeypatch):
    released(after(without_deck))
    monkeypatch.setattr(contract, "documents_by_component", None)

    with pytest.raises(
        CommandError, match=r"1 addition: published/VERSION must be at least \d+\.[1-9]\d*\.0,"
    ):
        call_command("contract", "diff")

    assert capsys.readouterr().out.startswith("addition  press_release.deck: is new")


@pytest.mark.django_db
def test_diff_compares_with_a_revision(capsys):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("contract", "diff", "nowhere")
    with pytest.raises(CommandError):
        call_command("contract", "diff", "--", "--output=/tmp/stolen")
    if not _is_committed():
        pytest.skip("this checkout has no revision that holds the contract")

    call_command("contract", "diff", "HEAD")

    assert " changes since HEAD." in capsys.readouterr().out


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("action", ["build", "check"])
def test_an_example_with_a_block_that_is_no_more_is_told_where_to_mend_it(monkeypatch, action):
    any_page()  # Codecs are made once a process, and not of what is missing here.
    for model in page_models().values():
        # Not taken out of the dictionary, where it would come back as the last.
        stream = model.body.field.stream_block
        rest = {name: child for name, child in stream.child_blocks.items() if name != "quote"}
        monkeypatch.setattr(stream, "child_blocks", rest)

    with pytest.raises(CommandError) as refusal:
        call_command("contract", action)

    where, how = str(refusal.value).splitlines()
    assert re.match(r"home/full\.\w+\.\d+: there is no block “quote” here", where)
    assert "frontend_contract/situations/" in how


@pytest.mark.once
def test_check_refuses_what_diff_refuses(released, monkeypatch):
    files = {"openapi.json": json.dumps(PUBLISHED_NOW).encode()}
    monkeypatch.setattr("frontend_contract.build.published_files", lambda: files)
    monkeypatch.setattr("frontend_contract.build.differences", lambda wanted: ["openapi.json"])
    released(after(with_tone))

    with pytest.raises(CommandError) as refused:
        call_command("contract", "check")

    first, second = str(refused.value).split("\n")
    assert (
        first
        == "published/openapi.json is not what the code gives: run `manage.py contract build`."
    )
    assert "must be at least 2.0.0" in second


@pytest.mark.once
def test_a_release_is_what_comes_is_compared_with(released, monkeypatch, capsys):
    monkeypatch.setattr("frontend_contract.build.differences", lambda wanted: [])
    monkeypatch.setattr(contract.Command, "_violations", lambda self, document: [])
    monkeypatch.setattr("frontend_contract.build.published_files", lambda: {"openapi.json": b"{}"})
    path = released({})

    call_command("contract", "release")

    assert json.loads(path.read_bytes()) == PUBLISHED_NOW
    assert f"{contract_version()} is released." in capsys.readouterr().out


# Counting -----------------------------------------------------------------------------------------


@pytest.mark.once
def test_components_of_an_example_are_found():
    page = json.loads((PUBLISHED / "examples" / "press_release" / "full.json").read_bytes())

    found = components_in(page, "PressReleasePage", PUBLISHED_NOW["components"]["schemas"])

    assert {
        "PressReleasePage",
        "QuoteValue",
        "TextBlock",
        "FootnoteReference",
        "Signatory",
    } <= found
    assert not {"FactSheetPage", "PressReleasePagePart"} & found


@pytest.mark.django_db
def test_counting_takes_the_same_queries_for_many_documents(django_assert_max_num_queries):
    home = factories.make_site().root_page
    for _ in range(12):
        factories.StandardPageFactory(parent=home)

    with django_assert_max_num_queries(80):
        found = documents_by_component(PUBLISHED_NOW["components"]["schemas"])

    assert found["StandardPage"] == 12


def _is_committed() -> bool:
    shown = subprocess.run(
        ["git", "cat-file", "-e", "HEAD:frontend_contract/published/openapi.json"],
        cwd=PUBLISHED,
        capture_output=True,
        check=False,
    )
    return shown.returncode == 0
