"""Processes that the bench starts and ends, and the processor time that they have used."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# Seconds for a process to end by itself.
GRACE = 10


def cpu_seconds(pids: Iterable[int]) -> dict[int, float]:
    """User and system time of processes so far, from /proc. Those that have ended are left out."""
    found = {}
    for pid in pids:
        try:
            # The name, in brackets, may hold blanks.
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        found[pid] = (int(fields[11]) + int(fields[12])) / TICKS
    return found


def tree(root: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
        children.setdefault(parent, []).append(int(stat.parent.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def start(
    command: list[str], env: Mapping[str, str], folder: Path, output: Path
) -> subprocess.Popen[bytes]:
    """A process in a group of its own, so that it can be ended with its children, writing to a file."""
    with output.open("ab") as file:
        return subprocess.Popen(
            command,
            env=dict(env),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a process and what it started."""
    pids = tree(process.pid)
    process.terminate()
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        for pid in pids:
            if cpu_seconds([pid]):
                os.kill(pid, signal.SIGKILL)
        process.wait(GRACE)
