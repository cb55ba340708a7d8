"""What happened (events), who is told of it (targets), and how it is told (deliveries).  Pure."""
