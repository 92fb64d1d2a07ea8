"""What is published to frontends, which nobody here writes.

Everything here knows the newsroom through its API alone, as they do. `reader` is the smallest
frontend that shows all of it.
"""
