"""Requests a second and how long they take, with eight clients at the same time: wrk."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.asking import Question, WrongAnswer
from bench.servers import HERE

CLIENTS = 8
SCRIPT = Path(__file__).with_name("load.lua")


def load(port: int, questions: Sequence[Question], folder: Path, seconds: int) -> dict[str, float]:
    """`per_second`, `p50_ms` and `p99_ms`.

    Empty without wrk, for redirects that are to be followed, and where too few are answered in that
    time to tell. Raises WrongAnswer if any request failed.
    """
    program = shutil.which("wrk")
    if program is None or not seconds or any(question.follow for question in questions):
        return {}
    lines = folder / "lines.txt"
    lines.write_text(
        "".join(
            f"{question.path}\t{question.headers.get('If-None-Match', '')}\n"
            for question in questions
        )
    )
    command = [program, "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "60s"]
    command += ["-s", str(SCRIPT), f"http://{HERE}:{port}", "--", str(lines), "7"]
    run = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 120, check=True)
    found = json.loads(run.stdout.strip().splitlines()[-1])
    if found["failed"]:
        raise WrongAnswer(f"wrk on {questions[0].path}: {found}")
    if found["requests"] < 2 * CLIENTS:
        return {}
    return {
        "per_second": found["requests"] / found["microseconds"] * 1e6,
        "p50_ms": found["p50"] / 1000,
        "p99_ms": found["p99"] / 1000,
    }
