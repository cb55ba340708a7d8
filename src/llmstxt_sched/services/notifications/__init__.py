"""Use cases of notifications: targets, how events reach them, and each delivery."""
