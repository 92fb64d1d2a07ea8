"""An endpoint that is dead, and ten thousand changes to tell it: editors do not notice."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from statistics import median
from typing import Any

from tests.faults.newsroom import Editor, Faulty, newsroom

PAGES = 500
# Of publications and unpublications in a round without and one with the endpoint. What the machine
# does besides makes one such pair up to a quarter slower than the next.
PUBLICATIONS = 30
ROUNDS = 5


def run(var: Path, changes: int, *, server: str = "") -> dict[str, Any]:
    """Gives the median milliseconds of a publication without endpoints and with a dead one, and the
    worker's memory in MB after each tenth of the changes. The ratio is the median of all rounds'."""
    with newsroom(var, server) as there, socket.socket() as taken:
        # Nobody listens there, and nobody else takes it.
        taken.bind(("127.0.0.1", 0))
        made = there.inside("fill", f"http://127.0.0.1:{taken.getsockname()[1]}/", PAGES)
        there.start_web()
        there.start_worker()
        editor = Editor(there.url)
        editor.sign_in()
        _publish(editor, made["pages"])
        memory = []
        for step in range(10):
            there.inside("change", changes // 10, step)
            memory.append(_resident(there))
        waiting = there.inside("waiting")
        rounds = []
        for _ in range(ROUNDS):
            there.inside("endpoints", False)
            without = _publish(editor, made["pages"])
            there.inside("endpoints", True)
            rounds.append((without, _publish(editor, made["pages"])))
        ratios = [with_dead / without for without, with_dead in rounds]
        return {
            "changes": changes,
            "waiting": waiting,
            "without": [round(1000 * without) for without, _ in rounds],
            "with": [round(1000 * with_dead) for _, with_dead in rounds],
            "ratio": round(median(ratios), 2),
            "memory": memory,
        }


def _publish(editor: Editor, pages: list[int]) -> float:
    """The median of the seconds that they take."""
    some = pages[:PUBLICATIONS]
    return median(
        editor.act(name, page_id) for name in ("unpublish", "publish") for page_id in some
    )


def _resident(there: Faulty) -> int:
    status = Path(f"/proc/{there.worker.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0
