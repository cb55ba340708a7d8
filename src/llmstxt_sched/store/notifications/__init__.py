"""Events, targets and deliveries."""
