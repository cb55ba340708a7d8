"""The steps of a tick, which every replica runs; a later tick completes what an interrupted one left undone."""
