"""What a new package or dependency has to be entered in, and could be forgotten in."""

import re
import tomllib

import pytest

from cms.settings.environment import CHECKOUT

pytestmark = pytest.mark.once

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
PACKAGES = {init.parent.name for init in CHECKOUT.glob("*/__init__.py")}


def test_there_are_packages():
    assert {"api", "cms", "pages"} <= PACKAGES


def test_every_package_has_its_place_among_the_layers():
    contract = PROJECT["tool"]["importlinter"]

    assert set(contract["root_packages"]) == PACKAGES
    assert set(contract["contracts"][0]["layers"]) == PACKAGES


def test_types_of_every_package_are_checked():
    assert set(PROJECT["tool"]["mypy"]["files"]) >= PACKAGES


@pytest.mark.parametrize("requirement", PROJECT["project"]["dependencies"])
def test_dependency_is_installed_in_the_version_that_is_asked_for(requirement):
    pinned = re.sub(r"\[.*?\]", "", requirement)

    for name in ("requirements.txt", "requirements-dev.txt"):
        assert f"\n{pinned} " in "\n" + (CHECKOUT / name).read_text(), name


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-redis.txt", "requirements-dev.txt"]
)
def test_requirements_come_from_wherever_pip_is_told_to_look(name):
    requirements = (CHECKOUT / name).read_text()

    assert requirements.count("--hash=sha256:") > 100
    assert "://" not in requirements
    assert "--index-url" not in requirements


def test_tests_install_the_same_versions_as_the_newsroom():
    def pins(name: str) -> set[str]:
        return set(re.findall(r"^[\w.-]+==[^ ]+", (CHECKOUT / name).read_text(), re.MULTILINE))

    assert pins("requirements.txt") < pins("requirements-dev.txt")
