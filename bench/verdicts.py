"""What a run must show, and whether it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cell = Mapping[str, Any]

# Of a request, in milliseconds.
LIST_CPU, DATABASE, PUBLISHING = 6.0, 25.0, 50.0
LIST_QUERIES = 3


@dataclass(frozen=True)
class Verdict:
    """One line. `passed` is None where the run did not measure it; `found` says why."""

    wanted: str
    found: str
    passed: bool | None

    @property
    def word(self) -> str:
        return {True: "PASS", False: "FAIL", None: "not measured"}[self.passed]


def verdicts(cells: Sequence[Cell]) -> list[Verdict]:
    """All lines, for the largest number of pages on PostgreSQL."""
    measured = sorted(
        (cell for cell in cells if cell["database"] == "postgresql"), key=lambda cell: cell["size"]
    )
    if not measured:
        return [Verdict("everything below", "no PostgreSQL", None)]
    least, most = measured[0], measured[-1]
    return [
        _ratio("detail ≤ 1.5 × the bare view", most, "detail", "product", "bare", 1.5),
        _times(
            "detail ≥ 60 × less than stock v2 with html, resolved",
            most,
            "detail",
            "stock_resolved",
            60,
        ),
        _ratio("304 ≤ 1.2 × the bare view's", most, "not_modified", "product", "bare", 1.2),
        _most("list of 20 full ≤ 6 ms of CPU", most, "list", "cpu_ms", LIST_CPU, "ms"),
        _list_queries(most),
        _deep(most),
        _search(least, most),
        _database(most),
        _publishing(most),
        _fresh(most),
    ]


def _value(cell: Cell, measure: str, contestant: str, name: str = "cpu_ms") -> float | None:
    found = cell["measures"][measure]["contestants"].get(contestant, {}).get(name)
    return None if found is None else float(found)


def _judge(
    wanted: str,
    values: Sequence[float | None],
    judge: Callable[..., tuple[str, bool]],
    why: str = "",
) -> Verdict:
    if any(value is None for value in values):
        return Verdict(wanted, why or "a contestant is missing", None)
    return Verdict(wanted, *judge(*values))


def _ratio(wanted: str, cell: Cell, measure: str, one: str, other: str, most: float) -> Verdict:
    def judge(first: float, second: float) -> tuple[str, bool]:
        return f"{first:.2f} / {second:.2f} ms = {first / second:.2f}", first <= most * second

    missing = cell["measures"][measure]["contestants"].get(one, {}).get("missing", "")
    return _judge(wanted, [_value(cell, measure, name) for name in (one, other)], judge, missing)


def _times(wanted: str, cell: Cell, measure: str, other: str, least: float) -> Verdict:
    def judge(ours: float, theirs: float) -> tuple[str, bool]:
        return f"{theirs:.1f} / {ours:.2f} ms = {theirs / ours:.0f}", theirs >= least * ours

    return _judge(wanted, [_value(cell, measure, name) for name in ("product", other)], judge)


def _most(wanted: str, cell: Cell, measure: str, name: str, most: float, unit: str) -> Verdict:
    def judge(value: float) -> tuple[str, bool]:
        return f"{value:.3g} {unit}", value <= most

    return _judge(wanted, [_value(cell, measure, "product", name)], judge)


def _list_queries(cell: Cell) -> Verdict:
    def judge(kept: float, anew: float) -> tuple[str, bool]:
        return f"{kept:.0f} kept, {anew:.0f} put together anew", max(kept, anew) <= LIST_QUERIES

    values = [_value(cell, measure, "product", "queries") for measure in ("list", "list_anew")]
    return _judge("list of 20 full ≤ 3 queries", values, judge)


def _deep(cell: Cell) -> Verdict:
    def judge(deep: float, first: float) -> tuple[str, bool]:
        return f"{deep:.2f} / {first:.2f} ms = {deep / first:.2f}", deep <= 1.3 * first

    values = [_value(cell, measure, "product") for measure in ("deep_anew", "list_anew")]
    return _judge("its deepest page ≤ 1.3 × the first, both put together anew", values, judge)


def _search(least: Cell, most: Cell) -> Verdict:
    wanted = "search for common words ≤ 2 × that in a tenth of the pages"
    if most["size"] < 10 * least["size"]:
        return Verdict(wanted, "one size only", None)

    def judge(many: float, few: float) -> tuple[str, bool]:
        return f"{many:.2f} / {few:.2f} ms = {many / few:.2f}", many <= 2 * few

    return _judge(wanted, [_value(cell, "search", "product") for cell in (most, least)], judge)


def _database(cell: Cell) -> Verdict:
    found: dict[str, float] = dict(_database_times(cell))
    slowest = max(found, key=lambda title: found[title])
    return Verdict(
        "nothing above 25 ms of database time",
        f"{found[slowest]:.1f} ms: {slowest}",
        found[slowest] <= DATABASE,
    )


def _database_times(cell: Cell) -> Iterator[tuple[str, float]]:
    for name, measure in cell["measures"].items():
        value = _value(cell, name, "product", "db_ms")
        if value is not None:
            yield measure["title"], value


def _publishing(cell: Cell) -> Verdict:
    found = cell["publish"]
    wanted = f"publishing with {found['dependents']} dependents: ≤ 50 ms added"
    if not found["triggers"]:
        return Verdict(wanted, "no triggers stand in the database", None)
    return Verdict(wanted, f"{found['added_ms']:.0f} ms", found["added_ms"] <= PUBLISHING)


def _fresh(cell: Cell) -> Verdict:
    found = cell["publish"]
    return Verdict(
        "dependents fresh on the next read",
        f"{found['fresh']} of {found['dependents']}",
        found["fresh"] == found["dependents"] > 0,
    )
