"""Who is told of what: targets, the way of events to them, and each delivery."""
