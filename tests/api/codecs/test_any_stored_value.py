"""Whatever an import or an old version left in the database, an answer is of its type."""

from functools import partial

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.codecs.encoding import Encoding, Scope
from api.codecs.prose import encode_rich_text
from api.rich_text_format import FORMATS, RichTextFormat
from pages.blocks.body import BodyBlock
from tests.api.codecs.encode import encode
from tests.bodies import block, items

pytestmark = pytest.mark.django_db

KINDS = sorted(BodyBlock().child_blocks)


def names(found) -> set[str]:
    """Names of a block's members and of all below them."""
    children = getattr(found, "child_blocks", {})
    child = getattr(found, "child_block", None)
    below = [*children.values(), *([child] if child else [])]
    return {*children, *(name for block in below for name in names(block))}


NAMES = sorted(
    names(BodyBlock()) | {"type", "value", "id", "columns", "rows", "values", "alt_text"}
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 5),
    st.sampled_from(
        [
            2**63,
            2**80,
            0.5,
            float("inf"),
            "",
            "x",
            "5",
            "text",
            "h2",
            "<p>Words</p>",
            "<html><frameset>",
        ]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda below: st.one_of(
        st.lists(below, max_size=3),
        st.dictionaries(st.sampled_from(NAMES), below, max_size=4),
        st.lists(below, max_size=2).map(lambda found: items(*found)),
    ),
    max_leaves=12,
)


many = partial(
    settings,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@many(max_examples=60)
@pytest.mark.parametrize("kind", KINDS)
@given(value=VALUES)
@example(value="x")
@example(value=dict.fromkeys(NAMES, "x"))
@example(value=dict.fromkeys(NAMES, 2**80))
@example(value={name: [{"type": "item", "value": dict.fromkeys(NAMES, 5)}] for name in NAMES})
@example(value={"columns": [{"type": "text"}, 5], "rows": [{"values": 5}, None, {}]})
def test_any_value_of_a_block_is_answered_or_incomplete(kind, value):
    answer = encode(BodyBlock(), [block(kind, value)])

    assert [found["type"] in (kind, "incomplete") for found in answer] == [True]


@many(max_examples=200)
@given(stored=VALUES)
@example(stored=[{"type": ["heading"], "value": 1}])
@example(stored=[{"type": "section", "value": {"content": {"type": "heading"}}}])
def test_any_stream_is_answered(stored):
    encode(BodyBlock(), stored)


def test_names_reach_all_blocks():
    assert len(KINDS) >= 20
    assert len(NAMES) >= 50


@many(max_examples=200)
@given(text=st.text("<>/!-htmlbodyfraset ap=\"'0", max_size=60))
@example(text="<p>left open <b>here")
@example(text="<p>closed <b>in the wrong place</p></b>")
@example(text="<li>of no list</li>")
@example(text="<html></html>")
@example(text="<html><frameset>")
@example(text="<!doctype html>")
@example(text="<html><body><p>a</p></body><body><p>b</p></body></html>")
@pytest.mark.parametrize("name", FORMATS)
def test_any_text_is_written_in_every_format(name, text):
    encoding = Encoding()
    (tree,) = encoding.resolve([encode_rich_text(text, Scope(encoding))])

    RichTextFormat.called(name).apply(tree)
