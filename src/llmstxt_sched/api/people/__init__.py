"""Who may use the service: users, their sessions and tokens, and the audit log of what they did."""
