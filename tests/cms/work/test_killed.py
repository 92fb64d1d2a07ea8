"""A few publications with kills among them; `make faults` has hundreds."""

import os

from tests.faults import killed


def test_nothing_is_lost_when_processes_are_killed(tmp_path):
    address = os.environ.get("DATABASE_URL", "")
    server = address if address.startswith("postgres") else ""

    found = killed.run(tmp_path, acts=6, server=server, kills=0.6)

    assert found["killed"] > 1
    assert found["received"] > 2
