"""What an operator looks at: health, the scheduler, and the service at a glance."""
