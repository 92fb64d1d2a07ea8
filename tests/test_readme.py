"""What the README promises in code is true."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = (Path(__file__).parents[1] / "README.md").read_text()
EXTENDING = (Path(__file__).parents[1] / "docs" / "extending.md").read_text()

# Models cannot be undefined again, so each example gets a process of its own.
PROLOGUE = """
import json, os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "cms.settings.test"
django.setup()
from pydantic import TypeAdapter
from api.codecs.blocks import block_codec
from api.codecs.pages import page_codec
__name__ = "pages.models.example"
"""


def example_after(heading: str, text: str) -> str:
    """The first Python example below a heading."""
    found = re.search(rf"## {heading}\n.*?```python\n(.*?)```", text, re.DOTALL)
    assert found, f"no example below {heading}"
    return found[1]


def run(example: str, question: str):
    """The JSON that `question` prints after the example."""
    script = f"{PROLOGUE}\n{example}\nprint(json.dumps({question}))"
    process = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


@pytest.mark.once
def test_the_page_type_of_the_readme_joins_the_contract():
    example = example_after("Add a page type", README)
    schema = run(example, "page_codec(SpeechPage).answer.model_json_schema()")

    assert schema["properties"]["type"]["const"] == "speech"
    assert schema["properties"]["occasion"]["description"] == "Where it was held, and why."
    assert schema["properties"]["body"]["items"] == {"$ref": "#/$defs/Block"}


@pytest.mark.once
def test_the_block_of_the_readme_has_a_type():
    example = example_after("Add a block", README)
    schema = run(example, "TypeAdapter(block_codec(VerdictBlock()).type).json_schema()")

    assert set(schema["properties"]) == {"court", "decided_on", "decision"}
    assert schema["properties"]["decided_on"]["format"] == "date"


@pytest.mark.once
def test_a_block_may_answer_something_else_than_its_form():
    example = example_after("What blocks become", EXTENDING)
    imports = "from typing import TypedDict\nfrom wagtail import blocks\n"
    schema = run(imports + example, "TypeAdapter(block_codec(RatingBlock()).type).json_schema()")

    assert set(schema["properties"]) == {"stars", "out_of"}


@pytest.mark.once
def test_a_codec_of_ones_own_gives_a_block_its_type():
    example = example_after("A codec of your own", EXTENDING)
    schema = run(example, "TypeAdapter(block_codec(blocks.DecimalBlock()).type).json_schema()")

    assert schema == {"type": "string"}


@pytest.mark.parametrize("path", re.findall(r"\]\(((?!http)[^)]+)\)", README))
def test_links_of_the_readme_lead_somewhere(path):
    assert (Path(__file__).parents[1] / path).exists()
