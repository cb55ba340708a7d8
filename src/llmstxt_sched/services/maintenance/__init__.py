"""Periodic upkeep, by every replica at each tick: whatever one leaves undone the next does."""
