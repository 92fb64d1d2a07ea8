"""Tables of a run. `python -m bench.report` writes those of the last one into docs/performance.md."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.verdicts import verdicts
from cms.settings.environment import CHECKOUT

LATEST = Path(__file__).with_name("latest.json")
PAGE = CHECKOUT / "docs" / "performance.md"
BEGIN, END = "<!-- numbers: python -m bench.report -->", "<!-- end of numbers -->"

NAMES = {
    "product": "Dateline",
    "bare": "bare view",
    "stock": "stock v2",
    "stock_resolved": "stock v2, resolved",
    "nginx": "nginx",
}
VENDORS = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}


def report(run: Mapping[str, Any]) -> str:
    """A run in Markdown: the machine, the lines of what it must show, and two tables a cell."""
    parts = [machine(run["machine"]), lines(run["cells"])]
    for cell in run["cells"]:
        title = f"### {VENDORS[cell['database']]}, {cell['size']:,} pages"
        parts += [title, processor(cell), traffic(cell), publishing(cell)]
    return "\n\n".join(parts)


def machine(found: Mapping[str, Any]) -> str:
    """What it ran on, in a sentence for each thing."""
    return "\n".join(f"- {name}: {value}" for name, value in found.items())


def lines(cells: Sequence[Mapping[str, Any]]) -> str:
    """What the run must show."""
    rows = [[one.wanted, one.found, one.word] for one in verdicts(cells)]
    return table(["must show", "found", ""], rows)


def processor(cell: Mapping[str, Any]) -> str:
    """Processor time of a request by contestant, and how many times the product's it is."""
    rows = []
    for measure in cell["measures"].values():
        found = measure["contestants"]
        product = found.get("product", {})
        ours = product.get("cpu_ms")
        rows.append(
            [
                measure["title"],
                _number(product.get("queries"), 0),
                _number(product.get("db_ms")),
                _number(product.get("bytes"), 0),
                _number(ours) if ours is not None else product.get("missing", "–"),
                *(
                    found.get(name, {}).get("missing")
                    or _compared(found.get(name, {}).get("cpu_ms"), ours)
                    for name in NAMES
                    if name != "product"
                ),
            ]
        )
    others = [name for key, name in NAMES.items() if key != "product"]
    heading = ["CPU ms a request", "queries", "database ms", "bytes", "Dateline", *others]
    return table(heading, rows)


def traffic(cell: Mapping[str, Any]) -> str:
    """Requests a second, and the median and 99th percentile in milliseconds."""
    rows = []
    for measure in cell["measures"].values():
        found = measure["contestants"]
        rows.append([measure["title"], *(_traffic(found.get(name, {})) for name in NAMES)])
    return table(["requests/s, p50 / p99 ms", *NAMES.values()], rows)


def publishing(cell: Mapping[str, Any]) -> str:
    """One sentence."""
    found = cell["publish"]
    return (
        f"Publishing a page that {found['dependents']} others show: {found['with_ms']:.0f} ms, "
        f"without triggers {found['without_ms']:.0f} ms; {found['fresh']} of "
        f"{found['dependents']} fresh when next read, in {found['next_read_ms']:.0f} ms each."
    )


def table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Markdown that is read as it is, too."""
    widths = [max(len(row[place]) for row in [heading, *rows]) for place in range(len(heading))]

    def line(cells: Sequence[str]) -> str:
        padded = (
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True))
        )
        return f"| {' | '.join(padded)} |"

    rule = (
        "-" * width if place == 0 else "-" * (width - 1) + ":" for place, width in enumerate(widths)
    )
    return "\n".join([line(heading), f"| {' | '.join(rule)} |", *map(line, rows)])


def _number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None else f"{value:,.{digits}f}"


def _compared(theirs: float | None, ours: float | None) -> str:
    if theirs is None:
        return "–"
    return f"{theirs:.2f}" + (f" ({theirs / ours:.2g}×)" if ours else "")


def _traffic(found: Mapping[str, Any]) -> str:
    if "per_second" not in found:
        return "–"
    return f"{found['per_second']:,.0f}, {found['p50_ms']:.1f} / {found['p99_ms']:.1f}"


def main() -> None:
    """Writes the last run's tables between the marks of docs/performance.md."""
    numbers = report(json.loads(LATEST.read_text()))
    text = PAGE.read_text()
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    PAGE.write_text(pattern.sub(lambda _: f"{BEGIN}\n\n{numbers}\n\n{END}", text))


if __name__ == "__main__":
    main()
