"""What every request passes before its handler: who asks, from where, how often, how long it may take, and the log."""
