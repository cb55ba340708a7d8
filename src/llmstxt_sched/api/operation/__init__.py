"""For the operator: health, the scheduler, and the service at a glance."""
