"""What cannot be typed is a system-check error that says where it is and what to mend."""

from typing import Any, Literal, NotRequired, TypedDict, get_args

import pytest
from django.core.checks import run_checks
from django.db.models import IntegerField
from pydantic import TypeAdapter
from wagtail import blocks

from api.codecs import naming, pages
from api.codecs.blocks import block_codec
from api.codecs.codec import Codec, NoCodec
from api.codecs.encoding import Encoding, Scope
from api.codecs.links import kinds
from pages import models
from pages.blocks.body import BodyBlock
from pages.blocks.text import QuoteBlock


@pytest.fixture(autouse=True)
def names(monkeypatch):
    """Names that are taken in a test are free again after it."""
    monkeypatch.setattr(naming, "_components", dict(naming._components))
    monkeypatch.setattr(naming, "_unions", dict(naming._unions))


@pytest.fixture
def answer(monkeypatch):
    """Makes standard pages answer something else, and gives the errors that the checks report."""

    def errors(names=("body",), body=None, **attributes):
        monkeypatch.setattr(models.StandardPage, "api_fields", list(names))
        for name, value in attributes.items():
            monkeypatch.setattr(models.StandardPage, name, value, raising=False)
        if body is not None:
            body.set_name("body")
            field = models.StandardPage._meta.get_field("body")
            monkeypatch.setitem(vars(field), "stream_block", body)
        return run_checks(tags=["contract"])

    return errors


def encode(block, value):
    """What a block's value is answered as; blocks in streams need a scope, and nothing else."""
    encoding = Encoding()
    return encoding.resolve(block_codec(block).encode(value, Scope(encoding)))


def test_everything_that_is_answered_has_a_codec():
    assert run_checks(tags=["contract"]) == []


def test_a_kind_of_page_has_choices(monkeypatch):
    """Else a link to such a page, or `kind=`, would find a kind that has no name."""
    monkeypatch.setattr(models.FactSheetPage._meta.get_field("kind"), "choices", None)

    (error,) = run_checks(tags=["contract"])

    assert error.id == "api.E002"
    assert error.obj is models.FactSheetPage
    assert "choices" in str(error.hint)


def test_a_kind_of_page_is_text(monkeypatch):
    number = IntegerField(choices=[(1, "One"), (2, "Two")])
    monkeypatch.setitem(models.StandardPage._meta._forward_fields_map, "kind", number)

    assert kinds(models.StandardPage) == {}


def test_a_block_without_a_codec_is_found_wherever_it_is(answer):
    class Body(BodyBlock):
        part = blocks.StructBlock([("items", blocks.ListBlock(blocks.RawHTMLBlock()))])

    (error,) = answer(body=Body())

    assert error.id == "api.E001"
    assert error.obj is models.StandardPage
    assert error.msg == (
        "StandardPage.body cannot be answered: part.items: no codec for RawHTMLBlock"
    )
    assert "docs/extending.md" in error.hint


class Vague(TypedDict):
    anything: Any


class Partial(TypedDict):
    there: str
    perhaps: NotRequired[str]


def colour(self):
    return "red"


def anything(self) -> Any:
    return 1


def bare(self) -> dict:
    return {}


def vague(self) -> Vague:
    return {"anything": 1}


def partial(self) -> Partial:
    return {"there": ""}


def unreadable(self) -> "Nowhere":  # type: ignore[name-defined]  # noqa: F821
    return 1


@pytest.mark.parametrize(
    ("function", "reason"),
    [
        (colour, "StandardPage.odd needs a return annotation"),
        (anything, "StandardPage.odd is annotated with typing.Any, which no contract can promise"),
        (bare, "StandardPage.odd is annotated with <class 'dict'>"),
        (vague, "StandardPage.odd is annotated with typing.Any"),
        (partial, "Partial may lack perhaps"),
        (unreadable, "the annotations of StandardPage.odd cannot be read: name 'Nowhere'"),
    ],
)
def test_a_property_says_what_it_returns(answer, function, reason):
    (error,) = answer(["odd"], odd=property(function))

    assert (error.id, error.obj) == ("api.E001", models.StandardPage)
    assert error.msg.startswith(f"StandardPage.odd cannot be answered: {reason}")


def test_a_property_that_says_it_is_answered(answer):
    def shade(self) -> Literal["light", "dark"] | None:
        return "dark"

    assert answer(["shade"], shade=property(shade)) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nonsense", "StandardPage.nonsense is neither a field nor a property"),
        ("owner", "no codec for references to User"),
        ("get_parent", "StandardPage.get_parent is neither a field nor a property"),
    ],
)
def test_a_name_in_api_fields_means_something(answer, name, reason):
    (error,) = answer([name])

    assert error.msg == f"StandardPage.{name} cannot be answered: {reason}"


def test_every_error_is_reported_at_once(answer, monkeypatch):
    monkeypatch.setattr(models.SectionPage, "api_fields", ["odd"], raising=False)

    errors = answer(["nonsense", "owner"])

    assert [error.obj for error in errors] == [models.SectionPage] + [models.StandardPage] * 2


def named(name, *children):
    """A block class of this name."""
    return type(name, (blocks.StructBlock,), dict(children))


@pytest.mark.parametrize(
    ("kind", "block_class", "taken"),
    [
        ("voice", named("QuoteBlock", ("words", blocks.CharBlock())), "QuoteValue"),
        ("voice", named("IncompleteBlock", ("words", blocks.CharBlock())), "IncompleteValue"),
        ("quote", named("VoiceBlock", ("words", blocks.CharBlock())), "QuoteBlock"),
        ("content", named("VoiceBlock", ("words", blocks.CharBlock())), "ContentBlock"),
        ("text", named("VoiceBlock", ("words", blocks.CharBlock())), "TextBlock"),
    ],
)
def test_two_shapes_of_one_name_are_an_error(answer, kind, block_class, taken):
    assert get_args(block_codec(QuoteBlock()).type)[0].__name__ == "QuoteValue"
    body = blocks.StreamBlock([(kind, block_class()), ("paragraph", blocks.RichTextBlock())])

    (error,) = answer(body=body)

    assert error.msg.startswith("StandardPage.body cannot be answered: ")
    assert f"two different shapes are called {taken}; rename one of the classes" in error.msg


