"""An endpoint that is dead, and ten thousand changes to tell it: editors do not notice."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from statistics import median
from typing import Any

from tests.faults.newsroom import Editor, Faulty, newsroom

PAGES = 500
PUBLICATIONS = 30


def run(var: Path, changes: int, *, server: str = "") -> dict[str, Any]:
    """Gives the median milliseconds of a publication without endpoints and with a dead one, and the
    worker's memory in MB when a tenth was told and at the end."""
    with newsroom(var, server) as there, socket.socket() as taken:
        # Nobody listens there, and nobody else takes it.
        taken.bind(("127.0.0.1", 0))
        made = there.inside("fill", f"http://127.0.0.1:{taken.getsockname()[1]}/", PAGES)
        there.start_web()
        there.start_worker()
        editor = Editor(there.url)
        editor.sign_in()
        there.inside("endpoints", False)
        _publish(editor, made["pages"])
        without = _publish(editor, made["pages"])
        there.inside("endpoints", True)
        memory = []
        for step in range(10):
            there.inside("change", changes // 10, step)
            memory.append(_resident(there))
        waiting = there.inside("waiting")
        with_dead = _publish(editor, made["pages"])
        there.inside("endpoints", False)
        without += _publish(editor, made["pages"])
        return {
            "changes": changes,
            "waiting": waiting,
            "without": round(1000 * median(without), 1),
            "with": round(1000 * median(with_dead), 1),
            "ratio": round(median(with_dead) / median(without), 2),
            "memory": memory,
        }


def _publish(editor: Editor, pages: list[int]) -> list[float]:
    some = pages[:PUBLICATIONS]
    return [editor.act(name, page_id) for name in ("unpublish", "publish") for page_id in some]


def _resident(there: Faulty) -> int:
    status = Path(f"/proc/{there.worker.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) // 1024 if found else 0
