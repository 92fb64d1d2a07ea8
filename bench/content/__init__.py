"""Pages to measure with: as many as asked for, like a newsroom's, the same on every machine."""