@pytest.mark.parametrize("name", ["Link", "RichTextNode", "Image", "SiteLocale", "QuoteValue"])
def test_a_union_does_not_take_the_name_of_something_else(answer, name):
    stream = type(name, (blocks.StreamBlock,), {"word": blocks.CharBlock()})

    (error,) = answer(body=stream())

    assert f"two different shapes are called {name}" in error.msg


def test_two_page_types_of_one_short_name_are_an_error(answer, monkeypatch):
    monkeypatch.setattr(models.SectionPage, "short_type", lambda: "standard")
    pages.page_models.cache_clear()

    (error,) = run_checks(tags=["contract"])

    pages.page_models.cache_clear()
    assert "pages.SectionPage and pages.StandardPage have the same short name" in error.msg


def test_the_same_block_in_two_places_is_one_component():
    first, second = (
        blocks.StreamBlock([("remark", blocks.StructBlock([("words", blocks.CharBlock())]))])
        for _ in range(2)
    )
    first.set_name("remarks")
    second.set_name("remarks")

    lists = [get_args(block_codec(block).type)[0] for block in (first, second)]
    assert lists[0] == lists[1]


def test_a_struct_without_any_name_is_an_error():
    nameless = blocks.ListBlock(blocks.StructBlock([("words", blocks.CharBlock())]))

    with pytest.raises(NoCodec, match="make it a class"):
        block_codec(nameless)


# Blocks that say themselves how they are answered --------------------------------------------


class Rating(TypedDict):
    stars: int
    out_of: int


class RatingBlock(blocks.StructBlock):
    stars = blocks.IntegerBlock(required=False)

    def get_api_representation(self, value, context=None) -> Rating:
        return {"stars": value["stars"], "out_of": 5}


class ShoutedBlock(blocks.CharBlock):
    def get_api_representation(self, value, context=None) -> str:
        return value.upper()


class CountBlock(blocks.ListBlock):
    def get_api_representation(self, value, context=None) -> int:
        return len(value)


class WordsBlock(blocks.StreamBlock):
    word = blocks.CharBlock()

    def get_api_representation(self, value, context=None) -> list[str]:
        return [child.value for child in value]


@pytest.mark.parametrize(
    ("block", "value", "expected", "schema"),
    [
        (RatingBlock(), {"stars": 4}, {"stars": 4, "out_of": 5}, "object"),
        (ShoutedBlock(), "loud", "LOUD", "string"),
        (CountBlock(blocks.CharBlock()), ["a", "b"], 2, "integer"),
        (WordsBlock(), [{"type": "word", "value": "a", "id": "1"}], ["a"], "array"),
    ],
)
def test_a_block_may_say_itself_how_it_is_answered(block, value, expected, schema):
    assert encode(block, value) == expected
    assert TypeAdapter(block_codec(block).type).json_schema()["type"] == schema


def test_such_a_block_is_checked_like_any_other():
    stream = blocks.StreamBlock([("rating", RatingBlock()), ("shout", ShoutedBlock())])
    stream.set_name("remarks")
    values = [("rating", {"stars": None}), ("rating", {"stars": 1}), ("shout", "so")]

    unfinished, finished, shout = encode(
        stream, [{"type": kind, "value": value, "id": "1"} for kind, value in values]
    )

    assert unfinished["value"] == {"block": "rating", "missing": ["stars"]}
    assert finished["value"] == {"stars": 1, "out_of": 5}
    assert shout["value"] == "SO"


def test_such_a_block_needs_an_annotation(answer):
    class MuteBlock(blocks.CharBlock):
        def get_api_representation(self, value, context=None):
            return value

    (error,) = answer(body=blocks.StreamBlock([("mute", MuteBlock())]))

    assert error.msg.endswith("mute: MuteBlock.get_api_representation needs a return annotation")


def test_the_nearest_class_decides(monkeypatch):
    class QuietBlock(ShoutedBlock):
        pass

    class CountedBlock(QuietBlock):
        def get_api_representation(self, value, context=None) -> int:  # type: ignore[override]
            return len(value)

    monkeypatch.setattr(block_codec, "_makers", dict(block_codec._makers))
    assert encode(QuietBlock(), "Hush") == "HUSH"
    block_codec.register(QuietBlock)(lambda block: Codec(str, lambda value, scope: value.lower()))

    assert encode(QuietBlock(), "Hush") == "hush"
    assert encode(CountedBlock(), "Hush") == 4
    assert encode(ShoutedBlock(), "Hush") == "HUSH"
    assert encode(blocks.CharBlock(), "Hush") == "Hush"


def test_a_cache_that_cannot_be_told_anything_is_an_error(settings):
    varnish = {"BACKEND": "api.purge.backends.VarnishBackend", "LOCATION": "http://10.1.2.3"}
    settings.WAGTAILFRONTENDCACHE = {
        "good": varnish,
        "unknown": {"BACKEND": "api.purge.backends.Nothing"},
        "without": {"BACKEND": "api.purge.backends.FastlyBackend", "SERVICE_ID": "s1"},
    }
    unknown, without = run_checks(tags=["caches"])
    assert "'unknown'" in unknown.msg
    assert "Nothing" in unknown.msg
    assert "'without'" in without.msg
    assert "TOKEN" in without.msg
