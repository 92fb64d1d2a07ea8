"""What others add to the contract: modules that `CONTRACT_EXTENSIONS` names, of layers above."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, cast

from django.conf import settings

if TYPE_CHECKING:
    from frontend_contract.operation import Operation
    from frontend_contract.situations.situation import Situation


class Extension(Protocol):
    """A module with these functions: endpoints, components by name, examples."""

    operations: Callable[[], Mapping[tuple[type[Any], str], Operation]]
    answers: Callable[[], Mapping[str, Any]]
    situations: Callable[[], list[Situation]]


@cache
def extensions() -> tuple[Extension, ...]:
    """The modules, in the setting's order."""
    return tuple(cast(Extension, import_module(name)) for name in settings.CONTRACT_EXTENSIONS)
