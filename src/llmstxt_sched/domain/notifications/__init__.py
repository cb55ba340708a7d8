"""What happened (events), who is told of it (targets), and how one telling (a delivery) goes on."""
