"""What is published: everything below `published/` but VERSION and CHANGELOG.md, from the code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from frontend_contract.components import answers, components, page_components
from frontend_contract.openapi import openapi
from frontend_contract.schemas import references, self_contained
from frontend_contract.situations import answers as examples
from frontend_contract.version import PUBLISHED, contract_version

GENERATED = ("openapi.json", "schemas/*.json", "examples/**/*.json")


def published_files() -> dict[str, bytes]:
    """Paths below `published/` with what they should hold: the same bytes every time."""
    found = {f"examples/{name}": content for name, content in examples().items()}
    document = with_examples(openapi(contract_version()), found)
    return {
        "openapi.json": _bytes(document),
        **{f"schemas/{name}.json": _bytes(schema) for name, schema in schemas().items()},
        **found,
    }


def schemas() -> dict[str, dict[str, Any]]:
    """Self-contained JSON Schemas by name: of all that is answered, of page types, of blocks."""
    known = components()
    blocks = references(known["Block"])
    names = {*answers(), *page_components().values(), "Block", *blocks}
    return {name: self_contained(name, known) for name in sorted(names)}


def write(folder: Path = PUBLISHED) -> list[str]:
    """Writes what is published, removes what is no more, and gives the paths that changed."""
    wanted = published_files()
    changed = differences(wanted, folder)
    for name in changed:
        path = folder / name
        if name in wanted:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(wanted[name])
        else:
            path.unlink()
    return changed


def differences(wanted: dict[str, bytes], folder: Path = PUBLISHED) -> list[str]:
    """Paths below `folder` that hold something else than they should, or should not be."""
    there = {
        path.relative_to(folder).as_posix(): path
        for pattern in GENERATED
        for path in folder.glob(pattern)
    }
    changed = [
        name
        for name, content in wanted.items()
        if name not in there or there[name].read_bytes() != content
    ]
    return sorted({*changed, *(there.keys() - wanted.keys())})


def with_examples(document: dict[str, Any], files: dict[str, bytes]) -> dict[str, Any]:
    """The OpenAPI document with each operation's examples: short ones whole, others by address."""
    for entry in json.loads(files["examples/index.json"]):
        operation = _operations(document, entry["request"]).get(entry["method"].lower())
        if operation is None:
            continue
        status = str(entry["status"])
        responses = operation["responses"]
        response = responses.get(status, responses["default"])
        content = files[f"examples/{entry['file']}"]
        shown: dict[str, Any] = {"summary": entry["description"]}
        if len(content) <= LONGEST_INLINE:
            shown["value"] = json.loads(content)
        else:
            shown["externalValue"] = f"examples/{entry['file']}"
        for media_type in response["content"].values():
            media_type.setdefault("examples", {})[entry["name"]] = shown
    return document


LONGEST_INLINE = 4000


def _operations(document: dict[str, Any], request: str) -> dict[str, Any]:
    """The operations at the address of a request, by their methods."""
    path = request.partition("?")[0]
    parts = path.split("/")
    for template, operations in document["paths"].items():
        wanted = template.split("/")
        if len(wanted) == len(parts) and all(
            name == part or (name.startswith("{") and part.isdigit())
            for name, part in zip(wanted, parts, strict=True)
        ):
            found: dict[str, Any] = operations
            return found
    raise LookupError(f"no operation of the contract answers {request}")


def _bytes(document: Any) -> bytes:
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
