"""Who may use the service: users, their sessions, sign-in links and tokens, and the audit log of what they did."""
