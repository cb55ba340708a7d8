"""Time in: every replica runs the same tick, and whatever one leaves undone the next does."""
