"""The scheduler: every replica runs the same tick; a later one completes what an interrupted one left undone."""
