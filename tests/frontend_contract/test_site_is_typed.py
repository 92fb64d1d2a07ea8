"""A type of page or block that the reference site does not show does not compile."""

import shutil
from pathlib import Path

import pytest

from frontend_contract.node import NpmFailed, run_npm
from frontend_contract.version import HERE

pytestmark = pytest.mark.once

SITE = HERE / "site"
CASES = {
    "components/Page.astro": '        case "profile":\n          return <Profile page={page} />;\n',
    "components/blocks/Block.astro": (
        '      case "quote":\n        return <Quote value={block.value} />;\n'
    ),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The site beside the client that it is linked to, with what both are built with."""
    root = tmp_path_factory.mktemp("contract")
    (root / "typescript").symlink_to(HERE / "typescript")
    ignored = shutil.ignore_patterns("node_modules", "dist", ".astro", "__pycache__")
    shutil.copytree(SITE, root / "site", ignore=ignored)
    (root / "site" / "node_modules").symlink_to(SITE / "node_modules")
    return root / "site"


def test_every_type_has_a_case(copy):
    for file, case in CASES.items():
        path = copy / "src" / file
        assert case in path.read_text()
        path.write_text(path.read_text().replace(case, ""))

    with pytest.raises(NpmFailed) as failed:
        run_npm(copy, "run", "check")

    for file in CASES:
        assert file in str(failed.value)
    assert "is not assignable to parameter of type 'never'" in str(failed.value)
    assert str(failed.value).count("error") >= len(CASES)
