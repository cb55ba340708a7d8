"""What a request may hold, and how it is read."""
