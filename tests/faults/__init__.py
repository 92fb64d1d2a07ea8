"""What a newsroom goes through when its processes are killed: `python -m tests.faults`."""
